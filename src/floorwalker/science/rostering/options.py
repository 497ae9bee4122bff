"""Every way to work one day of a grid: a shift, and when its meal is taken, as arrays for the solvers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering.model import Duty, RosterProblem, Shift
from floorwalker.science.rostering.presence import Ints, Reach, reach
from floorwalker.science.rostering.rules import BreakWindow
from floorwalker.science.timegrid import TimeGrid

SHORTEST_MEAL_STEP = 15  # minutes between two times a meal may start


@dataclass(frozen=True)
class Options:
    """One row for each (day, shift, start of the meal), days ascending, then shifts in the problem's order.

    ``meal_minute`` is wall-clock minutes after the day's midnight, -1 without a meal; ``start`` and ``end``
    are UTC seconds; ``paid_minutes`` elapsed minutes.
    """

    grid: TimeGrid
    shifts: tuple[Shift, ...]
    day: Ints
    shift: Ints
    meal_minute: Ints
    start: Ints
    end: Ints
    paid_minutes: Ints
    reach: Reach

    def __len__(self) -> int:
        return len(self.day)

    @property
    def paid_hours(self) -> NDArray[np.float64]:
        return self.paid_minutes / 60

    @cached_property
    def group(self) -> Ints:
        """First row of each (day, shift): the options between two of them differ in the meal alone."""
        new = np.ones(len(self), dtype=bool)
        new[1:] = (np.diff(self.day) != 0) | (np.diff(self.shift) != 0)
        return np.flatnonzero(new)

    def take(self, rows: Ints) -> Options:
        """The options of some rows."""
        r = self.reach
        worked = Reach(r.first[rows], r.last[rows], r.meal_first[rows], r.meal_last[rows])
        return replace(
            self,
            day=self.day[rows],
            shift=self.shift[rows],
            meal_minute=self.meal_minute[rows],
            start=self.start[rows],
            end=self.end[rows],
            paid_minutes=self.paid_minutes[rows],
            reach=worked,
        )

    def duty(self, person: str, row: int) -> Duty:
        """The duty of a person who takes that option."""
        meal = int(self.meal_minute[row])
        return Duty(person, int(self.day[row]), self.shifts[self.shift[row]].name, meal if meal >= 0 else None)


def meal_starts(problem: RosterProblem, shift: Shift, start: int) -> list[int]:
    """Minutes after the start of the shift (at UTC second ``start``) at which its meal may start.

    The first moment of its window, and each interval of the grid that begins within it: a meal at any other
    moment takes away no fewer intervals, so nothing cheaper is left out. Of intervals shorter than
    ``SHORTEST_MEAL_STEP`` only some are offered, to keep the options few.
    """
    windows = [rule for rule in problem.rules if isinstance(rule, BreakWindow)]
    margin = max((rule.margin_minutes for rule in windows), default=0)
    earliest, latest = shift.meal_earliest + margin, shift.meal_latest - margin
    if earliest > latest:
        raise InvalidInput(
            f"shift {shift.name!r} has no time left for its meal: its window is narrower than twice the margin "
            f"of {margin} minutes; widen the window or lower the margin"
        )
    starts = problem.grid.starts
    low = bisect_right(starts, start + 60 * earliest)
    stop = bisect_right(starts, start + 60 * latest)
    every = -(-60 * SHORTEST_MEAL_STEP // problem.grid.step_seconds)
    return [earliest, *((at - start) // 60 for at in starts[low:stop:every])]


def options_of(problem: RosterProblem) -> Options:
    """All options of a problem: each of its shifts on each day of a weekday it is worked on."""
    grid, rows = problem.grid, []
    for day, weekday in enumerate(grid.weekdays):
        for index, shift in enumerate(problem.shifts):
            if weekday not in shift.weekdays:
                continue
            start = grid.instant(day, shift.start_minute)
            end = start + 60 * shift.length_minutes
            if not shift.meal_minutes:
                rows.append((day, index, -1, start, end, shift.paid_minutes, start, start))
                continue
            for after in meal_starts(problem, shift, start):
                eats = start + 60 * after
                back = eats + 60 * shift.meal_minutes
                rows.append((day, index, shift.start_minute + after, start, end, shift.paid_minutes, eats, back))
    day_, shift_, meal, start_, end_, paid, eats_, back_ = np.array(rows, dtype=np.int64).reshape(-1, 8).T
    worked = reach(grid, start_, end_, eats_, back_)
    return Options(grid, problem.shifts, day_, shift_, meal, start_, end_, paid, worked)
