"""XLSX: every part is unpacked and looked through before a library loads a sheet.

The look is at bytes, not at XML: it counts what the library would have to hold (cells, the area they span, text),
and refuses what no spreadsheet writes (entities, other encodings). It may count too much; where somebody makes it
count too little, the limits of the child process stand behind it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from floorwalker.kernel.files.archives import members, shown, unpack
from floorwalker.kernel.files.cells import text_of
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.limits import MEBIBYTE, Limits

_LONGEST_TAG = MEBIBYTE
_CELL_STARTS = (
    b"<c ",
    b"<c>",
    b"<c/",
    b"<c\n",
    b"<c\t",
    b"<c\r",
    b":c ",
    b":c>",
    b":c/",
    b":c\n",
    b":c\t",
    b":c\r",
)
_FILLED = re.compile(rb"<(?:[\w.-]+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^<>]*(?<!/)>")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")
_ITEM = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
_TAG = re.compile(rb"<[^<>]*>")
_STRING_CELL = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_REFERENCE = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:[\w.-]+:)?v>(\d+)")
_STRINGS = "xl/sharedstrings.xml"


def inspect_workbook(path: Path, limits: Limits) -> None:
    """Refuse a workbook that would unpack, load or read to more than the limits."""
    found = members(path, limits)
    found.sort(key=lambda member: member.filename.lower() != _STRINGS)  # sheets are weighed with the strings known
    unpack(path, found, limits, _Look(limits).at_part)


class _Look:
    """What the parts seen so far hold."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lengths = array("Q")
        self._text_bytes = 0

    def at_part(self, name: str, pieces: Iterator[bytes]) -> None:
        if name.endswith("/") or not name.lower().endswith((".xml", ".rels", ".vml")):
            for _ in pieces:  # pictures and the like are only unpacked, to be counted
                pass
            return
        sheet = _Sheet(shown(name), self._limits)
        strings = name.lower() == _STRINGS
        for number, piece in enumerate(_whole_tags(pieces, sheet.name)):
            if not number:
                _check_start(piece, sheet.name)
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise FileFault("workbook_with_entities", part=sheet.name)
            if b"\x00" in piece:
                raise FileFault("workbook_not_understood", part=sheet.name)
            if strings:
                self._add_strings(piece)
            else:
                sheet.add(piece)
                self._add_text(piece)

    def _add_strings(self, piece: bytes) -> None:
        """How long each shared string is at most."""
        first, *rest = _TAG.sub(b"", _ITEM.sub(b"\x00<", piece)).split(b"\x00")
        if self._lengths:
            self._lengths[-1] += len(first)
        self._lengths.extend(map(len, rest))
        if len(self._lengths) > self._limits.cells:
            raise FileFault("table_too_many_cells", most=self._limits.cells)

    def _add_text(self, piece: bytes) -> None:
        """The text of shared strings, as often as cells refer to them."""
        if not self._lengths:
            return
        most = max(self._lengths) * len(_STRING_CELL.findall(piece))
        if self._text_bytes + most > self._limits.text_bytes // 2:  # near enough to count exactly
            references = map(int, _REFERENCE.findall(piece))
            most = sum(self._lengths[index] for index in references if index < len(self._lengths))
        self._text_bytes += most
        if self._text_bytes > self._limits.text_bytes:
            raise FileFault("table_too_much_text", megabytes=self._limits.text_bytes // MEBIBYTE)


class _Sheet:
    """Cells of one part, and the area they span: it is held whole, gaps included."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._cells = 0
        self._last_row, self._first_row = 0, limits.rows
        self._last_column, self._first_column = 0, limits.columns

    def add(self, piece: bytes) -> None:
        here = sum(map(piece.count, _CELL_STARTS))
        if not here:
            return
        self._cells += here
        if self._cells > self._limits.cells:
            raise FileFault("table_too_many_cells", most=self._limits.cells)
        places = set(_FILLED.findall(piece))
        if not places:
            return
        columns = {_number(letters) for letters in {letters for letters, _ in places}}
        rows = {int(digits[:9]) for digits in {digits for _, digits in places}}
        self._last_column, self._first_column = _wider(self._last_column, self._first_column, columns)
        self._last_row, self._first_row = _wider(self._last_row, self._first_row, rows)
        self._check()

    def _check(self) -> None:
        if self._last_column > self._limits.columns:
            raise FileFault("table_too_many_columns", most=self._limits.columns)
        if self._last_row > self._limits.rows:
            raise FileFault("table_too_many_rows", most=self._limits.rows)
        width, height = self._last_column - self._first_column + 1, self._last_row - self._first_row + 1
        if width * height > self._limits.cells:
            raise FileFault("table_too_many_cells", most=self._limits.cells)


def _wider(last: int, first: int, found: set[int]) -> tuple[int, int]:
    return max(last, max(found)), min(first, min(found))


def _number(letters: bytes) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in letters.upper()[:4]:  # four letters are beyond any sheet
        number = number * 26 + letter - 64
    return number


def _whole_tags(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The same bytes, cut where a tag begins, so that no tag is cut in two."""
    rest = b""
    for piece in pieces:
        piece = rest + piece
        cut = piece.rfind(b"<")
        piece, rest = (piece[:cut], piece[cut:]) if cut > 0 else (b"", piece)
        if len(rest) > _LONGEST_TAG:
            raise FileFault("workbook_not_understood", part=name)
        if piece:
            yield piece
    if rest:
        yield rest


def _check_start(piece: bytes, name: str) -> None:
    """XML in UTF-8, which all spreadsheets write: another encoding could hide from the look at bytes."""
    encoding = _ENCODING.search(piece[:200])
    told = encoding[1].lower() if encoding else b"utf-8"
    if not piece.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") or told not in (b"utf-8", b"us-ascii"):
        raise FileFault("workbook_not_understood", part=name)


def open_workbook(path: Path) -> CalamineWorkbook:
    """An inspected workbook."""
    try:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except (CalamineError, OSError, ValueError) as error:
        raise FileFault("file_damaged", part="xl/workbook.xml") from error


def sheet_names(workbook: CalamineWorkbook) -> list[str]:
    """The sheets a person sees, in their order."""
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def read_sheet(workbook: CalamineWorkbook, name: str, limits: Limits) -> Iterator[tuple[int, list[str], float]]:
    """Every row of a sheet with its number and the share of rows read so far."""
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, ValueError) as error:
        raise FileFault("workbook_not_understood", part=shown(name)) from error
    if sheet.total_width > limits.columns:
        raise FileFault("table_too_many_columns", most=limits.columns)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [text_of(value) for value in row], number / sheet.total_height
