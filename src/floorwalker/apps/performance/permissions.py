"""Who sees figures of people, and who sets goals with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role

TELLERS = [Role.SUPERVISOR, Role.QUALITY_ANALYST, Role.PLANNER, Role.MANAGER]


class PerformancePermission(Permission):
    SEE = grant(
        "performance.see",
        _("See the figures of agents: baselines, bests and what counted"),
        own=[Role.AGENT],
        held=[Role.SUPERVISOR, Role.QUALITY_ANALYST],
    )
    SEE_SUMS = grant(
        "performance.see_sums",
        _("See the figures of teams of five agents or more"),
        held=[Role.SUPERVISOR, Role.QUALITY_ANALYST, Role.PLANNER, Role.MANAGER],
    )
    TELL = grant("performance.tell", _("Tell figures of the days of agents"), held=TELLERS)
    IMPORT = grant("performance.import", _("Import files of figures, and see one's own imports"), own=TELLERS)
    SEE_GOALS = grant(
        "performance.see_goals",
        _("See goals, personal bests and small roles"),
        own=[Role.AGENT],
        held=[Role.SUPERVISOR],
    )
    SET_OWN = grant("performance.set_own_goals", _("Set and agree goals for oneself"), own=[Role.AGENT])
    LEAD = grant(
        "performance.lead", _("Propose and agree goals with agents, and give small roles"), held=[Role.SUPERVISOR]
    )
    SEE_AIMS = grant(
        "performance.see_aims",
        _("See what the centre aims for, and what teams do for it"),
        own=[Role.AGENT],
        held=[Role.SUPERVISOR, Role.QUALITY_ANALYST, Role.PLANNER, Role.MANAGER],
    )
    KEEP_AIMS = grant("performance.keep_aims", _("Say what the centre aims for"), held=[Role.MANAGER])
    KEEP_TEAM_AIMS = grant(
        "performance.keep_team_aims",
        _("Say what a team does for an aim of the centre"),
        held=[Role.SUPERVISOR, Role.MANAGER],
    )
