"""The roster as a grid: a row for each person, a column for each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from floorwalker.cli.report import words
from floorwalker.science.rostering import Duty, Roster
from floorwalker.science.timegrid import zone_info

MINUTES_OF_DAY = 1440


@dataclass(frozen=True)
class Cell:
    """One duty as a person reads it; ``left`` and ``width`` place its bar within the day, in percent."""

    times: str
    meal: str
    left: int
    width: int


@dataclass(frozen=True)
class Row:
    """One person's week: the duties of each day, paid hours, days worked."""

    name: str
    cells: tuple[tuple[Cell, ...], ...]
    hours: str
    days: int


@dataclass(frozen=True)
class PeopleGrid:
    """Heads, rows and the sums at the foot (people at work and paid hours of each day)."""

    days: tuple[str, ...]
    rows: tuple[Row, ...]
    at_work: tuple[int, ...]
    paid: tuple[str, ...]
    hours: str


def people_grid(roster: Roster) -> PeopleGrid:
    """Everyone in the order of the roster, also those who do not work this week."""
    days = range(roster.grid.days)
    at_work, paid = [0] * roster.grid.days, [0.0] * roster.grid.days
    rows = []
    for person in roster.people:
        duties = roster.duties_by_person[person.id]
        by_day: list[list[Duty]] = [[] for _ in days]
        minutes = 0
        for duty in duties:
            by_day[duty.day].append(duty)
            minutes += roster.shift_by_name[duty.shift].paid_minutes
            paid[duty.day] += roster.shift_by_name[duty.shift].paid_minutes / 60
        worked = [d for d in days if by_day[d]]
        for d in worked:
            at_work[d] += 1
        cells = tuple(tuple(_cell(roster, duty) for duty in by_day[d]) for d in days)
        rows.append(Row(person_name(roster, person.id), cells, words.hours(minutes / 60), len(worked)))
    return PeopleGrid(
        tuple(words.day_short(d) for d in roster.grid.dates),
        tuple(rows),
        tuple(at_work),
        tuple(words.hours(h) for h in paid),
        words.hours(roster.paid_hours),
    )


def person_name(roster: Roster, person: str) -> str:
    """``Ana Silva (A001)``, or the id alone."""
    name = roster.person_by_id[person].name
    return f"{name} ({person})" if name and name != person else person


def _cell(roster: Roster, duty: Duty) -> Cell:
    zone = zone_info(roster.grid.zone)
    start, end = (datetime.fromtimestamp(s, zone) for s in roster.span(duty))
    meal = roster.meal(duty)
    shift = roster.shift_by_name[duty.shift]
    left = round(100 * shift.start_minute / MINUTES_OF_DAY)
    width = min(round(100 * shift.length_minutes / MINUTES_OF_DAY), 100 - left)
    times = f"{words.clock(start)}–{words.clock(end)}"
    return Cell(times, words.clock(datetime.fromtimestamp(meal[0], zone)) if meal else "", left, max(width, 1))
