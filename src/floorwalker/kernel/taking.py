"""A table about people on its way out: what for is asked, said in every row, and kept in the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse

from floorwalker.kernel import audit
from floorwalker.kernel.files.cells import Value
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_chunks
from floorwalker.kernel.files.signed import purpose, signed
from floorwalker.kernel.pages import Request


def taken_along(
    request: Request, name: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]
) -> StreamingHttpResponse:
    """The answer of a page that gives ``rows`` to whoever asks as the CSV file ``name``."""
    by, at, why = request.actor, request.at, purpose(request.GET)
    audit.taken(by=by, file=name, at=at, why=why)
    return response(name, csv_chunks(*signed(columns, rows, by=by, at=at, why=why)))
