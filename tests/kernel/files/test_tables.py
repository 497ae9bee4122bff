"""Tables: honest files of all makes are read right, wrong ones are told where they are wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import xlsxwriter
from tests.kernel.files.bombs import TABLE, strings, workbook

from floorwalker.kernel.files.exports import write_xlsx
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.kinds import Kind
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.limits import LIMITS, Limits
from floorwalker.kernel.files.refusals import refused
from floorwalker.kernel.files.tables import Misfit, Row, Table, from_parts, read_table


def of_text(tmp_path: Path, text: str, encoding: str = "utf-8") -> Table:
    path = tmp_path / "upload"
    path.write_bytes(text.encode(encoding))
    return read_table(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_encoding_and_line_end(separator: str, encoding: str, end: str, tmp_path: Path) -> None:
    """Cells stay as they were written; decimal commas are text."""
    lines = ["Name;Stunden;Notiz", 'Jürgen;"7,5";"zwei\nZeilen"', "", 'Zoë;"8,25";"a ""b"" c"']
    table = of_text(tmp_path, end.join(line.replace(";", separator) for line in lines) + end, encoding)
    assert (table.kind, table.columns, table.misfits) == (Kind.CSV, ["Name", "Stunden", "Notiz"], [])
    assert [row.cells for row in table.rows] == [["Jürgen", "7,5", "zwei\nZeilen"], ["Zoë", "8,25", 'a "b" c']]


def test_rows_know_their_line(tmp_path: Path) -> None:
    """The line a record begins on, whatever lies above: blank lines, cells of several lines."""
    table = of_text(tmp_path, '\n\na,b\n1,"x\ny\nz"\n\n,\n2,3\n')
    assert table.rows == [Row(4, ["1", "x\ny\nz"]), Row(9, ["2", "3"])]


def test_short_rows_are_filled_and_long_ones_named(tmp_path: Path) -> None:
    """Missing cells are blank, blank ones too many are dropped, filled ones too many make a misfit."""
    table = of_text(tmp_path, "a,b,,\n1\n2,3,,,,\n4,5,6\n")
    assert table.columns == ["a", "b"]
    assert table.rows == [Row(2, ["1", ""]), Row(3, ["2", "3"])]
    assert table.misfits == [Misfit(4, 3)]


def test_records_go_by_name(tmp_path: Path) -> None:
    """A column without a name is left out."""
    table = of_text(tmp_path, "a,,c\n1,2,3\n")
    assert list(table.records()) == [(2, {"a": "1", "c": "3"})]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n", "The table has column names and no row below them. Export it again."),
        (",,\n", "No row with column names was found. Put the names of the columns in the first row."),
        ("a,b,a\n1,2,3\n", "Two columns are called a (columns 1 and 3). Rename one of them."),
        (
            'a,b\n1,2\n"3"x,4\n',
            "Line 3 has a quotation mark that cannot be followed. Export the table again as CSV.",
        ),
        ('a,b\n1,"2\n', "Line 2 has a quotation mark that cannot be followed. Export the table again as CSV."),
        (
            f"a,b\n1,{'x' * 40_000}\n",
            "Line 2 has a cell of more than 32,767 characters, or a quotation mark that is never closed. "
            "Shorten or close it.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str, tmp_path: Path) -> None:
    """What, where, and what to do."""
    with pytest.raises(FileFault) as caught:
        of_text(tmp_path, text)
    assert str(refused(caught.value)) == sentence


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (replace(LIMITS, upload_bytes=10), "file_too_large"),
        (replace(LIMITS, rows=2), "table_too_many_rows"),
        (replace(LIMITS, columns=1), "table_too_many_columns"),
        (replace(LIMITS, cells=5), "table_too_many_cells"),
        (replace(LIMITS, text_bytes=5), "table_too_much_text"),
        (replace(LIMITS, cell_characters=1), "table_cell_too_long"),
        (replace(LIMITS, record_characters=4), "table_line_too_long"),
    ],
)
def test_each_limit_holds_one_beyond_it(limits: Limits, code: str, tmp_path: Path) -> None:
    """A table that the usual limits let pass."""
    path = tmp_path / "upload"
    path.write_text("ab,cd\n1,2\n3,4\n5,6\n")
    assert len(read_table(path).rows) == 3
    with pytest.raises(FileFault) as caught:
        read_table(path, limits)
    assert caught.value.code == code


def test_limits_check_themselves() -> None:
    """A limit of nothing is a mistake."""
    with pytest.raises(ValueError, match="limit rows is 0"):
        Limits(rows=0)


def test_a_workbook_of_every_kind_of_cell(tmp_path: Path) -> None:
    """Numbers as short as they are, times in ISO form, durations by the clock, text, formulas by their value."""
    path = tmp_path / "upload"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Agents")
        book.add_worksheet("Hidden").hide()
        forms = {
            form: book.add_format({"num_format": form})
            for form in ("yyyy-mm-dd hh:mm", "d.m.yy", "hh:mm", "[h]:mm")
        }
        page.write_row(2, 1, ["whole", "part", "moment", "day", "time", "length", "yes", "text", "sum"])
        page.write_row(4, 1, [12, -0.1])
        page.write_datetime(4, 3, dt.datetime(2024, 3, 31, 9, 15), forms["yyyy-mm-dd hh:mm"])
        page.write_datetime(4, 4, dt.date(2024, 3, 31), forms["d.m.yy"])
        page.write_datetime(4, 5, dt.time(9, 15, 20), forms["hh:mm"])
        page.write_datetime(4, 6, dt.timedelta(hours=30, minutes=7), forms["[h]:mm"])
        page.write_boolean(4, 7, True)
        page.write_string(4, 8, " ä =x\n ")
        page.write_formula(4, 9, "=1+1", None, 2)
    table = read_table(path)
    assert (table.kind, table.sheet, table.sheets) == (Kind.XLSX, "Agents", ("Agents",))
    assert table.columns == ["whole", "part", "moment", "day", "time", "length", "yes", "text", "sum"]
    day = ["2024-03-31T09:15:00", "2024-03-31", "09:15:20", "30:07:00"]
    assert table.rows == [Row(5, ["12", "-0.1", *day, "TRUE", " ä =x\n ", "2"])]


def test_shared_strings_and_prefixes_are_read(tmp_path: Path) -> None:
    """The way most spreadsheets store text, and some prefix all their tags."""
    rows = (
        '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row>'
        '<x:row r="3"><x:c r="A3" t="s"><x:v>1</x:v></x:c></x:row>'
    )
    workbook(
        tmp_path / "upload",
        **{
            "xl/sharedStrings.xml": strings("name", "Zo&#235;"),
            "xl/worksheets/sheet1.xml": '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<x:sheetData>{rows}</x:sheetData></x:worksheet>",
        },
    )
    table = read_table(tmp_path / "upload")
    assert (table.columns, table.rows) == (["name"], [Row(3, ["Zoë"])])


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    """One that is not there is answered with those that are."""
    path = tmp_path / "upload"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("First", "Second"):
            book.add_worksheet(name).write_column(0, 0, [name, 1])
    assert read_table(path, sheet="Second").columns == ["Second"]
    with pytest.raises(FileFault) as caught:
        read_table(path, sheet="Third")
    assert str(refused(caught.value)).startswith("The workbook has no sheet Third; it has First, Second.")


def test_stray_formats_at_the_end_of_a_sheet_do_no_harm(tmp_path: Path) -> None:
    """A blank cell far away that only carries a format is no reason to refuse a table."""
    workbook(tmp_path / "upload", TABLE + '<row r="1048576"><c r="GR1048576" s="0"/></row>')
    assert read_table(tmp_path / "upload").rows == [Row(2, ["7"])]


def test_the_child_gives_the_same_table(tmp_path: Path) -> None:
    """Through the process border, a thousand rows at a time, with progress up to a hundred."""
    path = tmp_path / "upload"
    write_xlsx(path, ["n", "text"], [[n, f"ä{n}"] for n in range(2500)])
    heard: list[tuple[int, int]] = []
    parts = run_limited("table", str(path), asdict(LIMITS), on_progress=lambda *step: heard.append(step))
    assert from_parts(parts) == read_table(path)
    assert heard
    assert all(0 < done <= of == 100 for done, of in heard)


def test_a_workbook_of_a_telephone_company(data: Path) -> None:
    """A real export written by a spreadsheet: 5,000 calls, with dates and clock times by format."""
    table = read_table(data / "phonenow-agent-calls-2021" / "Call-Center-Dataset.xlsx")
    assert (len(table.rows), len(table.columns), table.misfits) == (5000, 10, [])
    first = dict(zip(table.columns, table.rows[0].cells, strict=True))
    assert (first["Date"], first["Time"], first["AvgTalkDuration"]) == ("2021-01-01", "09:12:58", "00:02:23")
    assert (table.rows[-1].line, first["Speed of answer in seconds"]) == (5001, "109")
