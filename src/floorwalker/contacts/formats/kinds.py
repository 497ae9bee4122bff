"""What the cells of a column hold, judged from the sample at the head of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from floorwalker.contacts.formats.amounts import number_of
from floorwalker.contacts.formats.clock import clock_of, day_of, epoch_seconds, seconds_of_clock, split_stamp
from floorwalker.contacts.formats.sheet import Sheet

_MONTH = re.compile(r"[A-Za-z]{3,9}[-/ .]+(\d{2}|\d{4})|\d{4}[-/](0?[1-9]|1[0-2])")


def values_of(sheet: Sheet, column: int) -> list[str]:
    """The filled cells of a column in the sample."""
    return [row[column] for row in sheet.sample if column < len(row) and row[column]]


def kind_of(sheet: Sheet, column: int, share: float = 0.8) -> str:
    """What that share of a column's cells holds: moment, clock, date, month, number, text or nothing."""
    values = values_of(sheet, column)
    return next(
        (kind for kind, test in _TESTS.items() if _many(values, test, share)), "text" if values else "nothing"
    )


def holds_numbers(sheet: Sheet, column: int) -> bool:
    """Whether a column that is named like one of numbers may be one, errors among them or not."""
    values = values_of(sheet, column)
    return not values or _many(values, _is_number, 0.3)


def time_kind_of(sheet: Sheet, column: int) -> str:
    """Like :func:`kind_of` for a column whose name says that it is a time: bare digits may be dates or hours."""
    kind = kind_of(sheet, column, share=0.5)
    if kind != "number":
        return kind
    values = values_of(sheet, column)
    if _many(values, lambda value: day_of(value) is not None, 0.8):
        return "date"
    return "clock" if _many(values, lambda value: seconds_of_clock(value) is not None, 0.8) else kind


def titles_with_examples(sheet: Sheet, columns: Sequence[int]) -> str:
    """Columns as a question shows them: 'Opened' (2024-03-01 09:12), …"""
    shown = []
    for column in columns:
        values = values_of(sheet, column)
        shown.append(f"{sheet.header[column]!r}" + (f" ({values[0][:40]})" if values else ""))
    return ", ".join(shown)


def all_midnight(sheet: Sheet, column: int) -> bool:
    """Whether moments are in truth dates that a spreadsheet gave a time of 00:00."""
    return all(clock_of(split_stamp(value)[1] or "0:00") == (0, None) for value in values_of(sheet, column))


def _many(values: Sequence[str], test: Callable[[str], bool], share: float) -> bool:
    return bool(values) and sum(map(test, values)) >= share * len(values)


def _is_moment(text: str) -> bool:
    day, clock = split_stamp(text)
    return epoch_seconds(text) is not None or bool(day and clock and _is_date(day) and clock_of(clock))


def _is_clock(text: str) -> bool:
    return ":" in text and seconds_of_clock(text) is not None


def _is_date(text: str) -> bool:
    """Dates with their marks; six or eight bare digits are a number unless a column's name says otherwise."""
    return not text.isdigit() and (day_of(text, "dmy") is not None or day_of(text, "mdy") is not None)


def _is_number(text: str) -> bool:
    return number_of(text) is not None or number_of(text, "comma") is not None


_TESTS: dict[str, Callable[[str], bool]] = {
    "moment": _is_moment,
    "clock": _is_clock,
    "date": _is_date,
    "month": lambda text: _MONTH.fullmatch(text) is not None,
    "number": _is_number,
}
