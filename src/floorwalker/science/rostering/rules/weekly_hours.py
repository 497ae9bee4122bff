"""The week holds the hours and days agreed. Weeks are seven days counted from the roster's first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from floorwalker.science.rostering.model import Breach, Person, Roster

WEEK = 7
TOLERANCE_HOURS = 1e-9


@dataclass(frozen=True)
class WeeklyHours:
    """Paid hours from ``Person.min_hours`` to ``max_hours`` and at most ``max_days`` duties in each week.

    A duty counts in the week it starts in. Of a last week shorter than seven days only the most is asked: how
    much of the least falls into it nobody knows. ``least=False`` asks for no least at all.
    """

    least: bool = True
    name: ClassVar[str] = "weekly hours"

    def min_hours(self, person: Person) -> float:
        """The paid hours a person must have in a whole week."""
        return person.min_hours if self.least else 0.0

    def breaches(self, roster: Roster) -> Iterator[Breach]:
        for person in roster.people:
            for first in range(0, roster.grid.days, WEEK):
                duties = [d for d in roster.duties_by_person[person.id] if first <= d.day < first + WEEK]
                hours = sum(roster.shift_by_name[d.shift].paid_minutes for d in duties) / 60
                whole = first + WEEK <= roster.grid.days
                for wrong in self._wrong(person, hours, len(duties), whole):
                    week = f"in the week from {roster.grid.dates[first]}"
                    yield Breach(self.name, person.id, None, f"{person.id} works {wrong} {week}")

    def _wrong(self, person: Person, hours: float, days: int, whole: bool) -> Iterator[str]:
        if hours > person.max_hours + TOLERANCE_HOURS:
            yield f"{hours:g} h, more than {person.max_hours:g} h,"
        if whole and hours < self.min_hours(person) - TOLERANCE_HOURS:
            yield f"{hours:g} h, less than {person.min_hours:g} h,"
        if days > person.max_days:
            yield f"{days} days, more than {person.max_days},"

    def sentence(self) -> str:
        least = "at least and at most" if self.least else "at most"
        return f"A week holds {least} the paid hours agreed with each person, on no more than their agreed days."
