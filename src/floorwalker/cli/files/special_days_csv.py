"""The user's own special days: a CSV of date, name and optionally closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from floorwalker.cli.files.rows import read_rows
from floorwalker.science.errors import InvalidInput

YES, NO = ("yes", "y", "true", "1", "closed"), ("no", "n", "false", "0", "open", "")


@dataclass(frozen=True)
class ListedDay:
    """One line of the list."""

    day: date
    name: str
    closed: bool


def read_special_days(path: Path) -> tuple[ListedDay, ...]:
    """The days of the file in its order."""
    days = []
    for row in read_rows(path, ["date"]):
        closed = row.text("closed").lower()
        if closed not in YES + NO:
            raise InvalidInput(f"{row.file} line {row.line}: closed {closed!r} is neither yes nor no")
        days.append(ListedDay(row.day(row.text("date"), "date"), row.text("name", "special day"), closed in YES))
    return tuple(days)
