"""Who sees and changes schedules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Permission, grant
from floorwalker.kernel.roles import Role


class SchedulePermission(Permission):
    SEE_OWN = grant("schedules.see_own", _("See one's own schedule, and put it into a calendar"), own=[Role.AGENT])
    SEE_ROSTER = grant(
        "schedules.see_roster",
        _("See the rosters of teams and sites"),
        held=[Role.SUPERVISOR, Role.PLANNER, Role.MANAGER, Role.QUALITY_ANALYST, Role.HR],
    )
    PLAN = grant(
        "schedules.plan", _("Run rosters, keep drafts and shift patterns"), held=[Role.PLANNER, Role.MANAGER]
    )
    PUBLISH = grant(
        "schedules.publish", _("Publish a week, and publish an earlier version again"), held=[Role.PLANNER]
    )
    CHANGE = grant(
        "schedules.change", _("Change shifts of a published week"), held=[Role.SUPERVISOR, Role.PLANNER]
    )
    OVERRIDE = grant(
        "schedules.override",
        _("Change a shift against a rule, with a reason that is kept"),
        held=[Role.PLANNER],
    )
    ASK = grant(
        "schedules.ask", _("Ask for a change of one's own shift, and answer a colleague"), own=[Role.AGENT]
    )
    ANSWER = grant(
        "schedules.answer",
        _("Answer wishes about shifts, and propose a change to an agent"),
        held=[Role.SUPERVISOR, Role.PLANNER],
    )
