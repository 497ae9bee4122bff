"""The week somebody means: “week 48”, “2026-W48”, “23 Nov”-like dates, “next week”."""

from __future__ import annotations

import re
from datetime import date, timedelta

WEEK = timedelta(days=7)
ISO_WEEK = re.compile(r"(?P<year>\d{4})[- ]?w\D{0,4}(?P<week>\d{1,2})", re.IGNORECASE)
WEEK_NUMBER = re.compile(r"(?:\D{1,12}\s*)?(?P<week>\d{1,2})(?:[/ ](?P<year>\d{4}))?", re.IGNORECASE)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")


def week_meant(text: str, today: date, names: tuple[str, ...] = ("week", "w")) -> date | None:
    """The Monday of the week a text names, or nothing. A week without a year is the nearest one of that number."""
    words = " ".join(text.lower().split())
    this = today - timedelta(days=today.weekday())
    for dated in (YEAR_FIRST, DAY_FIRST):
        if match := dated.fullmatch(words):
            return _monday_of(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := ISO_WEEK.fullmatch(words):
        return _iso(int(match["year"]), int(match["week"]))
    match = WEEK_NUMBER.fullmatch(words)
    if match and (words[0].isdigit() or words.rstrip("0123456789/ ").strip() in names):
        number = int(match["week"])
        if match["year"]:
            return _iso(int(match["year"]), number)
        near = [_iso(this.year + shift, number) for shift in (-1, 0, 1)]
        return min((each for each in near if each), key=lambda each: abs(each - this), default=None)
    return None


def _iso(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _monday_of(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found - timedelta(days=found.weekday())
