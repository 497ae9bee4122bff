"""Tables on their way out: CSV in which no cell runs, and XLSX in which no cell is a formula.

Numbers that are numbers stay numbers; text stays text, to the letter: reading an export gives what was exported.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeGuard

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from floorwalker.kernel.files.cells import Value, marked, text_of, writable
from floorwalker.kernel.files.limits import LIMITS

_BYTE_ORDER_MARK = "\ufeff"  # so that spreadsheets take it for UTF-8
_ROWS_A_CHUNK = 500
_WORDS_KEPT = 20_000  # a table says the same names and hours again and again
_EXACT_DIGITS = 15  # of a number in a workbook; an identifier with more would come back as another
_FIRST_DAY = dt.date(1900, 3, 1)  # before it, workbooks count a day that never was
_SHEET_NAME = "Table"


class TooMuchToExport(ValueError):
    """The rows do not fit a workbook; CSV has no such bound."""


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """A CSV file piece by piece, for answers too long to be held whole."""
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_csv_cell(name) for name in columns])
    known: dict[str, Value] = {}

    def cell(value: Value) -> Value:
        if not isinstance(value, str):
            return _csv_cell(value)
        if value in known:
            return known[value]
        if len(known) >= _WORDS_KEPT:
            known.clear()
        return known.setdefault(value, _csv_cell(value))

    for number, row in enumerate(rows, start=1):
        writer.writerow(map(cell, row))
        if number % _ROWS_A_CHUNK == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A whole CSV file."""
    return b"".join(csv_chunks(columns, rows))


def _csv_cell(value: Value) -> Value:
    return value if _is_number(value) else marked(writable(text_of(value)))


def _is_number(value: Value) -> TypeGuard[int | float | Decimal]:
    """A number that can be written as one; the others (infinite, or none) are text."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and math.isfinite(value)


def write_xlsx(
    path: str | Path, columns: Sequence[str], rows: Iterable[Sequence[Value]], sheet: str = _SHEET_NAME
) -> None:
    """A workbook of one sheet, row by row: memory does not grow with the table."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(str(path), options) as workbook:
        page = workbook.add_worksheet(sheet)
        writer = _Writer(page, workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}))
        page.freeze_panes(1, 0)
        writer.row(columns)
        for row in rows:
            writer.row(row)


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[Value]], sheet: str = _SHEET_NAME) -> bytes:
    """A whole workbook."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_xlsx(file.name, columns, rows, sheet)
        return Path(file.name).read_bytes()


class _Writer:
    """Writes cells by what they are, never by what they look like."""

    def __init__(self, page: Worksheet, moment: Format) -> None:
        self._page, self._moment = page, moment
        self._row = -1

    def row(self, values: Sequence[Value]) -> None:
        self._row += 1
        if self._row >= LIMITS.rows:
            raise TooMuchToExport(f"a workbook holds {LIMITS.rows:,} rows; export as CSV, or fewer rows")
        for column, value in enumerate(values):
            self._write(column, value)

    def _write(self, column: int, value: Value) -> None:
        if isinstance(value, bool):
            self._page.write_boolean(self._row, column, value)
        elif _is_number(value) and _is_exact(value):
            self._page.write_number(self._row, column, value)
        elif isinstance(value, dt.datetime) and value.tzinfo is None and value.date() >= _FIRST_DAY:
            self._page.write_datetime(self._row, column, value, self._moment)
        elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
            self._page.write_datetime(self._row, column, value)
        elif text := writable(text_of(value)):
            if len(text) > LIMITS.cell_characters:
                place = f"row {self._row + 1}, column {column + 1}"
                raise TooMuchToExport(
                    f"{place}: a cell of a workbook holds {LIMITS.cell_characters:,} characters; export as CSV"
                )
            self._page.write_string(self._row, column, text)


def _is_exact(value: float | Decimal) -> bool:
    """Whether a workbook, which keeps fifteen digits, gives this number back."""
    if isinstance(value, float):
        return True
    return len(Decimal(value).normalize().as_tuple().digits) <= _EXACT_DIGITS
