"""S-24: what is exported runs nowhere, and reads back as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from floorwalker.kernel.files.cells import marked, text_of, unmarked, writable
from floorwalker.kernel.files.exports import TooMuchToExport, csv_bytes, csv_chunks, write_xlsx, xlsx_bytes
from floorwalker.kernel.files.tables import read_table

STRINGS = 10_000
A_TABLE = 50
ATTACKS = [
    *('=cmd|"/C calc"!A0', "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "－1"),
    *("'=1", "''@x", "'", "'x", "x;=1", '"', '""', "a,b", " pad ", "\x01", "\x7f\x85\u2028", "\ufeff"),
    *("https://example.org", "_x0041_", "0123", "TRUE", "1e5", "2024-01-01"),
]
texts = st.lists(st.text(max_size=40) | st.sampled_from(ATTACKS), min_size=1, max_size=A_TABLE)


def read_back(data: bytes) -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(data)
        return [row.cells[1] for row in read_table(path).rows]


def rows_of(cells: list[str]) -> list[list[str | int]]:
    return [[number, cell] for number, cell in enumerate(cells)]


def formula_cells(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return sum(len(re.findall(rb"<f[ >/]", sheet)) for sheet in sheets)


def there_and_back(cells: list[str]) -> tuple[list[str], list[str], int]:
    """What comes back by CSV and by XLSX, and how many cells of the workbook are formulas."""
    workbook = xlsx_bytes(["n", "=text"], rows_of(cells))
    by_csv = read_back(csv_bytes(["n", "=text"], rows_of(cells)))
    return by_csv, read_back(workbook), formula_cells(workbook)


@given(texts)
@example(ATTACKS)
def test_what_is_exported_comes_back(cells: list[str]) -> None:
    """Any text, to the letter (zero bytes and half characters apart), by CSV and by XLSX, no cell a formula."""
    kept = [writable(cell) for cell in cells]
    assert there_and_back(cells) == (kept, kept, 0)


@pytest.mark.prove
@settings(max_examples=STRINGS // A_TABLE)
@given(st.lists(st.text(max_size=40) | st.sampled_from(ATTACKS), min_size=A_TABLE, max_size=2 * A_TABLE))
def test_ten_thousand_strings_come_back(cells: list[str]) -> None:
    """The same for at least ten thousand strings."""
    kept = [writable(cell) for cell in cells]
    assert there_and_back(cells) == (kept, kept, 0)


@given(st.text())
def test_no_csv_cell_begins_a_formula(text: str) -> None:
    """Where a spreadsheet would see a formula it sees an apostrophe first, and that comes off again."""
    assert not re.match("[=+\\-@\t\r\x00]", marked(text))
    assert unmarked(marked(text)) == text


def test_numbers_by_type_stay_numbers() -> None:
    """A negative number is written bare, a text that looks like one is marked."""
    data = csv_bytes(["a", "b", "c"], [[-5, "-5", Decimal("-1.50")]])
    assert data.decode("utf-8-sig") == '"a","b","c"\r\n-5,"\'-5",-1.50\r\n'


@pytest.mark.parametrize(
    ("value", "csv_text", "xlsx_text"),
    [
        (None, "", ""),
        (True, "TRUE", "TRUE"),
        (-7, "-7", "-7"),
        (0.1, "0.1", "0.1"),
        (12345678901234567890, "12345678901234567890", "12345678901234567890"),
        (Decimal("19.90"), "19.90", "19.9"),
        (float("inf"), "inf", "inf"),
        (float("nan"), "nan", "nan"),
        (dt.date(2024, 2, 29), "2024-02-29", "2024-02-29"),
        (dt.date(1899, 1, 1), "1899-01-01", "1899-01-01"),
        (dt.datetime(2024, 2, 29, 9, 30), "2024-02-29T09:30:00", "2024-02-29T09:30:00"),
        (
            dt.datetime(2024, 2, 29, 9, 30, tzinfo=dt.UTC),
            "2024-02-29T09:30:00+00:00",
            "2024-02-29T09:30:00+00:00",
        ),
        (dt.time(9, 5), "09:05:00", "09:05:00"),
        (dt.timedelta(hours=30, seconds=5), "30:00:05", "30:00:05"),
        (-dt.timedelta(minutes=5), "-0:05:00", "-0:05:00"),
    ],
)
def test_values_by_type(value: object, csv_text: str, xlsx_text: str) -> None:
    """What each kind of value reads as after its way through either format."""
    assert read_back(csv_bytes(["n", "v"], [[1, value]])) == [csv_text]  # type: ignore[list-item]
    assert read_back(xlsx_bytes(["n", "v"], [[1, value]])) == [xlsx_text]  # type: ignore[list-item]


def test_a_long_table_comes_in_pieces() -> None:
    """No piece grows with the table, and together they are one file."""
    pieces = list(csv_chunks(["n"], ([n] for n in range(1234))))
    assert len(pieces) == 3
    found = list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"))))
    assert found == [["n"], *[[str(n)] for n in range(1234)]]


def test_what_does_not_fit_a_workbook_is_said(tmp_path: Path) -> None:
    """A cell too long is refused with its place, never cut."""
    with pytest.raises(TooMuchToExport, match="row 2, column 1: a cell of a workbook holds 32,767 characters"):
        write_xlsx(tmp_path / "out.xlsx", ["a"], [["x" * 40_000]])


def test_text_of_a_whole_float_is_short() -> None:
    """Workbooks keep whole numbers as fractions; identifiers must not grow a .0."""
    assert [text_of(value) for value in (12.0, 1e15, 1e300, -0.0)] == ["12", "1000000000000000.0", "1e+300", "0"]
