"""Pages of the banks: handbooks, what customers say, and moments that set emotions off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.learning import forms, queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.views.scenarios import read_file
from floorwalker.apps.learning.words import slot_name
from floorwalker.kernel.access import require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes, csv_chunks
from floorwalker.kernel.files.uploads import shown_name
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of


@page(P.KEEP_SCENARIOS, methods=("GET", "POST"))
def handbooks(request: Request) -> HttpResponse:
    """Take a handbook in; its kinds of contact are there to begin scenarios with."""
    form = forms.HandbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            drafts = read_file("learning.handbook", file)
            made = services.take_handbook(
                name=shown_name(file.name or ""), drafts=drafts, by=request.actor, at=request.at
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("learning:handbook", made.pk)
    rows = queries.visible_handbooks(request.actor, P.KEEP_SCENARIOS)
    values = {
        "form": form,
        "found": page_of(rows, ("-at", "-pk"), **cursors(request.GET)),
        "columns": [Column("name", _("Handbook")), Column("at", _("Taken in")), Column("by", _("By"))],
    }
    return render(request, "learning/handbooks.html", values, status=422 if form.errors else 200)


@page(P.KEEP_SCENARIOS, methods=("GET", "POST"))
def handbook(request: Request, handbook_id: int) -> HttpResponse:
    """The kinds of contact of a handbook; one becomes the draft of a scenario."""
    found = queries.the_handbook(request.actor, handbook_id, P.KEEP_SCENARIOS)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        try:
            draft = services.begin_with_handbook(
                handbook_id=handbook_id, kind=kind, by=request.actor, at=request.at
            )
        except services.ScenarioNameTaken as refused:
            messages.error(request, str(refused))
            return redirect(request.get_full_path())
        messages.success(request, _("A draft with its steps. What is still missing stands beside each line."))
        return redirect("learning:version", draft.pk)
    words = request.GET.get("words", "").strip().lower()[:80]
    shown = queries.kinds_of(found, words, **cursors(request.GET))
    kinds = [(each.kind, each.steps, each.about) for each in shown.items]
    columns = [Column("kind", _("Kind of contact")), Column("steps", _("Steps"), kind="number"), Column("do", "")]
    values = {"found": found, "shown": shown, "kinds": kinds, "words": words, "columns": columns}
    return render(request, "learning/handbook.html", values)


@page(P.SEE_SCENARIOS, methods=("GET", "POST"))
def lines(request: Request) -> HttpResponse:
    """The bank of customer lines: to look through, to add to, and to put into a scenario."""
    keeps = request.actor.may(P.KEEP_SCENARIOS)
    file_form = forms.LinesFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(request.actor, P.KEEP_SCENARIOS)
        if file_form.is_valid() and _take_lines(request, file_form):
            return redirect("learning:lines")
    form = forms.LineFilterForm(request.GET or None, reasons=queries.reasons(request.actor))
    rows = queries.lines_found(request.actor, **form.wanted())
    into = _into(request)
    values = {
        "form": form,
        "file_form": file_form if keeps else None,
        "keeps": keeps,
        "found": page_of(rows, ("reason", "pk"), **cursors(request.GET), counted=True),
        "into": into,
        "columns": [
            Column("text", _("What the customer says")),
            Column("reason", _("Reason")),
            Column("source", _("Where it comes from")),
            *([Column("do", "")] if keeps else []),
        ],
    }
    return render(request, "learning/lines.html", values, status=422 if file_form.errors else 200)


def _take_lines(request: Request, form: forms.LinesFileForm) -> bool:
    file = form.cleaned_data["file"]
    try:
        found = read_file("learning.lines", file, packed=True)
        taken = services.take_lines(
            rows=found["rows"],
            left_out=found["left_out"],
            source=shown_name(file.name or ""),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        form.add_error("file", str(refused))
        return False
    said = _("%(new)d lines are new, %(known)d were there already, %(offensive)d are marked as offensive.")
    values = {"new": taken.new, "known": taken.known, "offensive": taken.offensive}
    messages.success(request, said % values)
    if taken.left_out:
        messages.warning(request, _("%(n)d did not fit and were left out.") % {"n": taken.left_out})
    return True


def _into(request: Request) -> dict[str, Any] | None:
    """The line of a draft that words are looked for, named in the address."""
    version_id, _sep, key = request.GET.get("into", "").partition("/")
    if not key or not request.actor.may(P.KEEP_SCENARIOS):
        return None
    found = queries.the_version(request.actor, version_id, P.KEEP_SCENARIOS)
    if found.state != "draft" or found.flow.node(key) is None:
        raise NotFound
    return {"version": found, "key": key, "address": f"{found.pk}/{key}"}


@page(P.KEEP_SCENARIOS, methods=("POST",))
def change_customer_line(request: Request, customer_line_id: int) -> HttpResponse:
    """Say whether a line offends, or take it out of the bank."""
    if request.POST.get("verb") == "remove":
        services.drop_line(line_id=customer_line_id, by=request.actor, at=request.at)
        messages.success(request, _("It is out of the bank; scenarios that hold its words keep them."))
    else:
        offensive = request.POST.get("verb") == "offensive"
        services.mark_line(line_id=customer_line_id, offensive=offensive, by=request.actor, at=request.at)
    return redirect("learning:lines")


@page(P.SEE_SCENARIOS)
def lines_csv(request: Request) -> HttpResponse:
    form = forms.LineFilterForm(request.GET or None, reasons=queries.reasons(request.actor))
    rows = queries.lines_found(request.actor, **form.wanted()).order_by("reason", "pk")
    told = ([each.text, each.reason, "yes" if each.offensive else "", each.source] for each in rows.iterator())
    return response("customer-lines.csv", csv_chunks(["text", "reason", "offensive", "source"], told))


@page(P.SEE_SCENARIOS)
def moments(request: Request) -> HttpResponse:
    """The bank of moments, by scenario; beside it a training that keeps minutes for them."""
    form = forms.MomentFilterForm(request.GET or None)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    rows = queries.visible_moments(request.actor)
    if kind:
        rows = rows.filter(controllable=kind == "controllable")
    values = {
        "form": form,
        "found": page_of(rows, ("version__scenario__name", "pk"), **cursors(request.GET), counted=True),
        "agenda_form": forms.AgendaForm(auto_id="agenda-%s", initial={"minutes": 60, "share": 20}),
        "columns": [
            Column("text", _("What sets emotions off")),
            Column("line", _("The customer’s words")),
            Column("kind", _("Can the agent keep it from growing?")),
            Column("minutes", _("Minutes"), kind="number"),
            Column("scenario", _("Scenario")),
        ],
    }
    return render(request, "learning/moments.html", values)


@page(P.SEE_SCENARIOS)
def agenda(request: Request) -> HttpResponse:
    """A training segment in minutes, part of them kept for such moments."""
    form = forms.AgendaForm(request.GET or None, initial={"minutes": 60, "share": 20})
    found = []
    chosen = [int(each) for each in request.GET.getlist("moment")[:40] if each.isdecimal() and len(each) < 16]
    if form.is_valid():
        asked = form.cleaned_data
        found = queries.agenda_of(
            request.actor,
            minutes=asked["minutes"],
            share=asked["share"] / 100,
            kind=asked["kind"],
            chosen=chosen,
        )
    if found and request.GET.get("as") == "csv":
        rows = [
            [slot.begins, slot.minutes, slot_name(slot.kind), *((about.text, about.line) if about else ("", ""))]
            for slot, about in ((each.slot, each.moment) for each in found)
        ]
        return response("agenda.csv", csv_bytes(["from_minute", "minutes", "part", "moment", "line"], rows))
    kept = sum(each.slot.minutes for each in found if each.moment)
    values = {
        "form": form,
        "parts": [(each, slot_name(each.slot.kind)) for each in found],
        "kept": kept,
        "address": request.GET.urlencode(),
        "columns": [
            Column("from", _("From minute"), kind="number"),
            Column("minutes", _("Minutes"), kind="number"),
            Column("part", _("Part")),
        ],
    }
    return render(request, "learning/agenda.html", values, status=422 if request.GET and form.errors else 200)
