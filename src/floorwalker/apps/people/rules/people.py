"""What holds of people, as functions of plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

LEVELS = (1, 2, 3, 4, 5)
DAY_MINUTES = 1440
WINDOW = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


class NotAllowed(ValueError):
    """A value that cannot be: why, as a code with its values; ``words`` of the domain makes a sentence of it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


def windows(text: str) -> tuple[tuple[int, int], ...]:
    """Wall-clock minutes of `07:00-16:00|18:00-24:00`; an end before its start reaches into the next day."""
    found = []
    for part in filter(None, (part.strip() for part in text.replace(" ", "|").split("|"))):
        match = WINDOW.fullmatch(part)
        numbers = [int(number) for number in match.groups()] if match else []
        if not match or numbers[1] > 59 or numbers[3] > 59 or max(numbers[0], numbers[2]) > 24:
            raise NotAllowed("no_time_of_day", cell=part)
        start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
        if start >= DAY_MINUTES or end > DAY_MINUTES:
            raise NotAllowed("not_within_a_day", cell=part)
        found.append((start, end if end > start else end + DAY_MINUTES))
    return tuple(found)


def windows_text(found: Iterable[tuple[int, int]]) -> str:
    """The one way to write them: `07:00-16:00|18:00-24:00`."""
    return "|".join(f"{_clock(start)}-{_clock(end)}" for start, end in sorted(found))


def _clock(minute: int) -> str:
    minute = minute if minute <= DAY_MINUTES else minute - DAY_MINUTES
    return f"{minute // 60:02}:{minute % 60:02}"


def known_zone(name: str) -> str:
    """The zone's name; NotAllowed where there is none of that name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise NotAllowed("no_zone", cell=name) from None
    return name


def hours_in_order(least: Decimal, most: Decimal) -> None:
    if least < 0 or most > 168:
        raise NotAllowed("hours_of_a_week")
    if least > most:
        raise NotAllowed("least_above_most", least=float(least), most=float(most))


@dataclass(frozen=True)
class Tenure:
    """Time since somebody started, as whole years and months."""

    years: int
    months: int
    days: int


def tenure(started_on: date, until: date) -> Tenure:
    """How long somebody has been here on a day; nothing before the first."""
    if until < started_on:
        return Tenure(0, 0, 0)
    months = (until.year - started_on.year) * 12 + until.month - started_on.month
    if until.day < started_on.day:
        months -= 1
    return Tenure(months // 12, months % 12, (until - started_on).days)


@dataclass(frozen=True)
class Stay:
    """One team from a day, until the day before another."""

    team_id: int
    since: date
    until: date | None = None


def moved(stays: Sequence[Stay], team_id: int, on: date, started_on: date) -> list[Stay]:
    """The memberships after a move on a day: what began later gives way to it, what held then ends."""
    if on < started_on:
        raise NotAllowed("moved_before_start")
    kept = [
        Stay(stay.team_id, stay.since, on if stay.until is None or stay.until > on else stay.until)
        for stay in sorted(stays, key=lambda each: each.since)
        if stay.since < on
    ]
    if kept and kept[-1].team_id == team_id and kept[-1].until == on:
        return [*kept[:-1], Stay(team_id, kept[-1].since)]
    return [*kept, Stay(team_id, on)]
