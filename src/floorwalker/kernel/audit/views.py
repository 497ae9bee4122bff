"""The audit in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.audit import checking, reading
from floorwalker.kernel.audit.forms import AuditFilters
from floorwalker.kernel.audit.permissions import AuditPermission
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_chunks
from floorwalker.kernel.files.signed import purpose, signed
from floorwalker.kernel.look import Column
from floorwalker.kernel.models.entry import Entry
from floorwalker.kernel.pages import Request, own_page, page
from floorwalker.kernel.paging import cursors, page_of

OWN = "everybody reads what is about themselves; auditors all, administrators what is technical"
COLUMNS = (
    Column("what", _("Who did what to what")),
    Column("facts", _("Why, and the particulars")),
)
CSV_COLUMNS = (
    "seq", "at", "actor_kind", "actor_id", "actor_name", "verb", "about_kind", "about_id", "facts", "hash",
)  # fmt: skip


@own_page(OWN)
def audit(request: Request) -> HttpResponse:
    """Who did what to what, when and why."""
    form = AuditFilters(request.GET)
    rows = page_of(
        form.applied(reading.visible(request.actor)),
        ["-pk"],
        **cursors(request.GET),
    )
    context = {
        "form": form,
        "columns": COLUMNS,
        "page": rows,
        "entries": reading.told(rows.items),
        "query": request.GET.urlencode(),
        "reach": reading.reach(request.actor),
        "may_check": request.actor.may(*CHECK),
    }
    return render(request, "kernel/audit.html", context)


@own_page(OWN)
def audit_csv(request: Request) -> HttpResponseBase:
    """The same entries as a table, all of them."""
    form = AuditFilters(request.GET)
    found = form.applied(reading.visible(request.actor)).order_by("pk")
    why = purpose(request.GET)
    checking.note_export(by=request.actor, at=request.at, filters=form.named, why=why)
    table = signed(CSV_COLUMNS, csv_rows(found.iterator()), by=request.actor, at=request.at, why=why)
    return response("audit.csv", csv_chunks(*table))


def csv_rows(entries: Iterator[Entry]) -> Iterator[list[str | int]]:
    for entry in entries:
        row = [getattr(entry, name) for name in CSV_COLUMNS]
        yield [
            json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else "" if value is None else value
            for value in row
        ]


CHECK = (AuditPermission.READ_ALL, AuditPermission.READ_TECHNICAL)


@page(*CHECK, methods=("POST",))
def audit_check(request: Request) -> HttpResponse:
    """Have the whole chain checked in the background."""
    job = checking.start(by=request.actor, at=request.at)
    return redirect("kernel:job", job.pk)
