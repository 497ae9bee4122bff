"""Shifts as rows, and as the plain values the rules work with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from floorwalker.apps.schedules.models import DraftShift, Planned, Shift, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.rules.stints import Stint
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import scoped, within

MARGIN = timedelta(days=2)  # a shift's local day is never further from its moments, wherever it is worked
# Ends of ranges, because a range of each of thousands of rows is slow to make and is taken apart at once.
FIELDS = (
    "identity",
    "agent_id",
    "period__startswith",
    "period__endswith",
    "meal__startswith",
    "meal__endswith",
    "queue_id",
    "day",
    "wall_minute",
    "version",
)


def visible_shifts(actor: Actor, permission: Permission = P.SEE_ROSTER) -> QuerySet[Shift]:
    """Shifts of people in sight; open ones belong to their site."""
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="week__site")
    return Shift.objects.filter(reach)


def visible_draft_shifts(actor: Actor, permission: Permission = P.PLAN) -> QuerySet[DraftShift]:
    reach = within(actor.sight(permission), team="agent__team", site="draft__week__site")
    return DraftShift.objects.filter(reach)


def visible_planned(actor: Actor, permission: Permission = P.SEE_ROSTER) -> QuerySet[Planned]:
    reach = within(actor.sight(permission), own="agent__user", team="agent__team", site="shift__week__site")
    return Planned.objects.filter(reach)


def at_version(number: int) -> Q:
    """The rows that made up that version of a week: one look at the number, and everything read by it fits."""
    return Q(since__lte=number) & (Q(until=None) | Q(until__gt=number))


def live_stints(week: Week, number: int | None = None) -> list[Stint]:
    """The shifts of a version of a week (the current one), cancelled ones left out."""
    version = week.number if number is None else number
    rows = Shift.objects.filter(at_version(version), week=week, cancelled=False)
    return stints(rows.order_by("period", "identity"))


def draft_stints(draft_id: int) -> list[Stint]:
    return stints(DraftShift.objects.filter(draft_id=draft_id).order_by("period", "identity"))


def shifts_around(
    agents: Collection[int], start: datetime, end: datetime, *, without_week: int | None = None
) -> QuerySet[Shift]:
    """Live shifts of these people that touch that time, at any site."""
    rows = Shift.objects.filter(
        until=None,
        cancelled=False,
        agent__in=list(agents),
        day__range=(start.date() - MARGIN, end.date() + MARGIN),
        # Not by overlap, which would have its index read for every day of these people.
        period__startswith__lt=end,
        period__endswith__gt=start,
    )
    return rows if without_week is None else rows.exclude(week_id=without_week)


def stints_around(
    agents: Collection[int], start: datetime, end: datetime, *, without_week: int | None = None
) -> list[Stint]:
    return stints(shifts_around(agents, start, end, without_week=without_week))


def stints(rows: QuerySet[Shift] | QuerySet[DraftShift]) -> list[Stint]:
    return [Stint(str(identity), *rest) for identity, *rest in rows.values_list(*FIELDS)]


def stint_of(row: Shift | DraftShift) -> Stint:
    meal = row.meal
    return Stint(
        str(row.identity),
        row.agent_id,
        row.period.lower,
        row.period.upper,
        meal.lower if meal else None,
        meal.upper if meal else None,
        row.queue_id,
        row.day,
        row.wall_minute,
        row.version,
    )


def by_identity(found: Iterable[Stint]) -> dict[str, Stint]:
    return {stint.identity: stint for stint in found}


scoped(Shift, visible_shifts, P.SEE_ROSTER, P.SEE_OWN)
scoped(DraftShift, visible_draft_shifts, P.PLAN, key="draft_shift_id", relations=("team", "site"))
scoped(Planned, visible_planned, P.SEE_ROSTER, P.SEE_OWN)
