"""How many people are at work in each interval, in plain Python, for pages; `presence` does the same on arrays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Stretch:
    """``people`` at work from ``start`` to ``end`` but for the meal, UTC seconds; no meal: both its ends None."""

    start: int
    end: int
    meal_start: int | None = None
    meal_end: int | None = None
    people: int = 1


def people_at_work(grid: TimeGrid, stretches: Iterable[Stretch]) -> list[int]:
    """People there for all of each interval: late by a minute, or a minute of the meal in it, does not count."""
    starts = grid.starts
    ends = [start + length for start, length in zip(starts, grid.lengths, strict=True)]
    change = [0] * (len(starts) + 1)
    for each in stretches:
        first = bisect_left(starts, each.start)
        last = max(first, bisect_right(ends, each.end))
        change[first] += each.people
        change[last] -= each.people
        if each.meal_start is not None and each.meal_end is not None and each.meal_end > each.meal_start:
            change[min(max(bisect_right(ends, each.meal_start), first), last)] -= each.people
            change[min(max(bisect_left(starts, each.meal_end), first), last)] += each.people
    found, there = [], 0
    for step in change[:-1]:
        there += step
        found.append(there)
    return found
