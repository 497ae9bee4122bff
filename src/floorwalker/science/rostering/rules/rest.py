"""Between two duties people rest, in elapsed time: a clock change gives and takes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from floorwalker.science.rostering.model import Breach, Person, Roster


@dataclass(frozen=True)
class Rest:
    """Each person's own least rest (``Person.min_rest_hours``), and never less than ``floor_hours``.

    Eleven hours, the default of a person, is article 3 of Directive 2003/88/EC.
    """

    floor_hours: float = 0.0
    name: ClassVar[str] = "rest"

    def hours(self, person: Person) -> float:
        """The rest a person must have between two duties."""
        return max(self.floor_hours, person.min_rest_hours)

    def breaches(self, roster: Roster) -> Iterator[Breach]:
        for person in roster.people:
            duties = sorted(roster.duties_by_person[person.id], key=roster.span)
            for earlier, later in pairwise(duties):
                rested = (roster.span(later)[0] - roster.span(earlier)[1]) / 3600
                if rested < self.hours(person):
                    day = roster.grid.dates[later.day]
                    text = f"{person.id} rests {rested:g} h before {later.shift} on {day:%A %Y-%m-%d}"
                    least = self.hours(person)
                    facts = (("hours", rested), ("least", least), ("shift", later.shift))
                    yield Breach(self.name, person.id, later.day, f"{text}, less than {least:g} h", facts)

    def sentence(self) -> str:
        floor = f" and at least {self.floor_hours:g} hours" if self.floor_hours else ""
        return f"People rest between two shifts as long as agreed{floor}, in hours that pass."
