"""Who writes scenarios and who plays them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

WRITERS = [Role.TRAINER, Role.MANAGER]


class LearningPermission(Permission):
    SEE_SCENARIOS = grant(
        "learning.see_scenarios",
        _("Read scenarios with all their ways and moments, and how often each is taken, without names"),
        held=[*WRITERS, Role.SUPERVISOR, Role.QUALITY_ANALYST],
    )
    KEEP_SCENARIOS = grant(
        "learning.keep_scenarios",
        _("Write scenarios, put them in force and retire them; keep the bank of customer lines"),
        held=WRITERS,
    )
    PLAY = grant(
        "learning.play",
        _("Play scenarios, and see one's own plays"),
        own=[Role.AGENT],
    )
