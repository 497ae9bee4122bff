"""The words of rostering: shifts, people, duties, a roster, rules and their breaches. Plain Python.

Times of a shift are wall-clock minutes after the local midnight of the day it starts on; they may pass
1440, an overnight shift. Paid minutes are elapsed minutes, so a night of the clock change pays what was worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import TimeGrid

ALL_WEEK = frozenset(range(7))


@dataclass(frozen=True)
class Shift:
    """A way to work one day. The unpaid meal starts within its window, minutes after the shift's start."""

    name: str
    start_minute: int
    length_minutes: int
    meal_minutes: int = 0
    meal_earliest: int = 0
    meal_latest: int = 0
    weekdays: frozenset[int] = ALL_WEEK

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < 1440 or not 0 < self.length_minutes <= 1440:
            raise InvalidInput(f"shift {self.name!r} must start within the day and last up to 24 hours")
        meal_ends = self.meal_latest + self.meal_minutes
        if (
            self.meal_minutes
            and not 0 <= self.meal_earliest <= self.meal_latest < meal_ends <= self.length_minutes
        ):
            raise InvalidInput(f"the meal of shift {self.name!r} does not fit between its start and its end")

    @property
    def paid_minutes(self) -> int:
        return self.length_minutes - self.meal_minutes


@dataclass(frozen=True)
class Person:
    """Who can be rostered, and within what: hours a week, days, times they are away, shifts they may work."""

    id: str
    name: str = ""
    min_hours: float = 0.0
    max_hours: float = 40.0
    max_days: int = 5
    min_rest_hours: float = 11.0
    max_consecutive_days: int = 6
    days_off: frozenset[date] = frozenset()
    available: tuple[tuple[int, int], ...] = ((0, 2880),)  # wall-clock minutes of a day a shift must lie in
    shifts: frozenset[str] | None = None  # names; None means any
    queues: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 <= self.min_hours <= self.max_hours:
            raise InvalidInput(
                f"person {self.id!r} has weekly hours from {self.min_hours:g} to {self.max_hours:g}; "
                "the first must not be above the second"
            )


@dataclass(frozen=True, order=True)
class Duty:
    """One person working one shift on one day; ``meal_minute`` is wall-clock minutes after that day's midnight."""

    person: str
    day: int
    shift: str
    meal_minute: int | None = None


@dataclass(frozen=True)
class Roster:
    """Who works what on the days of ``grid``."""

    grid: TimeGrid
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    duties: tuple[Duty, ...]

    def __post_init__(self) -> None:
        people, shifts = self.person_by_id, self.shift_by_name
        for duty in self.duties:
            if duty.person not in people or duty.shift not in shifts or not 0 <= duty.day < self.grid.days:
                raise InvalidInput(f"{duty} names a person, a shift or a day this roster does not know")

    @cached_property
    def person_by_id(self) -> Mapping[str, Person]:
        return {p.id: p for p in self.people}

    @cached_property
    def shift_by_name(self) -> Mapping[str, Shift]:
        return {s.name: s for s in self.shifts}

    @cached_property
    def duties_by_person(self) -> Mapping[str, tuple[Duty, ...]]:
        found: dict[str, list[Duty]] = {p.id: [] for p in self.people}
        for duty in sorted(self.duties):
            found[duty.person].append(duty)
        return {person: tuple(duties) for person, duties in found.items()}

    def span(self, duty: Duty) -> tuple[int, int]:
        """First and last instant of a duty, UTC seconds; elapsed time decides (the paid length is kept)."""
        shift = self.shift_by_name[duty.shift]
        start = self.grid.instant(duty.day, shift.start_minute)
        return start, start + 60 * shift.length_minutes

    def meal(self, duty: Duty) -> tuple[int, int] | None:
        """First and last instant of the meal of a duty, UTC seconds."""
        shift = self.shift_by_name[duty.shift]
        if not shift.meal_minutes or duty.meal_minute is None:
            return None
        start = self.span(duty)[0] + 60 * (duty.meal_minute - shift.start_minute)
        return start, start + 60 * shift.meal_minutes

    @property
    def paid_hours(self) -> float:
        return sum(self.shift_by_name[d.shift].paid_minutes for d in self.duties) / 60


@dataclass(frozen=True)
class Breach:
    """A rule broken by a person: which, on which day (None for the whole week), and a sentence for people.

    ``facts`` are what the sentence names, for who says it in another language.
    """

    rule: str
    person: str
    day: int | None
    text: str
    facts: tuple[tuple[str, float | str | date], ...] = ()


class Rule(Protocol):
    """One rule of the roster: its name, its sentence, and the breaches it finds in any roster."""

    @property
    def name(self) -> str: ...

    def breaches(self, roster: Roster) -> Iterable[Breach]: ...

    def sentence(self) -> str: ...


@dataclass(frozen=True)
class RosterProblem:
    """Cover ``needed`` people in each interval of ``grid`` with ``people`` working ``shifts`` under ``rules``.

    Nobody works more than one shift that starts on the same day; the bound of a roster rests on it.

    The objective, to be made small: paid hours, plus ``short_weight`` for each agent-hour missing.
    """

    grid: TimeGrid
    needed: tuple[int, ...]
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    rules: tuple[Rule, ...] = field(default=())
    short_weight: float = 20.0

    def __post_init__(self) -> None:
        if len(self.needed) != len(self.grid):
            raise InvalidInput(f"needed has {len(self.needed)} values for {len(self.grid)} intervals")
        if any(n < 0 for n in self.needed):
            raise InvalidInput("needed people are never negative")
        for what, names in (
            ("people", [p.id for p in self.people]),
            ("shifts", [s.name for s in self.shifts]),
        ):
            twice = sorted({n for n in names if names.count(n) > 1}) if len(set(names)) < len(names) else []
            if twice:
                raise InvalidInput(f"{what} must have different names; {twice[0]!r} comes twice")
