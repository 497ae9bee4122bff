"""Uploads and downloads: names of strangers are text, sizes are counted, and nothing refused stays behind."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.template import Context, Engine
from tests.kernel.files.bombs import workbook

from floorwalker.kernel.errors import refusals
from floorwalker.kernel.files.downloads import response, safe_name
from floorwalker.kernel.files.kinds import Kind
from floorwalker.kernel.files.limits import LIMITS
from floorwalker.kernel.files.refusals import FileRefused
from floorwalker.kernel.files.uploads import accept, read_uploaded_table, shown_name

HOSTILE_NAMES = [
    "<script>alert(1)</script>.csv",
    '"><img src=x onerror=alert(1)>.csv',
    "../../etc/passwd",
    "C:\\windows\\system32\\x.csv",
    "a\r\nSet-Cookie: x=1.csv",
    "harmless\u202evsc.exe",
    "\x00.csv",
    "ä ö.csv",
    "x" * 500 + ".csv",
    "",
]


def sent(data: bytes, name: str = "team.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_an_upload_is_kept_under_a_name_of_ours(tmp_path: Path) -> None:
    """With its size, its hash and what it is; only we can read it."""
    data = b"name,hours\nZo\xc3\xab,8\n"
    upload = accept(sent(data, "My team.csv"), tmp_path)
    assert upload.path.parent == tmp_path
    assert "team" not in upload.path.name
    assert (upload.shown_name, upload.size, upload.sha256) == (
        "My team.csv",
        len(data),
        hashlib.sha256(data).hexdigest(),
    )
    assert (upload.what.kind, upload.path.stat().st_mode & 0o777) == (Kind.CSV, 0o600)
    assert read_uploaded_table(upload).columns == ["name", "hours"]
    upload.discard()
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_a_workbook_called_a_picture_is_a_workbook(tmp_path: Path) -> None:
    """The name says nothing."""
    workbook(tmp_path / "book")
    upload = accept(sent((tmp_path / "book").read_bytes(), "cat.png"), tmp_path)
    assert read_uploaded_table(upload).columns == ["name"]


def test_packed_text_is_taken_where_its_reader_unpacks_it(tmp_path: Path) -> None:
    """Only when the caller says so; the table reader is none of these."""
    data = gzip.compress(b"a,b\n1,2\n")
    with pytest.raises(FileRefused):
        accept(sent(data), tmp_path)
    upload = accept(sent(data), tmp_path, packed=True)
    assert upload.what.kind is Kind.GZIP
    with pytest.raises(FileRefused):
        read_uploaded_table(upload)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "file_empty"), (b"<svg/>", "file_other_kind"), (b"x" * 2000, "file_too_large")],
)
def test_what_is_refused_leaves_nothing(data: bytes, code: str, tmp_path: Path) -> None:
    """Neither a file nor part of one."""
    with pytest.raises(FileRefused) as caught:
        accept(sent(data), tmp_path, replace(LIMITS, upload_bytes=1000))
    assert caught.value.code == code
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_a_table_without_rows_is_refused_by_its_sentence(tmp_path: Path) -> None:
    """Also what is found only after the child is done."""
    with pytest.raises(FileRefused) as caught:
        read_uploaded_table(accept(sent(b"a,b\n"), tmp_path))
    assert caught.value.code == "table_without_rows"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_is_inert_everywhere(name: str) -> None:
    """On a page, in a header, as a name to save under: no tag, no path, no second line."""
    shown = shown_name(name)
    assert 0 < len(shown) <= 120
    assert not set("/\\\r\n\x00\u202e") & set(shown)
    page = Engine().from_string("<p>{{ name }}</p>").render(Context({"name": shown}))
    assert page.count("<") == 2
    header = response(f"{name}.csv", b"a\r\n")["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert not set("<>\r\n/\\") & set(header)
    assert header.isascii()


def test_a_name_keeps_its_letters() -> None:
    """What is harmless stays readable in every script."""
    assert safe_name("Dienstplan Köln KW 12.xlsx") == "Dienstplan-Köln-KW-12.xlsx"
    assert (
        "filename*=utf-8''Dienstplan-K%C3%B6ln.csv" in response("Dienstplan Köln.csv", b"")["Content-Disposition"]
    )


@pytest.mark.parametrize("content", [b"a\r\n", iter([b"a", b"\r\n"])])
def test_a_download_is_saved_and_never_shown(content: bytes) -> None:
    """The headers that keep a browser from guessing, running and storing; whole or in pieces."""
    answer = response("agents.csv", content)
    assert dict(answer.items()) == {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="agents.csv"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    body = b"".join(answer) if isinstance(answer, StreamingHttpResponse) else answer.content
    assert body == b"a\r\n"


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "nothing"])
def test_only_known_types_are_sent(name: str) -> None:
    """No HTML, no SVG, nothing without a type."""
    with pytest.raises(ValueError, match="does not end in one of"):
        response(name, b"")


def test_every_refusal_is_in_the_guide(root: Path) -> None:
    """The codes that programs rely on are documented, and none is that does not exist."""
    guide = (root / "docs" / "guides" / "kernel" / "files.md").read_text(encoding="utf-8")
    listed = guide.partition("## Codes")[2]
    ours = {each.code for each in refusals(FileRefused) if each.__module__ == FileRefused.__module__}
    assert set(re.findall(r"`([a-z_]+)`", listed)) == ours
