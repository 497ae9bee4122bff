"""People work when they can: shifts within their available hours, and shifts they know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from floorwalker.science.rostering.model import Breach, Person, Roster, Shift


@dataclass(frozen=True)
class Availability:
    """A shift lies within one of the person's available stretches of the day (wall-clock minutes, which may pass
    midnight), is one they may work, and is worked on a weekday it exists on."""

    name: ClassVar[str] = "availability"

    def allows(self, person: Person, shift: Shift) -> bool:
        """Whether the person may ever work that shift."""
        start, end = shift.start_minute, shift.start_minute + shift.length_minutes
        known = person.shifts is None or shift.name in person.shifts
        return known and any(low <= start and end <= high for low, high in person.available)

    def breaches(self, roster: Roster) -> Iterator[Breach]:
        for duty in roster.duties:
            person, shift = roster.person_by_id[duty.person], roster.shift_by_name[duty.shift]
            day = roster.grid.dates[duty.day]
            works = f"{person.id} works {shift.name} on {day:%A %Y-%m-%d}"
            if not self.allows(person, shift):
                text = f"{works}, outside the hours and shifts they can work"
                yield Breach(self.name, person.id, duty.day, text, (("shift", shift.name),))
            if day.weekday() not in shift.weekdays:
                text = f"{works}, but that shift is not worked on a {day:%A}"
                facts = (("shift", shift.name), ("weekday", day.weekday()))
                yield Breach(self.name, person.id, duty.day, text, facts)

    def sentence(self) -> str:
        return "People work only shifts they may work, within the hours of the day they are available."
