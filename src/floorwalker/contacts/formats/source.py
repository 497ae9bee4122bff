"""From a path to clean text: one sentence for every file that is no table of text."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from floorwalker.contacts.history import Guess, HistoryError

MAX_BYTES = 1 << 30
CHUNK_BYTES = 1 << 22
INNOCENT_BYTES = 1 << 26
DENSEST = 200  # tables of text pack 5 to 50 times; what packs 1,000 times was made to fill a memory
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKED_UP = {b"{": "JSON", b"[": "JSON", b"<": "XML or HTML"}
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Source:
    """One file as text: UTF-8 bytes whose lines all end in a line feed."""

    name: str
    sha256: str
    data: bytes
    guesses: tuple[Guess, ...] = ()


def read_source(path: str | Path, max_bytes: int = MAX_BYTES) -> Source:
    """The text of a file, unpacked if it is gzip, whatever its line ends and its (named or likely) encoding."""
    path = Path(path)
    packed = _bytes_of(path, max_bytes)
    digest = hashlib.sha256(packed).hexdigest()
    raw = _unpack(packed, path, max_bytes) if packed.startswith(b"\x1f\x8b") else packed
    if raw.startswith(_WORKBOOKS):
        raise HistoryError(f"{path.name} is a workbook; open it, choose 'Save as' and CSV, and give that file")
    data, guesses = _to_utf8(raw, path)
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not data.strip():
        raise HistoryError(f"{path.name} is empty; export the history again")
    if kind := _MARKED_UP.get(data.lstrip()[:1]):
        raise HistoryError(f"{path.name} is {kind}; export the history as CSV, one line a contact or interval")
    name = os.fsencode(path.name).decode("utf-8", errors="replace")  # names on disk may be no text
    return Source(name, digest, data, guesses)


def _bytes_of(path: Path, max_bytes: int) -> bytes:
    try:
        if path.is_dir():
            raise HistoryError(f"{path} is a folder; give one file of it")
        if path.exists() and not path.is_file():  # a pipe would be waited for, a device could be read for ever
            raise HistoryError(f"{path} is a pipe or a device; save what it holds as a file and give that")
        if path.stat().st_size > max_bytes:
            raise HistoryError(f"{path.name} {_too_large(max_bytes)}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise HistoryError(f"there is no file {path}; check the name") from error
    except HistoryError:
        raise
    except (OSError, ValueError) as error:
        raise HistoryError(f"{path} cannot be opened ({error}); check its name and permissions") from error


def _unpack(packed: bytes, path: Path, max_bytes: int) -> bytes:
    """Gzip content, read only as far as the limits so that a small file cannot fill the memory."""
    parts, size = [], 0
    try:
        lying = io.BytesIO(packed)
        with gzip.GzipFile(fileobj=lying) as stream:
            while size <= max_bytes and (part := stream.read(CHUNK_BYTES)):
                parts.append(part)
                size += len(part)
                if size > INNOCENT_BYTES and size > DENSEST * lying.tell():
                    raise HistoryError(
                        f"{path.name} unpacks to more than {DENSEST} times its size, as no history does; "
                        "export it again"
                    )
    except (OSError, EOFError, zlib.error) as error:
        raise HistoryError(f"{path.name} is a damaged gzip file ({error}); copy or export it again") from error
    if size > max_bytes:
        raise HistoryError(f"{path.name} {_too_large(max_bytes)}")
    return b"".join(parts)


def _too_large(max_bytes: int) -> str:
    return f"holds more than {max_bytes / (1 << 20):,.0f} MiB; split it by month and load the parts"


def _to_utf8(raw: bytes, path: Path) -> tuple[bytes, tuple[Guess, ...]]:
    for mark, encoding in _ENCODINGS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding).encode("utf-8"), ()
            except UnicodeError as error:
                raise HistoryError(f"{path.name} is not the {encoding} it says it is; save it as UTF-8") from error
    if b"\x00" in raw:
        raise HistoryError(f"{path.name} is not text (it holds zero bytes); export the history as CSV")
    try:
        raw.decode("utf-8")
        return raw, ()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        why = "the file is not UTF-8, and this is what spreadsheets on Windows write"
        return text.encode("utf-8"), (Guess("encoding", "windows-1252", why, "saving the file as UTF-8"),)
