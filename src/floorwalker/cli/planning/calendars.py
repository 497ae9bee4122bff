"""The calendar of special days from --holidays and --special-days."""

from __future__ import annotations

from pathlib import Path

from floorwalker.cli.files.special_days_csv import read_special_days
from floorwalker.science.forecasting import Calendar


def read_calendar(holidays: str | None, special_days: Path | None) -> Calendar:
    """Countries apart by commas (``US,CA-ON``), and the user's own list."""
    countries = tuple(code.strip() for code in (holidays or "").split(",") if code.strip())
    listed = read_special_days(special_days) if special_days else ()
    return Calendar(
        countries=countries,
        special={each.day: each.name for each in listed},
        closed=frozenset(each.day for each in listed if each.closed),
    )
