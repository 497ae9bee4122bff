"""A file on its way to a browser: saved, never shown, never guessed at, never kept on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from floorwalker.kernel.files.uploads import last_part

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
}
_LONGEST = 100


def safe_name(name: str) -> str:
    """The name made of letters, digits, points and dashes, with its ending."""
    path = PurePosixPath(last_part(name))
    stem = re.sub(r"[\W_]+", "-", path.stem).strip("-")[:_LONGEST] or "file"
    return f"{stem}{re.sub(r'[^a-z0-9.]', '', path.suffix.lower())}"


def response(name: str, content: bytes | Iterable[bytes]) -> HttpResponse | StreamingHttpResponse:
    """The answer that saves ``content`` under ``name``, whose ending says the type."""
    safe = safe_name(name)
    ending = safe.rpartition(".")[2]
    if ending not in TYPES:
        raise ValueError(f"{name!r} does not end in one of {sorted(TYPES)}; name the export by its type")
    headers = {
        "Content-Disposition": content_disposition_header(True, safe) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    if isinstance(content, bytes):
        return HttpResponse(content, content_type=TYPES[ending], headers=headers)
    return StreamingHttpResponse(content, content_type=TYPES[ending], headers=headers)
