"""Shifts as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from floorwalker.apps.schedules.queries.coverage import rows_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.shifts import stint_of, visible_draft_shifts, visible_shifts
from floorwalker.kernel.access import Actor
from floorwalker.science.timegrid import zone_info

COLUMNS = (
    "number",
    "name",
    "team",
    "day",
    "start",
    "end",
    "meal start",
    "meal end",
    "paid hours",
    "queue",
    "zone",
)


def export_rows(by: Actor, sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    """The shifts the actor may see, by day and name, on the wall clock of their site with its offset."""
    if sheet.week.pk is None:
        return
    seen: Any = visible_draft_shifts(by) if sheet.draft else visible_shifts(by)
    rows = seen.filter(pk__in=rows_of(sheet.week, sheet.draft_id).values("pk"))
    zone = zone_info(sheet.week.site.zone)
    for row in rows.select_related("agent__team", "queue").order_by("day", "agent__name", "period"):
        stint = stint_of(row)
        moments = (stint.start, stint.end, stint.meal_start, stint.meal_end)
        clocks = [each.astimezone(zone).isoformat(timespec="minutes") if each else "" for each in moments]
        agent = row.agent
        yield (
            agent.number if agent else "",
            agent.name if agent else "",
            agent.team.name if agent else "",
            row.day.isoformat(),
            *clocks,
            round(stint.paid_hours, 4),
            row.queue.name if row.queue else "",
            sheet.week.site.zone,
        )
