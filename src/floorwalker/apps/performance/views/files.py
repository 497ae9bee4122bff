"""A file of figures, from upload to done."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.performance import queries, services, words
from floorwalker.apps.performance.forms import UploadForm
from floorwalker.apps.performance.models import FactFile, MeasureKey
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.rules.measures import MEASURES
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.files.uploads import accept, read_uploaded_table
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page

SHOWN = 200
COLUMNS = [
    Column("line", gettext_lazy("Line"), kind="number"),
    Column("agent", gettext_lazy("Agent")),
    Column("day", gettext_lazy("Day")),
    Column("measure", gettext_lazy("Measure")),
    Column("value", gettext_lazy("Value"), kind="number"),
    Column("why", gettext_lazy("What becomes of it")),
]


@page(P.IMPORT, methods=("GET", "POST"))
def upload(request: Request) -> HttpResponse:
    """Choose a file; it is read in a process that can do no harm."""
    form = UploadForm(request.POST or None, request.FILES or None, systems=queries.systems(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            with tempfile.TemporaryDirectory() as folder:
                taken = accept(form.cleaned_data["file"], Path(folder))
                table = read_uploaded_table(taken)
            found = services.take_file(
                table=table,
                file_name=taken.shown_name,
                system=form.cleaned_data["system"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("performance:file", found.pk)
    context = {
        "form": form,
        "mine": queries.visible_files(request.actor).order_by("-uploaded_at")[:10],
        "measures": [(key, MeasureKey(key).label, words.UNITS[each.unit]) for key, each in MEASURES.items()],
    }
    return render(request, "performance/upload.html", context, status=422 if form.errors else 200)


@page(P.IMPORT, methods=("GET", "POST"))
def file(request: Request, factfile_id: int) -> HttpResponse:
    """What would become of each row; by POST it is done."""
    found = queries.the_file(request.actor, factfile_id)
    if request.method == "POST":
        try:
            found = services.apply_file(factfile_id=factfile_id, by=request.actor, at=request.at)
        except (services.AlreadyTaken, services.ToldTogether) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("%(file)s is taken in.") % {"file": found.file_name})
        return redirect("performance:file", factfile_id)
    context = {"found": found, "columns": COLUMNS}
    if found.applied_at is None:
        rows = queries.plan_of(request.actor, found, request.at.date())
        counts = {kind: sum(row.kind == kind for row in rows) for kind in ("new", "replaced", "same", "refused")}
        ordered = [row for kind in ("refused", "replaced", "new") for row in rows if row.kind == kind]
        context |= {
            "counts": counts,
            "rows": [_line(row.line, row.cells, row.kind, row.why) for row in ordered[:SHOWN]],
            "more": max(0, len(ordered) - SHOWN),
        }
    else:
        context |= {
            "counts": found.outcome,
            "rows": [_line(line, cells, "refused", why) for line, why, cells in found.refused[:SHOWN]],
            "more": max(0, len(found.refused) - SHOWN),
        }
    return render(request, "performance/file.html", context)


def _line(line: int, cells: list[str] | tuple[str, ...], kind: str, why: str) -> dict[str, object]:
    said = {"new": (_("new"), "info"), "replaced": (_("replaces what was told"), "progress")}
    word, tone = said.get(kind, (_("refused"), "bad"))
    reason = words.refusal_words(why) if why else ""
    return {"line": line, "cells": cells, "word": word, "tone": tone, "why": reason}


@page(P.IMPORT)
def refused_csv(request: Request, factfile_id: int) -> HttpResponse:
    """The rows that were or would be refused, to be put right and sent again."""
    found: FactFile = queries.the_file(request.actor, factfile_id)
    if found.applied_at is None:
        plan = queries.plan_of(request.actor, found, request.at.date())
        rows = [(row.line, row.why, row.cells) for row in plan if row.told is None]
    else:
        rows = [(line, why, cells) for line, why, cells in found.refused]
    lines = [[line, *cells, str(words.refusal_words(why))] for line, why, cells in rows]
    return response("refused.csv", csv_bytes(["line", "agent", "day", "measure", "value", "weight", "why"], lines))


@page(P.IMPORT, methods=("POST",))
def drop(request: Request, factfile_id: int) -> HttpResponse:
    services.drop_file(factfile_id=factfile_id, by=request.actor)
    messages.success(request, _("The file is forgotten. Nothing else changed."))
    return redirect("performance:upload")
