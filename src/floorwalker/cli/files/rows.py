"""Rows of a small CSV file with their line numbers; every complaint names file, line and value."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from floorwalker.science.errors import InvalidInput

T = TypeVar("T")
LARGEST_BYTES = 50_000_000
LARGEST_NUMBER = 1e9
FORMULA_MARKS = tuple("=+-@\t\r\n")


@dataclass(frozen=True)
class Row:
    """One line of a file, by column name in lower case."""

    file: str
    line: int
    cells: dict[str, str]

    def text(self, column: str, default: str = "") -> str:
        return self.cells.get(column, "").strip() or default

    def read(self, column: str, reader: Callable[[str], T], default: T, allowed: str) -> T:
        """The cell as ``reader`` understands it; ``allowed`` completes the complaint."""
        text = self.text(column)
        if not text:
            return default
        try:
            return reader(text)
        except ValueError as error:
            raise InvalidInput(f"{self.file} line {self.line}: {column} {text!r} is not {allowed}") from error

    def number(self, column: str, default: float = float("nan"), lowest: float = 0.0) -> float:
        value = self.read(column, float, default, "a number")
        if self.text(column) and not lowest <= value <= LARGEST_NUMBER:
            raise InvalidInput(
                f"{self.file} line {self.line}: {column} {self.text(column)!r} must be from {lowest:g} to "
                f"{LARGEST_NUMBER:,.0f}"
            )
        return value

    def whole(self, column: str, default: float, lowest: float = 0.0) -> int:
        value = self.number(column, default, lowest)
        if self.text(column) and value != int(value):
            raise InvalidInput(
                f"{self.file} line {self.line}: {column} {self.text(column)!r} must be a whole number"
            )
        return int(value)

    def day(self, text: str, column: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise InvalidInput(
                f"{self.file} line {self.line}: {column} {text!r} is not a day like 2003-09-01"
            ) from error

    def instant(self, column: str) -> datetime:
        """A time with its offset."""
        moment = self.read(column, datetime.fromisoformat, None, "a time like 2003-09-01T09:30:00+02:00")
        if moment is None or moment.tzinfo is None:
            raise InvalidInput(
                f"{self.file} line {self.line}: {column} {self.text(column)!r} needs a time with its offset, "
                "like 2003-09-01T09:30:00+02:00"
            )
        return moment


def read_rows(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    """Every line of a CSV file with a header that names at least the ``needed`` columns."""
    if not path.is_file():  # a pipe would be waited for, a device could be read for ever
        raise InvalidInput(f"{path} is not a file; save what it holds as one and give that")
    if path.stat().st_size > LARGEST_BYTES:
        raise InvalidInput(f"{path.name} is larger than {LARGEST_BYTES // 1_000_000} MB; is it the right file?")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path.name} is not a text file in UTF-8; save it as CSV UTF-8") from error
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = _numbered(path, csv.reader(StringIO(text, newline=""), delimiter=separator))
    header = [name.strip().lower().replace(" ", "_") for name in next(reader, (1, []))[1]]
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise InvalidInput(f"{path.name} has two columns {twice[0]!r}; rename or remove one")
    missing = [name for name in needed if name not in header]
    if missing:
        raise InvalidInput(
            f"{path.name} has no column {missing[0]!r}; its first line names {', '.join(header) or 'nothing'}, "
            f"needed are {', '.join(needed)}"
        )
    for line, cells in reader:
        if any(cell.strip() for cell in cells[len(header) :]):
            raise InvalidInput(
                f"{path.name} line {line}: {len(cells)} cells where the header has {len(header)}; "
                "put a cell that holds the separator in quotation marks"
            )
        if any(cell.strip() for cell in cells):
            yield Row(path.name, line, dict(zip(header, cells, strict=False)))


def _numbered(path: Path, reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Records with the line they end on; what cannot be cut into cells is refused with its line."""
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InvalidInput(f"{path.name} line {reader.line_num}: {error}; save it as CSV again") from error


def write_rows(columns: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    """A CSV file as text, the same bytes on every machine."""
    out = [",".join(columns)]
    out += [",".join(_cell(value) for value in row) for row in rows]
    return "\n".join(out) + "\n"


def _cell(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    text = str(value)
    if text[:1] in FORMULA_MARKS and not re.fullmatch(r"[+-]\d+(\.\d+)?", text):
        text = "'" + text  # a spreadsheet must not run a name as a formula
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n\r') else text
