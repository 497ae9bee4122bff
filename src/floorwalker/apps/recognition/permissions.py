"""Who thanks whom, and who gives, sees and keeps points."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class RecognitionPermission(Permission):
    THANK = grant(
        "recognition.thank",
        _("Thank people of one's site or teams, finding them by name, and see thanks as far as they are shown"),
        own=[role for role in Role if role is not Role.CLIENT_VIEWER],
    )
    SUGGEST = grant(
        "recognition.suggest",
        _("Be told whom to thank, and why"),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
    POINTS = grant(
        "recognition.points",
        _("See one's own points, wish for rewards and redeem them"),
        own=[Role.AGENT],
    )
    CORRECT = grant(
        "recognition.correct",
        _("Take back points within 24 hours that were booked by mistake; the agent reads why"),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
