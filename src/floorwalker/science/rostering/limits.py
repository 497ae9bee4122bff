"""What the rules leave to one person, in figures: the form in which the solvers use rules and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.rostering.model import Person, Rule, Shift
from floorwalker.science.rostering.options import Options
from floorwalker.science.rostering.rules import Availability, ConsecutiveDays, DaysOff, Rest, WeeklyHours
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Limits:
    """The limits of one person; people with equal limits are interchangeable.

    ``days_off`` are numbers of the grid's days, the day after the last included.
    """

    min_hours: float = 0.0
    max_hours: float = float("inf")
    max_days: int = 7
    min_rest_hours: float = 0.0
    max_consecutive_days: int = 366
    days_off: frozenset[int] = frozenset()
    nights_count: bool = True
    shifts: frozenset[str] = frozenset()

    def allowed(self, options: Options) -> NDArray[np.bool_]:
        """For each group of options, whether it may be worked at all."""
        first = options.group
        names = np.array([s.name in self.shifts for s in options.shifts], dtype=bool)
        allowed: NDArray[np.bool_] = names[options.shift[first]]
        begins = options.day[first]
        ends = np.searchsorted(options.grid.day_starts, options.end[first] - 1, side="right") - 1
        for day in self.days_off:
            allowed &= (begins != day) & ~((begins < day) & (day <= ends) & self.nights_count)
        return allowed


def limits_of(person: Person, rules: Sequence[Rule], shifts: Sequence[Shift], grid: TimeGrid) -> Limits:
    """The limits a person has under ``rules``; what no rule limits is free."""
    limits = Limits(shifts=frozenset(s.name for s in shifts))
    for rule in rules:
        match rule:
            case WeeklyHours():
                least, most = rule.min_hours(person), person.max_hours
                limits = replace(limits, min_hours=least, max_hours=most, max_days=person.max_days)
            case Rest():
                limits = replace(limits, min_rest_hours=rule.hours(person))
            case ConsecutiveDays():
                limits = replace(limits, max_consecutive_days=rule.limit(person))
            case DaysOff():
                dates = (*grid.dates, grid.last_day + timedelta(days=1))
                off = frozenset(d for d, day in enumerate(dates) if day in person.days_off)
                limits = replace(limits, days_off=off, nights_count=rule.nights_count)
            case Availability():
                limits = replace(limits, shifts=frozenset(s.name for s in shifts if rule.allows(person, s)))
    return limits
