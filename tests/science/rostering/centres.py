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


def day_problem(needed, shifts, people=(), first=date(2026, 6, 1), step=3600, **more):
    """One day in hours, the given need from midnight on."""
    grid = TimeGrid(first, 1, step, "UTC")
    padded = (*needed, *([0] * (len(grid) - len(needed))))
    return RosterProblem(grid, padded, tuple(people), tuple(shifts), **more)


def plain_shift(name, start_hour, hours, **more):
    return Shift(name, round(60 * start_hour), round(60 * hours), **more)
