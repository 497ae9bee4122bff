"""Shifts as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from floorwalker.apps.schedules.queries.coverage import rows_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.shifts import FIELDS, visible_draft_shifts, visible_shifts
from floorwalker.apps.schedules.rules.stints import Stint
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
    ordered = exported(by, sheet).order_by("day", "agent__name", "period", "identity")
    people = ("agent__number", "agent__name", "agent__team__name", "queue__name")
    for number, who, team, queue, *rest in ordered.values_list(*people, *FIELDS).iterator(CHUNK):
        stint = Stint(*rest)
        moments = (stint.start, stint.end, stint.meal_start, stint.meal_end)
        clocks = [each.astimezone(zone).isoformat(timespec="minutes") if each else "" for each in moments]
        day = stint.day.isoformat() if stint.day else ""
        yield (number or "", who or "", team or "", day, *clocks, round(stint.paid_hours, 4), queue or "", name)
