"""Opening hours of a week: for each weekday pairs of minutes after midnight."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_MINUTES = 1440
Hours = list[list[list[int]]]
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?")


class HoursProblem(ValueError):
    """Hours that cannot be read: ``said`` is the piece in question."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


def read_day(text: str) -> list[list[int]]:
    """“08:00-12:00, 13:00-18:00” as minutes; empty or “closed” is no opening. :class:`HoursProblem` otherwise."""
    text = text.strip()
    if not text or text.lower() in {"closed", "-", "–"}:
        return []
    spans = []
    for piece in re.split(r"[,;]|\band\b", text):
        found = _SPAN.fullmatch(piece.strip())
        if not found:
            raise HoursProblem(piece.strip())
        first = int(found[1]) * 60 + int(found[2] or 0)
        last = int(found[3]) * 60 + int(found[4] or 0)
        if last <= first or last > DAY_MINUTES or int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
            raise HoursProblem(piece.strip())
        spans.append([first, last])
    spans.sort()
    for before, after in pairwise(spans):
        if after[0] < before[1]:
            raise HoursProblem(text)
    return spans


def well_formed(hours: Any) -> bool:
    """Whether these are seven days of stretches in order that do not overlap, within the day."""
    return len(hours) == 7 and all(_orderly(day) for day in hours)


def _orderly(day: Any) -> bool:
    if any(len(span) != 2 or not 0 <= span[0] < span[1] <= DAY_MINUTES for span in day):
        return False
    return all(before[1] <= after[0] for before, after in pairwise(day))


def write_day(spans: list[list[int]]) -> str:
    """Minutes as “08:00–20:00”; empty when closed."""
    return ", ".join(f"{_clock(first)}–{_clock(last)}" for first, last in spans)


def in_words(hours: Hours | None) -> list[tuple[str, str]]:
    """Weekdays of equal hours together: [("Monday–Friday", "08:00–20:00"), …]."""
    if hours is None:
        return []
    found: list[tuple[str, str]] = []
    first = 0
    for day in range(1, 8):
        if day < 7 and hours[day] == hours[first]:
            continue
        name = WEEKDAYS[first] if day - first == 1 else f"{WEEKDAYS[first]}–{WEEKDAYS[day - 1]}"
        found.append((name, write_day(hours[first])))
        first = day
    return found


def is_open(hours: Hours | None, weekday: int, minute: int) -> bool:
    """Whether the queue is served then; always, while nobody has set its hours."""
    return hours is None or any(first <= minute < last for first, last in hours[weekday])


def open_minutes(hours: Hours, weekday: int) -> int:
    return sum(last - first for first, last in hours[weekday])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
