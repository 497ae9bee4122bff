"""A file of people, from upload to done."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people import forms, queries, rules, services, words
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.uploads import accept, read_uploaded_table
from floorwalker.kernel.pages import Request, page

SHOWN = 500


@page(P.IMPORT_AGENTS, methods=("GET", "POST"))
def upload(request: Request) -> HttpResponse:
    """Choose a file; it is read in a process that can do no harm."""
    form = forms.UploadForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            with tempfile.TemporaryDirectory() as folder:
                taken = accept(form.cleaned_data["file"], Path(folder))
                table = read_uploaded_table(taken)
            team = form.cleaned_data["team"]
            found = services.take_file(
                table=table,
                file_name=taken.shown_name,
                default_team_id=team.pk if team else None,
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("people:preview", import_id=found.pk)
    mine = queries.visible_imports(request.actor).order_by("-uploaded_at")[:10]
    return render(request, "people/import.html", {"form": form, "mine": mine}, status=422 if form.errors else 200)


@page(P.IMPORT_AGENTS, methods=("GET", "POST"))
def preview(request: Request, import_id: int) -> HttpResponse:
    """What would become of each row; columns that were guessed wrongly are set right here."""
    found = queries.the_import(request.actor, import_id)
    form = forms.MappingForm(request.POST or None, columns=found.columns, mapping=found.mapping)
    if request.method == "POST" and form.is_valid():
        services.map_columns(import_id=import_id, mapping=form.mapping(), by=request.actor)
        return redirect("people:preview", import_id=import_id)
    values = {"found": found, "form": form}
    if found.applied_at is None and "number" in found.mapping.values():
        plan = queries.plan_of(request.actor, found, request.actor.today(request.at))
        rows = [row for kind in ("refused", "new", "changed") for row in plan.of(kind)]
        values |= {
            "plan": plan,
            "rows": [_line(row) for row in rows[:SHOWN]],
            "more": max(0, len(rows) - SHOWN),
            "counts": {kind: len(plan.of(kind)) for kind in ("new", "changed", "unchanged", "refused")},
        }
    return render(request, "people/preview.html", values, status=422 if form.errors else 200)


def _line(row: rules.RowPlan) -> dict[str, object]:
    states = {"new": (_("new"), "info"), "changed": (_("changed"), "progress"), "refused": (_("refused"), "bad")}
    word, tone = states[row.kind]
    changes = [(words.LABELS.get(key, key), before, after) for key, before, after in row.changes]
    problem = words.problem_words(row.problem) if row.problem else ""
    return {"row": row, "word": word, "tone": tone, "changes": changes, "problem": problem}


@page(P.IMPORT_AGENTS, methods=("POST",))
def apply(request: Request, import_id: int) -> HttpResponse:
    """All of it, or what is ticked."""
    queries.the_import(request.actor, import_id)
    form = forms.ApplyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether to apply all rows or the ticked ones."))
        return redirect("people:preview", import_id=import_id)
    try:
        found = services.apply_import(
            import_id=import_id,
            fingerprint=form.cleaned_data["fingerprint"],
            lines=form.lines(),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            ngettext(
                "%(count)s row of %(file)s is applied.",
                "%(count)s rows of %(file)s are applied.",
                found.outcome["applied"],
            )
            % {"count": found.outcome["applied"], "file": found.file_name},
        )
    return redirect("people:preview", import_id=import_id)


@page(P.IMPORT_AGENTS, methods=("POST",))
def drop(request: Request, import_id: int) -> HttpResponse:
    services.drop_import(import_id=import_id, by=request.actor)
    messages.success(request, _("The file is forgotten. Nothing else changed."))
    return redirect("people:import")
