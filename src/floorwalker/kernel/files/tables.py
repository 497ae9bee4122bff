"""A table out of a file: columns, and rows of text that know their line.

    table = read_table(path)

Run in the child process for files of strangers: ``uploads.read_uploaded_table`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from floorwalker.kernel.files.delimited import read_delimited
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.kinds import Kind, Recognised, recognise
from floorwalker.kernel.files.limits import LIMITS, MEBIBYTE, Limits

_ROWS_A_PART = 1000
Records = Iterator[tuple[int, list[str], float]]
Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """One row: the line it begins on (in a workbook its row number), and a cell for every column."""

    line: int
    cells: list[str]


class Misfit(NamedTuple):
    """A row left out because it has content beyond the last column."""

    line: int
    cells: int


@dataclass(frozen=True)
class Table:
    """What a file holds. ``encoding`` is of text, ``sheet`` and ``sheets`` are of workbooks."""

    kind: Kind
    columns: list[str]
    rows: list[Row]
    misfits: list[Misfit]
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Every row as line and cells by column name; columns without a name are left out."""
        for line, cells in self.rows:
            yield line, {name: cell for name, cell in zip(self.columns, cells, strict=True) if name}


def read_table(path: str | Path, limits: Limits = LIMITS, sheet: str = "") -> Table:
    """The table in the file at ``path``; of a workbook, the first sheet or the one named."""
    return from_parts(table_parts(str(path), asdict(limits), sheet))


def table_parts(
    path: str, limits: dict[str, int], sheet: str = "", progress: Progress | None = None
) -> Iterator[dict[str, Any]]:
    """The same in parts that pass through JSON: what it is, then rows by the thousand."""
    bounds = replace(LIMITS, **limits)
    file = Path(path)
    size = file.stat().st_size
    if size > bounds.upload_bytes:
        raise FileFault("file_too_large", megabytes=bounds.upload_bytes // MEBIBYTE)
    what = recognise(file, bounds)
    about, records = _open(file, what, bounds, sheet)
    columns, records = _header(records, bounds)
    yield {"kind": what.kind, "encoding": what.encoding, "columns": columns, **about}
    part: dict[str, Any] = {"rows": [], "misfits": []}
    for line, cells, done in _counted(records, bounds):
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            part["misfits"].append((line, len(cells)))
        else:
            cells = cells[: len(columns)]
            part["rows"].append((line, cells + [""] * (len(columns) - len(cells))))
        if len(part["rows"]) + len(part["misfits"]) >= _ROWS_A_PART:
            yield part
            part = {"rows": [], "misfits": []}
            if progress:
                progress(int(100 * done), 100)
    yield part


def from_parts(parts: Iterable[dict[str, Any]]) -> Table:
    """The table that :func:`table_parts` took apart."""
    about, *others = parts
    rows, misfits = [], []
    for part in others:
        rows += [Row(line, list(cells)) for line, cells in part["rows"]]
        misfits += [Misfit(*each) for each in part["misfits"]]
    if not rows and not misfits:
        raise FileFault("table_without_rows")
    return Table(
        kind=Kind(about["kind"]),
        columns=list(about["columns"]),
        rows=rows,
        misfits=misfits,
        encoding=about["encoding"],
        sheet=about.get("sheet", ""),
        sheets=tuple(about.get("sheets", ())),
    )


def _open(file: Path, what: Recognised, limits: Limits, sheet: str) -> tuple[dict[str, Any], Records]:
    """What is said about the source, and its records."""
    if what.kind is Kind.CSV:
        return {}, read_delimited(file, what.encoding, limits)
    from floorwalker.kernel.files import workbooks  # only here: the library is not needed for text

    workbooks.inspect_workbook(file, limits)
    workbook = workbooks.open_workbook(file)
    names = workbooks.sheet_names(workbook)
    if not names or (sheet and sheet not in names):
        raise FileFault("table_no_such_sheet", sheet=sheet or "1", sheets=", ".join(names)[:500] or "–")
    chosen = sheet or names[0]
    about = {"sheet": chosen, "sheets": names}
    return about, workbooks.read_sheet(workbook, chosen, limits)


def _header(records: Records, limits: Limits) -> tuple[list[str], Records]:
    """The names of the columns – the first row that is not blank – and the records below."""
    for _, cells, _ in records:
        names = [cell.strip() for cell in cells]
        while names and not names[-1]:
            names.pop()
        if len(names) > limits.columns:
            raise FileFault("table_too_many_columns", most=limits.columns)
        if names:
            _check_names(names)
            return names, records
    raise FileFault("table_without_header")


def _check_names(names: list[str]) -> None:
    first: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if name and name in first:
            raise FileFault("table_same_name", name=name[:100], first=first[name], second=position)
        first[name] = position


def _counted(records: Records, limits: Limits) -> Records:
    """The rows that hold anything, as long as there are not too many of them."""
    rows = cells_in_all = text = 0
    for line, cells, done in records:
        if not any(cells):
            continue
        rows, cells_in_all, text = rows + 1, cells_in_all + len(cells), text + sum(map(len, cells))
        _check_counts(line, cells, rows, cells_in_all, text, limits)
        yield line, cells, done


def _check_counts(line: int, cells: list[str], rows: int, in_all: int, text: int, limits: Limits) -> None:
    if len(cells) > limits.columns:
        raise FileFault("table_too_many_columns", most=limits.columns)
    if rows > limits.rows:
        raise FileFault("table_too_many_rows", most=limits.rows)
    if in_all > limits.cells:
        raise FileFault("table_too_many_cells", most=limits.cells)
    if text > limits.text_bytes:
        raise FileFault("table_too_much_text", megabytes=limits.text_bytes // MEBIBYTE)
    if max(map(len, cells)) > limits.cell_characters:
        raise FileFault("table_cell_too_long", line=line, most=limits.cell_characters)
