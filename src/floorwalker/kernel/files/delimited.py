"""Tables of text, record by record: any of four separators, and no line or cell longer than the limits."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from floorwalker.kernel.files.cells import unmarked
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.limits import Limits

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 65_536
_SAMPLE_LINES = 50


def read_delimited(path: Path, encoding: str, limits: Limits) -> Iterator[tuple[int, list[str], float]]:
    """Every record with the number of its first line and the share of the file read so far."""
    csv.field_size_limit(limits.cell_characters)
    size = path.stat().st_size
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        separator = likely_separator(file.read(_SAMPLE))
        file.seek(0)
        lines = _Lines(file, limits)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        while True:
            first = reader.line_num + 1
            lines.begin_record()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise _fault(str(error), first, limits) from error
            if cells is None:
                return
            yield first, [unmarked(cell) for cell in cells], min(1.0, lines.characters / size)


class _Lines:
    """The lines of a file, none and no record of them longer than allowed."""

    def __init__(self, file: TextIO, limits: Limits) -> None:
        self._file, self._most = file, limits.record_characters
        self._number, self._record = 0, 0
        self.characters = 0

    def begin_record(self) -> None:
        self._record = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(self._most + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self._record += len(line)
        self.characters += len(line)
        if self._record > self._most:
            raise FileFault("table_line_too_long", line=self._number, most=self._most)
        return line


def likely_separator(sample: str) -> str:
    """The separator most lines of the beginning agree on, quoted text apart; comma when none appears."""
    lines = re.sub(r'"[^"]*"?', "", sample).splitlines()[:_SAMPLE_LINES]
    best, best_score = ",", 0
    for mark in SEPARATORS:
        counts = Counter(line.count(mark) for line in lines if line.strip())
        separators, agreeing = counts.most_common(1)[0] if counts else (0, 0)
        if separators and agreeing * min(separators, 5) > best_score:
            best, best_score = mark, agreeing * min(separators, 5)
    return best


def _fault(error: str, line: int, limits: Limits) -> FileFault:
    if "field limit" in error:
        return FileFault("table_cell_too_long", line=line, most=limits.cell_characters)
    return FileFault("table_quotation", line=line)
