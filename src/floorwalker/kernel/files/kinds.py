"""What a file is, by what it holds and never by its name: a table of text, a workbook, or refused."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from floorwalker.kernel.files.archives import LOCAL_HEADER, members
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.limits import LIMITS, MEBIBYTE, Limits


class Kind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"  # only where the caller's reader understands it
    PICTURE = "picture"  # only where the caller draws it anew
    GZIP = "gzip"  # only where the caller's reader unpacks it within limits of its own


@dataclass(frozen=True)
class Recognised:
    """The kind of a file, and how its text is encoded when it is text."""

    kind: Kind
    encoding: str = ""


_HEAD = 1024
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM\x00", "picture"),
    (_GZIP, "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"#!", "program"),
    (b"{\\rtf", "document"),
    (b"PAR1", "binary"),
    (b"SQLite format 3", "binary"),
)
_PICTURES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF....WEBP", re.DOTALL)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TAGS = re.compile(r"<(!doctype|html|head|body|script|svg|iframe|style|\?xml|\?php|%)", re.IGNORECASE)
# Two bytes alone stand in packed data, sums and times by chance, and no browser takes them for a page.
_TAGS_PACKED = re.compile(_TAGS.pattern.replace("|%", ""), re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f\x7f]")


def recognise(
    path: Path, limits: Limits = LIMITS, *, packed: bool = False, structured: bool = False
) -> Recognised:
    """The kind of the file at ``path``; a ``FileFault`` when it is none we take.

    ``packed`` text and ``structured`` text (JSON) are taken only by who says so.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise FileFault("file_empty")
    if head.startswith(_OLD_WORKBOOK):
        raise FileFault("file_old_workbook")
    if packed and head.startswith(_GZIP):
        return Recognised(Kind.GZIP)
    if head.startswith(LOCAL_HEADER):
        return _workbook(path, head, limits)
    if b"%PDF-" in head:  # readers of PDF look for it in the first thousand bytes
        raise FileFault("file_other_kind", kind="pdf")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise FileFault("file_other_kind", kind=kind)
    return _text(path, structured)


def recognise_picture(path: Path) -> Recognised:
    """A JPEG, a PNG or a WebP by how it begins; what else it may be is left behind when it is drawn anew."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise FileFault("file_empty")
    if not _PICTURES.match(head):
        raise FileFault("file_no_picture")
    return Recognised(Kind.PICTURE)


def _workbook(path: Path, head: bytes, limits: Limits) -> Recognised:
    if b"%PDF-" in head:
        raise FileFault("file_polyglot", kind="ZIP, PDF")
    if _TAGS_PACKED.search(head.replace(b"<?xml", b"").decode("latin-1")):
        raise FileFault("file_polyglot", kind="ZIP, HTML")
    names = {member.filename for member in members(path, limits)}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileFault("file_with_macros")
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return Recognised(Kind.XLSX)
    if "xl/workbook.bin" in names:
        raise FileFault("file_other_kind", kind="xlsb")
    if "mimetype" in names or any(name.startswith(("word/", "ppt/")) for name in names):
        raise FileFault("file_other_kind", kind="document")
    raise FileFault("file_other_kind", kind="archive")


def _text(path: Path, structured: bool) -> Recognised:
    """The kind of a text and how it is encoded, read to its end; mark-up and what is no text are refused."""
    with path.open("rb") as file:
        start = file.read(_HEAD)
        encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "")
        decoder = codecs.getincrementaldecoder(encoding or "utf-8")()
        valid, controls, blank = True, False, True
        file.seek(0)
        while piece := file.read(MEBIBYTE):
            if encoding != "utf-16":
                if b"\x00" in piece:
                    raise FileFault("file_other_kind", kind="binary")
                controls = controls or _CONTROLS.search(piece) is not None
            blank = blank and not piece.strip()
            if valid:
                valid = _decodes(decoder, piece)
    if blank:
        raise FileFault("file_empty")
    valid = valid and _decodes(decoder, b"", final=True)
    if not valid and encoding:
        raise FileFault("table_encoding", encoding="UTF-16" if encoding == "utf-16" else "UTF-8")
    if not valid and controls:
        raise FileFault("file_other_kind", kind="binary")
    encoding = encoding or ("utf-8" if valid else "cp1252")
    json = _is_json(start[: _HEAD // 2 * 2].decode(encoding, errors="replace"))
    if json and not structured:
        raise FileFault("file_other_kind", kind="json")
    return Recognised(Kind.JSON if json else Kind.CSV, encoding)


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, final: bool = False) -> bool:
    try:
        return "\x00" not in decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False


def _is_json(start: str) -> bool:
    """Whether a text begins like JSON; mark-up is refused. Browsers would guess so from the same place."""
    text = start.lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        tag = _TAGS.match(text)
        svg = "<svg" in text.lower()
        raise FileFault("file_other_kind", kind="svg" if svg else "html" if tag else "xml")
    return re.match(r'\{\s*"|\[\s*[\[{"]', text) is not None
