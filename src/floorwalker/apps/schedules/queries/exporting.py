"""Shifts as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from floorwalker.apps.schedules.queries.coverage import ENDS, rows_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.shifts import visible_draft_shifts, visible_shifts
from floorwalker.kernel.access import Actor
from floorwalker.science.timegrid import zone_info

CHUNK = 500
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


def exported(by: Actor, sheet: Sheet) -> Any:
    """The shifts of the sheet the actor may see."""
    seen: Any = visible_draft_shifts(by) if sheet.draft else visible_shifts(by)
    return seen.filter(pk__in=rows_of(sheet.week, sheet.draft_id).values("pk"))


def export_rows(by: Actor, sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    """Its lines by day and name, on the wall clock of the site with its offset, as they come from the database."""
    zone, name = zone_info(sheet.week.site.zone), sheet.week.site.zone

    @cache  # many people share the same few hours
    def clock(seconds: int | None) -> str:
        return "" if seconds is None else datetime.fromtimestamp(seconds, zone).isoformat(timespec="minutes")

    ordered = exported(by, sheet).order_by("day", "agent__name", "period", "identity")
    people = ("agent__number", "agent__name", "agent__team__name", "day", "queue__name")
    rows = ordered.annotate(**ENDS).values_list(*people, *ENDS)
    for number, who, team, day, queue, start, end, meal_start, meal_end in rows.iterator(CHUNK):
        paid = end - start - (meal_end - meal_start if meal_end is not None else 0)
        clocks = (clock(start), clock(end), clock(meal_start), clock(meal_end))
        hours = round(paid / 3600, 4)
        yield (number or "", who or "", team or "", day.isoformat(), *clocks, hours, queue or "", name)
