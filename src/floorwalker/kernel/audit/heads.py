"""The head of the chain, noted outside the database, so that a cut or rewritten end is noticed too.

One signed line for each note, only ever added to; keep a copy of the file where whoever runs the database cannot
write.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import signing

from floorwalker.kernel.models.entry import Entry

SIGNER = signing.Signer(salt="floorwalker.audit.head")


@dataclass(frozen=True)
class Head:
    """The last entry at a moment. Without a hash: a line that somebody else has written."""

    at: str
    seq: int
    hash: str


def file() -> Path:
    return Path(settings.HOME) / "audit-heads"


def noted() -> Iterator[Head]:
    """What was noted, the oldest first; a line that is not ours has no hash."""
    try:
        lines = file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for number, line in enumerate(lines, start=1):
        try:
            yield Head(**json.loads(SIGNER.unsign(line)))
        except (signing.BadSignature, ValueError, TypeError):
            yield Head(f"line {number}", 0, "")


def note(at: datetime) -> Head | None:
    """Note the head as it stands; nothing when there is nothing new."""
    last = Entry.objects.filter(seq__isnull=False).order_by("-seq").values_list("seq", "hash").first()
    if last is None or any((each.seq, each.hash) == last for each in noted()):
        return None
    head = Head(at.isoformat(), *last)
    append(SIGNER.sign(json.dumps(head.__dict__)))
    return head


def append(line: str) -> None:
    """Add a line that is on the disk when this returns."""
    file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
