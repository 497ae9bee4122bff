"""Who is on the phones when, as published, for the rooms that place other things into shifts."""

from __future__ import annotations

from collections.abc import Collection

from floorwalker.apps.schedules.models import Planned, Week
from floorwalker.apps.schedules.rules.stints import week_bounds
from floorwalker.kernel.periods import Period


def phone_times(week_id: int, agents: Collection[int]) -> tuple[Period, list[tuple[int, int | None, Period]]]:
    """A week's stretch of time, and in it agent, queue and period on the phones, whichever week published it.

    A shift for no queue has None.
    """
    week = Week.objects.select_related("site").get(pk=week_id)
    between = Period(*week_bounds(week.first_day, week.site.zone))
    rows = Planned.objects.filter(
        agent__in=agents, activity=Planned.Activity.PHONES, period__overlap=between.range
    ).order_by("agent", "period")
    found = rows.values_list("agent_id", "queue_id", "period")
    return between, [(agent, queue, Period.of(period)) for agent, queue, period in found]
