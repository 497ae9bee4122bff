"""Shifts for a centre that gave none, derived from when it needs people. Plain Python.

A full shift is eight paid hours with an unpaid meal of half an hour around its middle; the shorter ones, six
and four hours, have none: Directive 2003/88/EC, article 4, asks for a break when a day is *longer* than six
hours. A shift is offered on the weekdays on which it fits into the hours that need people, so a short Friday
gets short shifts rather than people waiting for nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering.model import Shift
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

DAY_MINUTES = 1440
LONGEST_WITHOUT_MEAL = 360  # minutes
LONGEST_LULL = 120  # a pause in the need up to this many minutes does not end the opening hours


@dataclass(frozen=True)
class Window:
    """A run of opening hours in wall-clock minutes from the midnight before the first day; may pass midnights."""

    opens: int
    closes: int

    def holds(self, start: int, length: int) -> bool:
        return self.opens <= start and start + length <= self.closes


def opening_windows(grid: TimeGrid, needed: Sequence[int]) -> tuple[Window, ...]:
    """The runs of hours that need people; a run up to the last midnight goes on as the first day begins.

    So a centre that never closes has one window longer than its week, and its last night is staffed.
    """
    if len(needed) != len(grid):
        raise InvalidInput(f"needed has {len(needed)} values for {len(grid)} intervals")
    step = grid.step_seconds // 60
    open_minutes = sorted(
        {
            day * DAY_MINUTES + slot * step
            for day, slot, people in zip(grid.day_index, grid.slots, needed, strict=True)
            if people > 0
        }
    )
    windows: list[Window] = []
    for minute in open_minutes:
        if windows and minute - windows[-1].closes <= LONGEST_LULL:
            windows[-1] = Window(windows[-1].opens, minute + step)
        else:
            windows.append(Window(minute, minute + step))
    if windows and windows[-1].closes >= grid.days * DAY_MINUTES and windows[0].opens == 0:
        windows[-1] = Window(windows[-1].opens, windows[-1].closes + min(windows[0].closes, DAY_MINUTES))
    return tuple(windows)


def default_catalogue(
    grid: TimeGrid,
    needed: Sequence[int],
    *,
    full_minutes: int = 480,
    short_minutes: tuple[int, ...] = (240, 360),
    meal_minutes: int = 30,
    meal_slack_minutes: int = 60,
    start_every_minutes: int = 30,
) -> tuple[Shift, ...]:
    """The shifts that suit the hours in which ``needed`` (people in each interval of ``grid``) is above zero.

    ``full_minutes`` and ``short_minutes`` are paid minutes; shifts above six hours get an unpaid meal of
    ``meal_minutes`` that starts up to ``meal_slack_minutes`` before or after the middle. Starts come every
    ``start_every_minutes`` (every interval when those are longer), and at the first and the last moment that
    fits. Opening hours shorter than the shortest shift get one shift of exactly their length. Sorted by start
    and length; no opening hours, no shifts.
    """
    if grid.step_seconds == DAY_SECONDS:
        raise InvalidInput("shifts need intervals shorter than a day; give the requirement in steps up to 4 hours")
    if start_every_minutes < 1 or min(full_minutes, *short_minutes) < 1:
        raise InvalidInput("shift lengths and the minutes between starts must be 1 or more")
    lengths = sorted({_length(paid, meal_minutes) for paid in (*short_minutes, full_minutes)})
    every = max(start_every_minutes, grid.step_seconds // 60)
    weekdays: dict[tuple[int, int], set[int]] = {}
    for window in opening_windows(grid, needed):
        span = window.closes - window.opens
        for length in lengths if span >= lengths[0] else (span,):
            for start in _starts(window, length, every):
                day, minute = divmod(start, DAY_MINUTES)
                if day < grid.days:
                    weekdays.setdefault((minute, length), set()).add(grid.weekdays[day])
    return tuple(
        _shift(start, length, meal_minutes, meal_slack_minutes, frozenset(days))
        for (start, length), days in sorted(weekdays.items())
    )


def _length(paid_minutes: int, meal_minutes: int) -> int:
    return paid_minutes + (meal_minutes if paid_minutes > LONGEST_WITHOUT_MEAL else 0)


def _starts(window: Window, length: int, every: int) -> list[int]:
    latest = window.closes - length
    regular = range(-(-window.opens // every) * every, latest + 1, every)
    return sorted({*regular, window.opens, latest}) if latest >= window.opens else []


def _shift(start: int, length: int, meal: int, slack: int, weekdays: frozenset[int]) -> Shift:
    name = f"{_clock(start)}-{_clock(start + length)}"
    if length <= LONGEST_WITHOUT_MEAL or meal == 0:
        return Shift(name, start, length, weekdays=weekdays)
    middle = (length - meal) // 2
    earliest, latest = max(0, middle - slack), min(length - meal, middle + slack)
    return Shift(name, start, length, meal, earliest, latest, weekdays)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
