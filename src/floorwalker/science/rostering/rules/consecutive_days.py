"""Nobody works too many days in a row; what was worked before the roster's first day is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from floorwalker.science.rostering.model import Breach, Person, Roster


@dataclass(frozen=True)
class ConsecutiveDays:
    """Each person's most days in a row (``Person.max_consecutive_days``), never more than ``ceiling_days``."""

    ceiling_days: int | None = None
    name: ClassVar[str] = "consecutive days"

    def limit(self, person: Person) -> int:
        """The days a person may work in a row."""
        own = person.max_consecutive_days
        return own if self.ceiling_days is None else min(own, self.ceiling_days)

    def breaches(self, roster: Roster) -> Iterator[Breach]:
        for person in roster.people:
            row, limit = 0, self.limit(person)
            worked = {duty.day for duty in roster.duties_by_person[person.id]}
            for day in range(roster.grid.days):
                row = row + 1 if day in worked else 0
                if row > limit:
                    date = roster.grid.dates[day]
                    text = f"{person.id} works day {row} in a row on {date:%A %Y-%m-%d}, {limit} are allowed"
                    yield Breach(self.name, person.id, day, text, (("row", row), ("limit", limit)))

    def sentence(self) -> str:
        ceiling = "" if self.ceiling_days is None else f", {self.ceiling_days} at most"
        return f"People work no more days in a row than agreed{ceiling}."
