"""The week holds the hours and days agreed. Weeks are seven days counted from the roster's first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from floorwalker.science.rostering.model import Breach, Person, Roster

WEEK = 7
TOLERANCE_HOURS = 1e-9
SAID = {
    "most hours": "{:g} h, more than {:g} h,",
    "least hours": "{:g} h, less than {:g} h,",
    "most days": "{:g} days, more than {:g},",
}


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
                week = roster.grid.dates[first]
                for what, has, limit in self._wrong(person, hours, len(duties), whole):
                    text = f"{person.id} works {SAID[what].format(has, limit)} in the week from {week}"
                    facts = (("what", what), ("has", has), ("limit", limit), ("week", week))
                    yield Breach(self.name, person.id, None, text, facts)

    def _wrong(self, person: Person, hours: float, days: int, whole: bool) -> Iterator[tuple[str, float, float]]:
        if hours > person.max_hours + TOLERANCE_HOURS:
            yield "most hours", hours, person.max_hours
        if whole and hours < self.min_hours(person) - TOLERANCE_HOURS:
            yield "least hours", hours, person.min_hours
        if days > person.max_days:
            yield "most days", days, person.max_days

    def sentence(self) -> str:
        least = "at least and at most" if self.least else "at most"
        return f"A week holds {least} the paid hours agreed with each person, on no more than their agreed days."
