"""What a ZIP file is made of, without trusting it: its figures are claims, what it unpacks to counts."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.limits import MEBIBYTE, Limits

LOCAL_HEADER = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_SIZE = 22
_END_64 = b"PK\x06\x06"
_LOCATOR_64 = b"PK\x06\x07"
_LONGEST_COMMENT = 0xFFFF
_ENTRY_BYTES = 1024  # of the directory; real entries need about a hundred
_CHUNK = MEBIBYTE
_SHOWN = 60
_ARCHIVES = (
    *(
        LOCAL_HEADER,
        _END,
        b"\x1f\x8b",
        b"BZh",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!",
        b"\xfd7zXZ\x00",
        b"\x28\xb5\x2f\xfd",
    ),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # what documents and workbooks of the old kind are packed in
)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError)

Scan = Callable[[str, Iterator[bytes]], None]


def members(path: Path, limits: Limits) -> list[zipfile.ZipInfo]:
    """The members of an archive that is nothing but one, with names and methods as they should be."""
    with path.open("rb") as file:
        _check_directory(file, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except _BROKEN as error:
        raise FileFault("file_damaged", part="directory") from error
    if len(found) > limits.zip_members:  # the directory may hold more than it says
        raise FileFault("archive_too_many_parts", most=limits.zip_members)
    if not found or min(each.header_offset for each in found) != 0:
        raise FileFault("file_polyglot", kind="ZIP")
    seen: set[str] = set()
    for member in found:
        _check_name(member, seen)
        if member.flag_bits & 0x1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileFault("file_damaged", part=shown(member.filename))
    if sum(member.file_size for member in found) > limits.unpacked_bytes:
        raise FileFault("archive_too_large", megabytes=limits.unpacked_bytes // MEBIBYTE)
    return found


def unpack(path: Path, found: list[zipfile.ZipInfo], limits: Limits, scan: Scan) -> None:
    """Unpack every member piece by piece, once, counting what really comes out; ``scan`` sees the pieces go by."""
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for member in found:
                with archive.open(member) as stream:
                    scan(member.filename, _pieces(stream, member, limits, unpacked))
                    unpacked += stream.tell()
    except _BROKEN as error:
        raise FileFault("file_damaged", part=shown(member.filename)) from error


def _pieces(stream: object, member: zipfile.ZipInfo, limits: Limits, before: int) -> Iterator[bytes]:
    assert isinstance(stream, zipfile.ZipExtFile)
    size = 0
    while piece := stream.read(_CHUNK):
        if not size and piece.startswith(_ARCHIVES):
            raise FileFault("archive_nested", part=shown(member.filename))
        size += len(piece)
        if before + size > limits.unpacked_bytes:
            raise FileFault("archive_too_large", megabytes=limits.unpacked_bytes // MEBIBYTE)
        if size > limits.innocent_bytes and size > limits.ratio * member.compress_size:
            raise FileFault("archive_too_dense", part=shown(member.filename), ratio=limits.ratio)
        yield piece


def shown(name: str) -> str:
    """A member's name as it may stand in a sentence."""
    return re.sub(r"[^\w./\[\]-]", "?", name)[:_SHOWN]


def _check_name(member: zipfile.ZipInfo, seen: set[str]) -> None:
    """No way out of the folder, and no two parts of one name: readers differ in which they take."""
    name = member.orig_filename
    strange = "\\" in name or ":" in name or any(ord(character) < 32 for character in name)
    if strange or name.startswith("/") or ".." in name.split("/") or name.lower() in seen:
        raise FileFault("archive_unsafe_name", part=shown(name))
    seen.add(name.lower())


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """The directory ends the file, says how long it is, and is short: before anything reads it whole."""
    size = file.seek(0, 2)
    start = max(0, size - _END_SIZE - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise FileFault("file_damaged", part="directory")
    count, length, offset, comment = struct.unpack_from("<HIIH", tail, at + 10)
    if at + _END_SIZE + comment != len(tail):
        raise FileFault("file_polyglot", kind="ZIP")
    end = start + at
    if count == 0xFFFF or length == 0xFFFFFFFF or offset == 0xFFFFFFFF:
        count, length, offset, end = _long_directory(file, tail, at)
    if count > limits.zip_members or length > limits.zip_members * _ENTRY_BYTES:
        raise FileFault("archive_too_many_parts", most=limits.zip_members)
    if offset + length != end:  # something stands before the archive
        raise FileFault("file_polyglot", kind="ZIP")


def _long_directory(file: BinaryIO, tail: bytes, at: int) -> tuple[int, int, int, int]:
    """Count, length, offset and end of the directory of an archive written for large files."""
    if at < 20 or tail[at - 20 : at - 16] != _LOCATOR_64:
        raise FileFault("file_damaged", part="directory")
    (end,) = struct.unpack_from("<Q", tail, at - 12)
    if end >= 1 << 40:
        raise FileFault("file_damaged", part="directory")
    file.seek(end)
    record = file.read(56)
    if len(record) < 56 or not record.startswith(_END_64):
        raise FileFault("file_damaged", part="directory")
    count, length, offset = struct.unpack_from("<QQQ", record, 32)
    return count, length, offset, end
