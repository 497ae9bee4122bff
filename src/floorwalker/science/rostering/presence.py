"""Who is at work when: the intervals a stretch of work fills, and the people a roster puts on each interval.

A person counts in an interval only when at work for all of it: an interval with a late start, an early end or
a minute of the meal in it does not count. So coverage never promises a person who is not there; shifts and
meals that start on the borders of the grid lose nothing by it. All comparisons are between instants (UTC
seconds), so nights and days of the clock change need no special case.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.rostering.model import Roster
from floorwalker.science.timegrid import TimeGrid

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reach:
    """Intervals ``first[k] .. last[k]-1`` are worked, but ``meal_first[k] .. meal_last[k]-1`` are not.

    ``last`` and ``meal_last`` are exclusive; the meal lies within the work; all four arrays have one value for
    each stretch of work.
    """

    first: Ints
    last: Ints
    meal_first: Ints
    meal_last: Ints

    def total(self, values: ArrayLike) -> Floats:
        """Sum of one value per interval over the intervals each stretch works."""
        sums = np.concatenate(([0.0], np.cumsum(np.asarray(values, dtype=float))))
        found: Floats = sums[self.last] - sums[self.first] - (sums[self.meal_last] - sums[self.meal_first])
        return found

    def people(self, counts: ArrayLike, intervals: int) -> Ints:
        """People at work in each interval when ``counts[k]`` people work stretch ``k``."""
        weights = np.asarray(counts, dtype=np.int64)
        change = np.zeros(intervals + 1, dtype=np.int64)
        for at, sign in ((self.first, 1), (self.last, -1), (self.meal_first, -1), (self.meal_last, 1)):
            np.add.at(change, at, sign * weights)
        found: Ints = np.cumsum(change[:-1])
        return found


def reach(grid: TimeGrid, start: ArrayLike, end: ArrayLike, meal_start: ArrayLike, meal_end: ArrayLike) -> Reach:
    """The intervals of ``grid`` worked from ``start`` to ``end`` but for the meal; all UTC seconds.

    Without a meal give ``meal_start == meal_end``.
    """
    starts = np.asarray(grid.starts, dtype=np.int64)
    ends = starts + np.asarray(grid.lengths, dtype=np.int64)
    first = np.searchsorted(starts, start, side="left")
    last = np.maximum(first, np.searchsorted(ends, end, side="right"))
    meal_first = np.clip(np.searchsorted(ends, meal_start, side="right"), first, last)
    meal_last = np.clip(np.searchsorted(starts, meal_end, side="left"), meal_first, last)
    eats = np.asarray(meal_end) > np.asarray(meal_start)
    return Reach(first, last, meal_first, np.where(eats, meal_last, meal_first))


def coverage(roster: Roster) -> Ints:
    """People at work, and not at their meal, in each interval of the roster's grid."""
    spans = [roster.span(duty) for duty in roster.duties]
    meals = [roster.meal(duty) or (span[0], span[0]) for duty, span in zip(roster.duties, spans, strict=True)]
    times = np.array([(*span, *meal) for span, meal in zip(spans, meals, strict=True)], dtype=np.int64)
    columns = times.reshape(-1, 4).T
    return reach(roster.grid, *columns).people(np.ones(len(spans), dtype=np.int64), len(roster.grid))
