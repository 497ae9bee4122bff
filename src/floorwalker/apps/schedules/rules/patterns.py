"""Shift patterns become the shifts a solver may choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from floorwalker.science.rostering import Shift


@dataclass(frozen=True)
class Pattern:
    """A pattern as plain values; all in minutes, of the day or of length."""

    name: str
    starts_from: int
    starts_until: int
    every: int
    length: int
    meal: int
    slack: int
    weekdays: frozenset[int]

    def starts(self) -> list[int]:
        """From the earliest to the latest, both included."""
        return sorted({*range(self.starts_from, self.starts_until + 1, self.every), self.starts_until})

    def meal_window(self) -> tuple[int, int]:
        """Minutes after the start of the shift between which its meal may start."""
        middle = (self.length - self.meal) // 2
        return max(0, middle - self.slack), min(self.length - self.meal, middle + self.slack)


def catalogue(patterns: Iterable[Pattern]) -> tuple[Shift, ...]:
    """One shift for each start of each pattern; what two patterns offer alike comes once, on the days of both."""
    days: dict[tuple[int, int, int, int, int], set[int]] = {}
    for pattern in patterns:
        earliest, latest = pattern.meal_window() if pattern.meal else (0, 0)
        for start in pattern.starts():
            days.setdefault((start, pattern.length, pattern.meal, earliest, latest), set()).update(
                pattern.weekdays
            )
    return tuple(
        Shift(name, start, length, meal, earliest, latest, frozenset(weekdays))
        for name, ((start, length, meal, earliest, latest), weekdays) in _named(sorted(days.items()))
    )


def _named(
    rows: Sequence[tuple[tuple[int, int, int, int, int], set[int]]],
) -> list[tuple[str, tuple[tuple[int, int, int, int, int], set[int]]]]:
    """Each with its hours for a name, and a number behind it where hours are alike but meals differ."""
    taken: dict[str, int] = {}
    found = []
    for row in rows:
        start, length = row[0][:2]
        name = f"{_clock(start)}-{_clock(start + length)}"
        taken[name] = taken.get(name, 0) + 1
        found.append((name if taken[name] == 1 else f"{name} ({taken[name]})", row))
    return found


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
