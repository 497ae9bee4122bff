"""Who may say something, and who keeps the topics and policies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

WORKS_HERE = [role for role in Role if role is not Role.CLIENT_VIEWER]


class HubPermission(Permission):
    SAY = grant(
        "hub.say",
        _("Say something, follow it, answer what one is named for, and read what was answered for all"),
        own=WORKS_HERE,
    )
    SEE_TOPICS = grant(
        "hub.see_topics",
        _("See whom to talk to about what, and the policies"),
        own=[Role.AGENT],
        held=[role for role in WORKS_HERE if role is not Role.AGENT],
    )
    KEEP_TOPICS = grant("hub.keep_topics", _("Keep the topics and who answers for them"), held=[Role.MANAGER])
    KEEP_POLICIES = grant("hub.keep_policies", _("Keep the policies"), held=[Role.HR, Role.MANAGER])
