"""S-23: a file is what it holds; its name and its claims count for nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.kernel.files.bombs import workbook

from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.kinds import Kind, recognise
from floorwalker.kernel.files.refusals import KINDS, refused


def made(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path


def zipped(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"a,b\n1,2\n", "utf-8"),
        ("ä;b\n1;2\n".encode(), "utf-8"),
        ("\ufeffa,b\n".encode(), "utf-8-sig"),
        ("a\tb\nü\t2\n".encode("utf-16"), "utf-16"),
        ("a\tb\nü\t2\n".encode("utf-16-be").join([b"\xfe\xff", b""]), "utf-16"),
        ("Größe;b\n1,5;2\n".encode("cp1252"), "cp1252"),
        (b"[agent],b\n1,2\n", "utf-8"),
        (b"name,note\nA,<script>alert(1)</script>\n", "utf-8"),  # text below the first line is text
    ],
)
def test_text_is_recognised_with_its_encoding(data: bytes, encoding: str, tmp_path: Path) -> None:
    """Text with and without marks, in the encodings spreadsheets write."""
    found = recognise(made(tmp_path, data))
    assert (found.kind, found.encoding) == (Kind.CSV, encoding)


def test_a_workbook_is_recognised(tmp_path: Path) -> None:
    """By its parts."""
    workbook(tmp_path / "upload.txt")
    assert recognise(tmp_path / "upload.txt").kind is Kind.XLSX


def with_workbook(tmp_path: Path, before: bytes = b"", after: bytes = b"", **parts: str) -> bytes:
    workbook(tmp_path / "inner", method=zipfile.ZIP_STORED, **parts)
    return before + (tmp_path / "inner").read_bytes() + after


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\t\n", "file_empty"),
        (b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file_other_kind: svg"),
        (b"<?xml version='1.0'?><!-- --><svg/>", "file_other_kind: svg"),
        (b"\n  <!DOCTYPE html><p>", "file_other_kind: html"),
        ("<html>".encode("utf-16"), "file_other_kind: html"),
        (b"<table><tr>", "file_other_kind: xml"),
        (b'{"a": 1}', "file_other_kind: json"),
        (b"[[1, 2]]", "file_other_kind: json"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_old_workbook"),
        (b"%PDF-1.7\n", "file_other_kind: pdf"),
        (b"a,b\n1,2\n%PDF-1.7\n", "file_other_kind: pdf"),
        (b"\x89PNG\r\n\x1a\n", "file_other_kind: picture"),
        (b"\xff\xd8\xff\xe0", "file_other_kind: picture"),
        (b"GIF89a/*,a\n*/=alert(1)", "file_other_kind: picture"),
        (b"\x1f\x8b\x08", "file_other_kind: archive"),
        (b"#!/bin/sh\nrm -rf /\n", "file_other_kind: program"),
        (b"\x7fELF\x02", "file_other_kind: program"),
        (b"a,b\n\x00\x00\n", "file_other_kind: binary"),
        (b"\x01\x02\xff\xfe\x81", "file_other_kind: binary"),
        (b"\xef\xbb\xbfa,b\n\xff\n", "table_encoding: UTF-8"),
        (b"\xff\xfea\x00,\x00\x00\xd8", "table_encoding: UTF-16"),
        (zipped(**{"a.csv": "a,b"}), "file_other_kind: archive"),
        (zipped(**{"word/document.xml": "<w/>"}), "file_other_kind: document"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "file_other_kind: document"),
        (zipped(**{"xl/workbook.bin": "x"}), "file_other_kind: xlsb"),
        (b"PK\x03\x04" + b"nothing else", "file_damaged"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    """Mark-up, pictures, programs, archives, other programs' documents, and two kinds at once."""
    with pytest.raises(FileFault) as caught:
        recognise(made(tmp_path, data))
    fact = caught.value.facts.get("kind") or caught.value.facts.get("encoding")
    assert caught.value.code + (f": {fact}" if fact else "") == code
    assert str(refused(caught.value)).endswith(".")


@pytest.mark.parametrize(
    ("before", "after", "parts", "code"),
    [
        (b"", b"<script>alert(1)</script>", {}, "file_polyglot"),
        (b"PK\x03\x04junk", b"", {}, "file_polyglot"),
        (b"", b"", {"[Content_Types].xml": "<html><script>alert(1)</script>"}, "file_polyglot"),
        (b"", b"", {"[Content_Types].xml": "%PDF-1.4"}, "file_polyglot"),
        (b"<html>", b"", {}, "file_other_kind"),
        (b"", b"", {"xl/vbaProject.bin": "x"}, "file_with_macros"),
    ],
)
def test_a_workbook_with_a_second_face_is_refused(
    before: bytes, after: bytes, parts: dict[str, str], code: str, tmp_path: Path
) -> None:
    """Something before, behind or at the start of the archive that other programs would run."""
    path = made(tmp_path, with_workbook(tmp_path, before, after, **parts))
    with pytest.raises(FileFault) as caught:
        recognise(path)
    assert caught.value.code == code


def test_a_workbook_with_a_tag_by_chance_is_one(tmp_path: Path) -> None:
    """Saved at 04:41:56, its header holds the two bytes of "<%"; packed cells and check sums may as well."""
    data = bytearray(with_workbook(tmp_path))
    data[10:12] = b"<%"  # the time of its first part
    assert recognise(made(tmp_path, bytes(data))).kind is Kind.XLSX


def test_every_kind_has_words() -> None:
    """What the recogniser names, people can read."""
    assert all(str(words) for words in KINDS.values())
