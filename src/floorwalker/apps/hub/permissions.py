"""Who may say something, write in the hub, announce, ask a pulse, and keep what belongs to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

WORKS_HERE = [role for role in Role if role is not Role.CLIENT_VIEWER]
# Whose work is with teams reads what teams write wherever they hold their role; the others what is for all.
WITH_TEAMS = [Role.SUPERVISOR, Role.PLANNER, Role.QUALITY_ANALYST, Role.TRAINER, Role.MANAGER]
WITHOUT_TEAMS = [role for role in WORKS_HERE if role not in WITH_TEAMS]


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
    READ = grant(
        "hub.read",
        _("Read the hub: what one's team, one's site and all who work here write to each other"),
        own=WITHOUT_TEAMS,
        held=WITH_TEAMS,
    )
    POST = grant(
        "hub.post",
        _("Ask, answer, say what works, and use what works for others"),
        own=[role for role in WITHOUT_TEAMS if role is not Role.AUDITOR],
        held=WITH_TEAMS,
    )
    MODERATE = grant(
        "hub.moderate",
        _("Hide and restore posts with a reason their author reads, and say what becomes of reports"),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
    JUDGE = grant(
        "hub.judge",
        _("Decide on reported posts where the only person who moderates there wrote them"),
        held=[Role.ADMINISTRATOR],
    )
    READ_NEWS = grant("hub.read_news", _("Read announcements made to oneself"), own=WORKS_HERE)
    ANNOUNCE = grant(
        "hub.announce",
        _("Announce something to a team, a site, a queue or all, and see how many have read it"),
        held=[Role.SUPERVISOR, Role.PLANNER, Role.TRAINER, Role.HR, Role.MANAGER],
    )
    KEEP_TAGS = grant(
        "hub.keep_tags", _("Keep the products and topics posts are about"), held=[Role.TRAINER, Role.MANAGER]
    )
    SEE_USE = grant(
        "hub.see_use",
        _("See how the hub is used, in counts"),
        held=[Role.SUPERVISOR, Role.TRAINER, Role.MANAGER, Role.AUDITOR],
    )
    SEE_PULSE = grant(
        "hub.see_pulse",
        _("See pulses one was asked in, answer them, and read their results"),
        own=[role for role in WORKS_HERE if role not in {Role.HR, Role.MANAGER}],
        held=[Role.HR, Role.MANAGER],
    )
    ASK_PULSE = grant(
        "hub.ask_pulse", _("Ask a pulse, and answer it with what follows"), held=[Role.HR, Role.MANAGER]
    )
