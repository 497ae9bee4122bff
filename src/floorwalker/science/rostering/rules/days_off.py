"""Days off are free of work, also of the night shift begun the evening before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from floorwalker.science.rostering.model import Breach, Duty, Roster
from floorwalker.science.timegrid import zone_info


@dataclass(frozen=True)
class DaysOff:
    """No work on a day off. ``nights_count=False`` lets a shift begun the evening before reach into it."""

    nights_count: bool = True
    name: ClassVar[str] = "days off"

    def breaches(self, roster: Roster) -> Iterator[Breach]:
        for duty in roster.duties:
            days_off = roster.person_by_id[duty.person].days_off
            for day in sorted(days_off & self._worked(roster, duty)):
                text = f"{duty.person} works {duty.shift} on {day:%A %Y-%m-%d}, a day off"
                yield Breach(self.name, duty.person, duty.day, text, (("shift", duty.shift), ("day", day)))

    def _worked(self, roster: Roster, duty: Duty) -> set[date]:
        started = roster.grid.dates[duty.day]
        if not self.nights_count:
            return {started}
        last_second = roster.span(duty)[1] - 1
        return {started, datetime.fromtimestamp(last_second, zone_info(roster.grid.zone)).date()}

    def sentence(self) -> str:
        nights = ", and no night shift reaches into them" if self.nights_count else ""
        return f"Days off are free of work{nights}."
