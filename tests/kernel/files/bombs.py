"""Files made to do harm, each by a function that writes it; made anew, so that none lies in the repository."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PARTS = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
TABLE = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row>'


def sheet(rows: str) -> str:
    start = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">'
    return f"{start}<sheetData>{rows}</sheetData></worksheet>"


def strings(*texts: str) -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{items}</sst>'


def workbook(path: Path, rows: str = TABLE, method: int = zipfile.ZIP_DEFLATED, **parts: str | bytes) -> None:
    """A small workbook, with these parts beside or instead of its own."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in {**PARTS, SHEET: sheet(rows), **parts}.items():
            archive.writestr(name, content)


def noise(seed: int, size: int) -> str:
    """Letters that hardly pack, so that no ratio gives a bomb away."""
    return random.Random(seed).randbytes(size // 2).hex()


def ratio(path: Path) -> None:
    """258 KB that unpack to 62 MB of cells."""
    cell = '<c r="A1"><v>1</v></c>'
    workbook(path, "<row>" + cell * (62_000_000 // len(cell)) + "</row>")


def cells(path: Path) -> None:
    """A sheet of more cells than allowed that packs no denser than real ones."""
    picker = random.Random(1)
    numbers = [str(picker.randrange(10**7)) for _ in range(5000)]
    rows = (
        f"<row>{''.join(f'<c><v>{n}</v></c>' for n in picker.choices(numbers, k=100))}</row>" for _ in range(900)
    )
    block = "".join(rows)
    workbook(path, "".join(block[i * 997 :] for i in range(24)))


def members(path: Path) -> None:
    """More parts than any workbook has."""
    workbook(path, **{f"xl/part{number}.xml": "<x/>" for number in range(250)})


def directory(path: Path) -> None:
    """Half a million parts that claim to be few: the directory alone would fill a memory."""
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    entries = entry * 500_000
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 5, 5, len(entries), len(local), 0)
    path.write_bytes(local + entries + end)


def nested(path: Path) -> None:
    """An archive inside the archive."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("more", "x" * 1000)
    workbook(path, **{"xl/embeddings/inner.bin": inner.getvalue()})


def laughs(path: Path) -> None:
    """Entities of entities: ten lines for a billion words."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE sst [<!ENTITY l0 "lol">{levels}]><sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>'
    workbook(path, **{STRINGS: text})


def quadratic(path: Path) -> None:
    """One long entity, used often."""
    start = f'<!DOCTYPE sst [<!ENTITY a "{noise(2, 50_000)}">]><sst xmlns="{MAIN}">'
    workbook(path, **{STRINGS: f"{start}<si><t>{'&a;' * 50_000}</t></si></sst>"})


def external(path: Path) -> None:
    """An entity that is a file of the server."""
    text = f'<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'
    workbook(path, **{STRINGS: text})


def disguised(path: Path) -> None:
    """Entities in an encoding that hides them from a look at bytes."""
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE sst [<!ENTITY a "b">]><sst xmlns="{MAIN}"/>'
    workbook(path, **{STRINGS: text.encode("utf-16")})


def slip(path: Path) -> None:
    """A part that would be unpacked outside."""
    workbook(path, **{"../../etc/cron.d/job": "x"})


def twice(path: Path) -> None:
    """Two sheets of one name: which is read depends on the reader."""
    workbook(path, **{SHEET.upper(): sheet(TABLE)})


def wide(path: Path) -> None:
    """A million columns."""
    letters = [chr(65 + n) for n in range(26)]
    names = [a + b + c for a in letters for b in letters for c in letters]
    workbook(path, "<row>" + "".join(f'<c r="{name}1"><v>1</v></c>' for name in names * 57) + "</row>")


def wide_unnamed(path: Path) -> None:
    """A million columns that do not say which."""
    picker = random.Random(3)
    row = "".join(f"<c><v>{picker.randrange(10**6)}</v></c>" for _ in range(10_000))
    workbook(path, f"<row>{row * 100}</row>")


def corners(path: Path) -> None:
    """Two cells at the far ends of a sheet: a library that holds the area between them needs gigabytes."""
    far = '<row r="1048576"><c r="GR1048576"><v>1</v></c></row>'
    workbook(path, TABLE + far)


def shared(path: Path) -> None:
    """One long text that stands in a hundred thousand cells."""
    picker = random.Random(4)
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>{picker.random()}</v></c></row>'
        for n in range(1, 100_000)
    )
    workbook(path, rows, **{STRINGS: strings(noise(5, 32_000))})


def long_strings(path: Path) -> None:
    """Shared strings beyond what may be unpacked, told truly and packing badly."""
    block = f"<si><t>{noise(6, 30_000)}</t></si>" * 30
    workbook(path, **{STRINGS: f'<sst xmlns="{MAIN}">{block * 120}</sst>'})


def endless_tag(path: Path) -> None:
    """A tag of many megabytes: parsers that begin again with every piece take for ever."""
    workbook(path, **{STRINGS: f'<sst xmlns="{MAIN}" a="{noise(7, 6_000_000)}"/>'})


def liar(path: Path) -> None:
    """A part that says it unpacks to ten bytes."""
    workbook(path, "<row>" + noise(8, 3_000_000) + "</row>")
    data = bytearray(path.read_bytes())
    at = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<I", data, at + 24, 10)
    path.write_bytes(data)


def cut_off(path: Path) -> None:
    """The first half of a workbook."""
    workbook(path, "<row>" + noise(9, 100_000) + "</row>")
    os.truncate(path, path.stat().st_size // 2)


def endless_line(path: Path) -> None:
    """A CSV file without line ends."""
    path.write_text("a,b\n" + "1," * 8_000_000)


def endless_cell(path: Path) -> None:
    """A quotation mark that is never closed."""
    path.write_text('a,b\n"' + "1,2\n" * 5_000_000)


def wide_text(path: Path) -> None:
    """A CSV file of very many columns."""
    path.write_text(",".join(map(str, range(100_000))) + "\n1\n")


def many_cells(path: Path) -> None:
    """A CSV file of more cells than allowed."""
    path.write_text(",".join(f"c{n}" for n in range(200)) + "\n" + ("," * 199 + "1\n") * 10_001)


def zeroes(path: Path) -> None:
    """Zero bytes that call themselves text."""
    path.write_bytes(b"a,b\n" + b"\x00" * 1_000_000)


def empty_sheets(path: Path) -> None:
    """A million cells that hold nothing, by name space prefix."""
    picker = random.Random(10)
    row = "".join(f'<x:c s="{picker.randrange(9**6)}"></x:c>' for _ in range(10_000))
    workbook(path, f"<x:row>{row * 205}</x:row>")


BOMBS: dict[Callable[[Path], None], str] = {
    ratio: "archive_too_dense",
    cells: "table_too_many_cells",
    members: "archive_too_many_parts",
    directory: "archive_too_many_parts",
    nested: "archive_nested",
    laughs: "workbook_with_entities",
    quadratic: "workbook_with_entities",
    external: "workbook_with_entities",
    disguised: "workbook_not_understood",
    slip: "archive_unsafe_name",
    twice: "archive_unsafe_name",
    wide: "table_too_many_columns",
    wide_unnamed: "table_too_many_columns",
    corners: "table_too_many_cells",
    shared: "table_too_much_text",
    long_strings: "archive_too_large",
    endless_tag: "workbook_not_understood",
    liar: "file_damaged",
    cut_off: "file_damaged",
    endless_line: "table_line_too_long",
    endless_cell: "table_cell_too_long",
    wide_text: "table_too_many_columns",
    many_cells: "table_too_many_cells",
    zeroes: "file_other_kind",
    empty_sheets: "table_too_many_cells",
}
