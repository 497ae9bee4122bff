"""An upload on its way in: measured while it arrives, kept under a name of ours, recognised by what it holds.

upload = accept(request.FILES["table"], folder)
table = read_uploaded_table(upload)
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.kinds import Recognised, recognise, recognise_picture
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.limits import LIMITS, MEBIBYTE, Limits
from floorwalker.kernel.files.refusals import FileTooLarge, refused
from floorwalker.kernel.files.tables import Table, from_parts

_SHOWN = 120


class Uploaded(Protocol):
    """What a form gives for a file."""

    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class Upload:
    """A file taken in. ``shown_name`` is what its owner called it: text for display, never part of a path."""

    path: Path
    shown_name: str
    size: int
    sha256: str
    what: Recognised

    def discard(self) -> None:
        """Remove the file; the values stay."""
        self.path.unlink(missing_ok=True)


def accept(
    file: Uploaded,
    folder: Path,
    limits: Limits = LIMITS,
    *,
    packed: bool = False,
    structured: bool = False,
    pictures: bool = False,
) -> Upload:
    """Take a file into ``folder`` under a generated name, or refuse it and leave nothing behind.

    ``packed`` takes text in gzip too, for readers that unpack it with care; ``structured`` takes JSON;
    ``pictures`` takes nothing but pictures, which their reader draws anew.
    """
    path = folder / secrets.token_urlsafe(24)
    try:
        size, sha256 = _store(file, path, limits)
        if pictures:
            what = recognise_picture(path)
        else:
            what = recognise(path, limits, packed=packed, structured=structured)
        return Upload(path, shown_name(file.name or ""), size, sha256, what)
    except FileFault as fault:
        path.unlink(missing_ok=True)
        raise refused(fault) from fault
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _store(file: Uploaded, path: Path, limits: Limits) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for chunk in file.chunks():
            size += len(chunk)
            if size > limits.upload_bytes:
                raise FileTooLarge(megabytes=limits.upload_bytes // MEBIBYTE)
            digest.update(chunk)
            target.write(chunk)
    return size, digest.hexdigest()


def shown_name(name: str) -> str:
    """A user's file name as one short line: no path, no control or direction marks; pages escape it."""
    line = last_part(name)
    return (line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…") or "file"


def last_part(name: str) -> str:
    """What stands behind the last slash of a name, without control and direction marks."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return "".join(each for each in last if unicodedata.category(each)[0] != "C").strip()


def read_uploaded_table(
    upload: Upload,
    *,
    sheet: str = "",
    limits: Limits = LIMITS,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Table:
    """The table of an upload, read in a limited child process."""
    parts = run_limited("table", str(upload.path), asdict(limits), sheet, on_progress=on_progress, stop=stop)
    try:
        return from_parts(parts)
    except FileFault as fault:
        raise refused(fault) from fault
