"""What other rooms ask about published schedules: who is on the phones when, and when somebody is paid next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from floorwalker.apps.schedules.models import Planned, Shift, Week
from floorwalker.apps.schedules.rules.stints import week_bounds
from floorwalker.kernel.periods import Period

LOOK_AHEAD = timedelta(days=14)


def phone_times(week_id: int, agents: Collection[int]) -> tuple[Period, list[tuple[int, int, Period]]]:
    """The week's stretch, and in it (agent, queue, period) of everybody's published time on the phones.

    Shifts without a queue are not told: their time belongs to no group whose callers could be counted.
    """
    week = Week.objects.select_related("site").get(pk=week_id)
    between = Period(*week_bounds(week.first_day, week.site.zone))
    rows = Planned.objects.filter(
        agent__in=agents, activity=Planned.Activity.PHONES, queue__isnull=False, period__overlap=between.range
    )
    found = rows.order_by("agent", "period").values_list("agent_id", "queue_id", "period")
    return between, [(agent, queue, Period.of(period)) for agent, queue, period in found]


def paid_from(user_id: int, at: datetime) -> datetime:
    """The moment itself within a shift, else the start of the next; of who has no shift ahead, the moment itself."""
    rows = Shift.objects.filter(
        until=None,
        cancelled=False,
        agent__user=user_id,
        period__overlap=Period(at, at + LOOK_AHEAD).range,
    )
    first = rows.order_by("period").values_list("period", flat=True).first()
    return max(at, first.lower) if first else at
