"""Published shifts as programs list them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from floorwalker.apps.schedules.models import Shift
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.shifts import visible_shifts
from floorwalker.kernel.access import Actor


def shifts(
    by: Actor,
    *,
    site_id: int | None = None,
    team_id: int | None = None,
    agent_id: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    cancelled: bool = False,
) -> QuerySet[Shift]:
    """Live shifts in sight, one's own among them."""
    rows = visible_shifts(by, P.SEE_ROSTER)
    if not by.sight(P.SEE_ROSTER).everything:
        own = visible_shifts(by, P.SEE_OWN).values("pk")
        rows = Shift.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=own))
    rows = rows.filter(until=None).select_related("week")
    wanted = {
        "week__site": site_id,
        "agent__team": team_id,
        "agent": agent_id,
        "day__gte": first_day,
        "day__lte": last_day,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return rows if cancelled else rows.filter(cancelled=False)
