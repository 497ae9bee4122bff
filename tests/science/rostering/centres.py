"""Small made-up centres, shared by the tests of rostering."""

from datetime import date
from math import exp

from floorwalker.science.rostering import Person, RosterProblem, Shift, default_catalogue
from floorwalker.science.timegrid import TimeGrid


def weekday_bell(low=3, high=9, zone="Europe/London", first=date(2026, 6, 1), days=7):
    """Monday to Friday 08:00-18:00 in half-hours, most people at noon."""
    grid = TimeGrid(first, days, 1800, zone)
    needed = []
    for day, slot in zip(grid.day_index, grid.slots, strict=True):
        hour = slot / 2
        is_open = grid.weekdays[day] < 5 and 8 <= hour < 18
        needed.append(round(low + (high - low) * exp(-(((hour - 12.5) / 2.5) ** 2))) if is_open else 0)
    return grid, tuple(needed)


def bell_problem(count=14, **person):
    """The weekday bell, its default catalogue and ``count`` people alike."""
    grid, needed = weekday_bell()
    people = tuple(Person(f"A{n:03d}", **person) for n in range(count))
    return RosterProblem(grid, needed, people, default_catalogue(grid, needed))


def day_problem(needed, shifts, people=(), first=date(2026, 6, 1), days=1, **more):
    """One day in hours (or more days of which the first has a need), the given need from midnight on."""
    grid = TimeGrid(first, days, 3600, "UTC")
    padded = (*needed, *([0] * (len(grid) - len(needed))))
    return RosterProblem(grid, padded, tuple(people), tuple(shifts), **more)


def plain_shift(name, start_hour, hours, **more):
    return Shift(name, round(60 * start_hour), round(60 * hours), **more)


def always_open(first=date(2026, 10, 19), zone="Europe/London"):
    """Two people at any time, three shifts of eight hours around the clock, thirteen people."""
    grid = TimeGrid(first, 7, 3600, zone)
    shifts = (
        plain_shift("early", 0, 8),
        plain_shift("day", 8, 8),
        plain_shift("night", 16, 8),
        plain_shift("gap", 23, 4),
    )
    people = tuple(Person(f"A{n:03d}") for n in range(13))
    return RosterProblem(grid, (2,) * len(grid), people, shifts)
