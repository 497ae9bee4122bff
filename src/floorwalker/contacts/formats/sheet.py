"""A file as a table of text cells: separator, header, a sample to guess from, and columns on demand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from floorwalker.contacts.formats.records import Bools, Ints, Records, find_records, split_record
from floorwalker.contacts.formats.source import Source
from floorwalker.contacts.history import LEFT_OUT, REJECTED, Guess, History, HistoryError, Reject

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
SAMPLE_ROWS = 500
_SHOWN = 160


@dataclass
class Sheet:
    """The records of a file that have the right number of cells, and the list of those set aside so far.

    Row ``i`` of every column is record ``rows[i]``; a row set aside by :meth:`set_aside` keeps its place but
    is no longer ``alive``.
    """

    source: Source
    separator: str
    header: tuple[str, ...]
    records: Records
    rows: Ints
    read: int
    sample: list[list[str]]
    rejects: list[Reject] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.alive: Bools = np.ones(len(self.rows), dtype=bool)
        named = [(normalised(title), position) for position, title in enumerate(self.header)]
        self.positions = {name: position for name, position in reversed(named) if name}
        self._cells: dict[int, pd.Series[str]] = {}

    def load(self, columns: list[int]) -> None:
        """Parse these columns (all at once: the text is walked only once)."""
        wanted = sorted(set(columns))
        keep = np.zeros(len(self.records), dtype=bool)
        keep[self.rows] = True
        width = int(self.records.cells[keep].max(initial=len(self.header)))
        try:
            frame = pd.read_csv(
                io.BytesIO(self.records.join(keep)),
                sep=self.separator,
                header=None,
                names=list(range(width)),
                usecols=wanted,
                dtype=str,
                na_filter=False,
                skip_blank_lines=False,
                skipinitialspace=True,
                encoding="utf-8",
                engine="c",
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError):
            frame = pd.DataFrame()
        if len(frame) != len(self.rows):  # the tokenizer and find_records read the quoting differently
            raise HistoryError(f"{self.source.name} has quotation marks that cannot be followed; export it again")
        padded = _is_padded(self.source.data, self.separator)
        for column in wanted:
            cells = frame[column].fillna("")
            self._cells[column] = cells.str.strip() if padded else cells

    def position(self, name: str) -> int | None:
        """The column of that name, as written or but for case and marks; where there is no header, a number."""
        if name in self.header:
            return self.header.index(name)
        return self.positions.get(normalised(name))

    def named(self, name: str) -> pd.Series[str]:
        """The cells of a loaded column that the layout is known to have."""
        return self._cells[self.positions[normalised(name)]]

    def column(self, index: int) -> pd.Series[str]:
        """The cells of one loaded column, stripped."""
        return self._cells[index]

    def line(self, row: int) -> int:
        return int(self.records.lines[self.rows[row]])

    def text(self, row: int) -> str:
        return shorten(self.records.text(int(self.rows[row])))

    def set_aside(
        self, where: Bools, reason: str, kind: str = REJECTED, cells: pd.Series[str] | None = None
    ) -> None:
        """Name every still living row of ``where`` with its reason; ``{}`` in it stands for its cell."""
        for row in np.flatnonzero(where & self.alive).tolist():
            why = reason if cells is None else reason.format(repr(shorten(str(cells.iat[row]))))
            self.rejects.append(Reject(self.line(row), self.text(row), why, kind))
        self.alive &= ~where

    def leave_out(self, where: Bools, reason: str) -> None:
        self.set_aside(where, reason, LEFT_OUT)

    def nothing_left(self) -> HistoryError:
        """The error for a file of which no line can be used, with the first trouble as its example."""
        first = min(self.rejects, key=lambda reject: reject.line)
        return HistoryError(f"no line of {self.source.name} can be used; the first trouble is {first}")

    def history(
        self, table: str, frame: pd.DataFrame, duplicates: int, zone: str, step_seconds: int | None, layout: str
    ) -> History:
        """The finished history of this sheet."""
        rejects = tuple(sorted(self.rejects, key=lambda reject: reject.line))
        guesses = tuple(self.guesses)
        name, sha256 = self.source.name, self.source.sha256
        return History(
            table, frame, self.read, rejects, duplicates, guesses, zone, step_seconds, name, sha256, layout
        )


def _is_padded(data: bytes, separator: str) -> bool:
    """Whether any cell may end or begin with a space: stripping a million cells is only worth it then."""
    marks = (separator.encode(), b"\n", b'"')
    spaces = (b" ", b"\t") if separator != "\t" else (b" ",)
    ends = any(space + mark in data for space in spaces for mark in marks) or data[-1:] in spaces
    begins = any(mark + space in data for space in (b"\t", b'" ') for mark in marks if separator != "\t")
    return ends or begins or not data.isascii()


def normalised(name: str) -> str:
    """A column name without case, spaces and marks."""
    return re.sub(r"[\W_]+", "", name.lower())


def shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def read_sheet(source: Source, separator: str | None = None) -> Sheet:
    """Cut a source into a sheet; ``separator`` is a name of :data:`SEPARATORS` or None to find it."""
    guesses = list(source.guesses)
    mark = SEPARATORS[separator] if separator else _likely_separator(source.data)
    if not separator and mark != ",":
        name = next(name for name, character in SEPARATORS.items() if character == mark)
        guesses.append(Guess("separator", name, "it cuts the lines most evenly", "--map separator=comma"))
    records = find_records(source.data, mark)
    if not len(records) or records.torn[0]:
        raise HistoryError(f"{source.name} has no first line that can be read as a table; export it again as CSV")
    header = tuple(split_record(records.text(0), mark))
    first = 1
    if not _is_header(header):
        first, header = 0, tuple(str(position) for position in range(1, len(header) + 1))
        guesses.append(
            Guess("header", "none", "the first line holds values; columns are 1, 2, …", "a header line")
        )
    header = _without_trailing_blanks(header)
    rejects, rows = _fitting(records, len(header), first, mark)
    read = len(records) - first
    if not read:
        raise HistoryError(f"{source.name} has a header and no line below it; export the history again")
    sample = [split_record(records.text(row), mark) for row in rows[:SAMPLE_ROWS].tolist()]
    return Sheet(source, mark, header, records, rows, read, sample, rejects, guesses)


def _likely_separator(data: bytes) -> str:
    """The separator most lines of the beginning agree on; comma when none appears."""
    lines = [line for line in data[:65_536].decode("utf-8", errors="ignore").split("\n")[:50] if line.strip()]
    best, best_score = ",", 0
    for mark in SEPARATORS.values():
        counts = Counter(len(re.sub(r'"[^"]*"', "", line).split(mark)) - 1 for line in lines)
        separators, agreeing = counts.most_common(1)[0] if counts else (0, 0)
        if separators and agreeing * min(separators, 5) > best_score:
            best, best_score = mark, agreeing * min(separators, 5)
    return best


_VALUE = re.compile(r"[-+]?[\d.,:/\-]*\d[\d.,:/\-]*([T ][\d:.+\-Z]+)?([Ee][-+]?\d+)?\s*%?|[0-9a-fA-F-]{36}")


def _is_header(cells: tuple[str, ...]) -> bool:
    """Names, not values: no cell of the first line is a number, a date or a time, and at least one is filled."""
    return any(cells) and not any(_VALUE.fullmatch(cell) for cell in cells)


def _without_trailing_blanks(header: tuple[str, ...]) -> tuple[str, ...]:
    while len(header) > 1 and not header[-1]:
        header = header[:-1]
    return header


def _fitting(records: Records, width: int, first: int, separator: str) -> tuple[list[Reject], Ints]:
    """Rows with a cell for every named column and nothing beyond them; the rest are named."""
    index = np.arange(len(records))
    right = (records.cells == width) & ~records.torn
    rejects = []
    for row in np.flatnonzero(~right & (index >= first)).tolist():
        reason = _misfit(records, row, width, separator)
        if reason:
            rejects.append(Reject(int(records.lines[row]), shorten(records.text(row)), reason))
        else:
            right[row] = True
    return rejects, np.flatnonzero(right & (index >= first))


def _misfit(records: Records, row: int, width: int, separator: str) -> str | None:
    if records.torn[row]:
        return "a quotation mark is not closed"
    cells = int(records.cells[row])
    if cells < width:
        return f"{cells} cells where the header has {width}"
    try:
        beyond = split_record(records.text(row), separator)[width:]
    except csv.Error:
        return "a quotation mark is not closed"
    return f"{cells} cells where the header has {width}" if any(beyond) else None
