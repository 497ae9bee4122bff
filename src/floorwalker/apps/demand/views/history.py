"""Pages of what was: uploads on their way in, and a queue's past."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.forms import PlacingForm, QuestionForm, ReadingForm, UploadForm, placing_forms
from floorwalker.apps.demand.models import HistoryUpload
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.views.reading import day_in
from floorwalker.apps.demand.views.tabs import queue_tabs
from floorwalker.apps.demand.words import readings
from floorwalker.kernel import jobs
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.look import Chart, Column, Series, Tab, day_words, number_words
from floorwalker.kernel.pages import Request, page

TONES = {
    "reading": "progress",
    "storing": "progress",
    "asked": "attention",
    "ready": "attention",
    "failed": "bad",
    "stored": "good",
}
ASKING = (HistoryUpload.State.ASKED,)


@page(P.STORE_HISTORY, methods=("GET", "POST"))
def uploads(request: Request) -> HttpResponse:
    """Upload a file, and see what became of earlier ones."""
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"zone": queries.likely_zone(request.actor)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.upload_history(**form.cleaned_data, by=request.actor, at=request.at)
            return redirect("demand:upload", made.pk)
        except Refused as refused:
            form.add_error("file", str(refused))
    columns = [
        Column("n", _("File")),
        Column("b", _("By")),
        Column("a", _("When")),
        Column("s", _("State")),
        Column("r", _("New rows"), kind="number"),
    ]
    lines = [(each, TONES.get(each.state, "neutral")) for each in queries.latest_uploads(request.actor)]
    status = 422 if form.is_bound else 200
    return render(
        request, "demand/uploads.html", {"form": form, "lines": lines, "columns": columns}, status=status
    )


@page(P.STORE_HISTORY)
def upload(request: Request, upload_id: int) -> HttpResponse:
    """One file: being read, its question, what was found, or what was stored."""
    found = queries.the_upload(request.actor, upload_id)
    return render(request, "demand/upload.html", _shown(request, found))


@page(P.STORE_HISTORY, methods=("POST",))
def answer(request: Request, upload_id: int) -> HttpResponse:
    """Answer what the file leaves open, or have it read otherwise."""
    found = queries.the_upload(request.actor, upload_id)
    asked = found.state in ASKING
    form = QuestionForm(request.POST, question=found.question) if asked else ReadingForm(request.POST)
    if not form.is_valid():
        name = "question_form" if asked else "reading_form"
        return render(request, "demand/upload.html", _shown(request, found) | {name: form}, status=422)
    services.answer_question(upload=found, **form.cleaned_data, by=request.actor, at=request.at)
    return redirect("demand:upload", found.pk)


@page(P.STORE_HISTORY, methods=("POST",))
def place(request: Request, upload_id: int) -> HttpResponse:
    """Say what the names mean, and store."""
    found = queries.the_upload(request.actor, upload_id)
    if found.found is None:
        return redirect("demand:upload", found.pk)
    known = {name for name, *_rest in queries.names_meant(request.actor, found)}
    forms = placing_forms(found, request.actor, known, request.POST)
    trouble = ""
    if all(list(map(PlacingForm.is_valid, forms))):
        try:
            services.place_queues(
                upload=found, placings=[form.placing() for form in forms], by=request.actor, at=request.at
            )
            return redirect("demand:upload", found.pk)
        except Refused as refused:
            trouble = str(refused)
    return render(
        request, "demand/upload.html", _shown(request, found) | {"forms": forms, "trouble": trouble}, status=422
    )


@page(P.STORE_HISTORY, methods=("POST",))
def drop(request: Request, upload_id: int) -> HttpResponse:
    """Throw the file away."""
    services.drop_upload(upload=queries.the_upload(request.actor, upload_id), by=request.actor, at=request.at)
    messages.success(request, _("The file was dropped. Nothing of it was stored."))
    return redirect("demand:uploads")


@page(P.STORE_HISTORY)
def rejects_csv(request: Request, upload_id: int) -> HttpResponse:
    """Every line set aside, with its reason."""
    found = queries.the_upload(request.actor, upload_id)
    columns = ["line", "kind", "reason", "text"]
    rows = [(line, kind, reason, text) for line, text, reason, kind in found.rejects]
    return response(f"{found.name}-set-aside.csv", csv_bytes(columns, rows))


@page(P.SEE_VOLUMES)
def queue_history(request: Request, queue_id: int) -> HttpResponse:
    """What came, by interval or by day."""
    queue = queries.the_queue(request.actor, queue_id)
    held = queries.held_of([queue]).get(queue.pk)
    shown = queries.span(
        request.GET.get("view", "week"),
        day_in(request, "day", (held and held.last) or request.actor.today(request.at)),
    )
    handling = queries.shows_handling(request.actor, queue, request.actor.today(request.at))
    with timezone.override(ZoneInfo(queue.zone)):
        series = queries.history_series(queue, shown)
        known = [value for value in series.offered if value is not None]
        chart = Chart(
            key="history",
            title=_("Contacts offered"),
            sentence=_history_sentence(series.offered, series.points),
            points=series.points,
            unit=_("contacts"),
            series=[
                Series(_("Offered"), series.offered),
                Series(_("Abandoned"), series.abandoned, role="plain"),
            ],
            csv_url=f"{reverse('demand:history_csv', args=[queue.pk])}?view={shown.view}&day={shown.first}",
            tall=True,
        )
        aht = Chart(
            key="aht",
            title=_("Handling time"),
            unit=_("seconds"),
            points=series.points,
            sentence=_("Mean seconds a contact took, where the source says."),
            series=[Series(_("Mean handling time"), series.aht)],
        )
        context = {
            "queue": queue,
            "held": held,
            "shown": shown,
            "chart": chart,
            "aht": aht if handling else None,
            "too_few": "" if handling else queries.TOO_FEW,
            "tabs": _view_tabs(queue.pk, shown),
            "sum": sum(known) if known else None,
            "before": _link(queue.pk, shown.view, shown.before),
            "after": _link(queue.pk, shown.view, shown.after),
            "queue_tabs": queue_tabs(queue, "history"),
        }
        return render(request, "demand/history.html", context)


@page(P.SEE_VOLUMES)
def history_csv(request: Request, queue_id: int) -> HttpResponse:
    """The numbers behind the picture."""
    queue = queries.the_queue(request.actor, queue_id)
    shown = queries.span(request.GET.get("view", "week"), day_in(request, "day", request.actor.today(request.at)))
    series = queries.history_series(queue, shown)
    zone = ZoneInfo(queue.zone)
    points = [p.astimezone(zone).isoformat() if hasattr(p, "astimezone") else p.isoformat() for p in series.points]
    handling = queries.shows_handling(request.actor, queue, request.actor.today(request.at))
    aht = series.aht if handling else [None] * len(series.aht)
    rows = [
        tuple("" if value is None else value for value in row)
        for row in zip(points, series.offered, series.answered, series.abandoned, aht, strict=True)
    ]
    columns = ["start", "offered", "answered", "abandoned", "aht_seconds"]
    services.note_export(
        queue=queue, what="history", first=shown.first, last=shown.last, by=request.actor, at=request.at
    )
    return response(f"{queue.key}-history-{shown.first}.csv", csv_bytes(columns, rows))


def _shown(request: Request, found: HistoryUpload) -> dict[str, Any]:
    """What the page of an upload shows in its state."""
    job = jobs.latest((services.UPLOAD, found.pk))
    context: dict[str, Any] = {
        "upload": found,
        "tone": TONES.get(found.state, "neutral"),
        "job": jobs.view(job) if job and found.state in ("reading", "storing") else None,
        "reject_columns": [Column("l", _("Line"), kind="number"), Column("r", _("Why")), Column("t", _("Text"))],
        "queue_columns": [
            Column("n", _("Name in the file")),
            Column("q", _("Queue")),
            Column("r", _("Rows"), kind="number"),
            Column("c", _("Contacts"), kind="number"),
            Column("d", _("From – to")),
        ],
        "shown_rejects": found.rejects[:50],
    }
    if found.state == "asked":
        context["question_form"] = QuestionForm(question=found.question)
    if found.state in ("ready", "failed"):
        context["reading_form"] = ReadingForm()
    if found.found:
        meant = queries.names_meant(request.actor, found)
        context["readings"] = readings(found.found["guesses"])
        context["queues"] = queries.found_queues(found, meant)
        context["forms"] = (
            placing_forms(found, request.actor, {name for name, *_rest in meant}) if found.state == "ready" else []
        )
        context["accounted"] = [
            (_("Lines read"), number_words(found.found["read"])),
            (_("Rows to store"), number_words(found.found["stored"])),
            (_("Twice in the file, counted once"), number_words(found.found["duplicates"])),
            (_("Set aside: cannot be right"), number_words(found.found["rejected"])),
            (_("Left out: no contact by the layout of the file"), number_words(found.found["left_out"])),
        ]
    return context


def _view_tabs(queue_id: int, shown: Any) -> list[Tab]:
    words = {"day": _("Day"), "week": _("Week"), "quarter": _("13 weeks"), "year": _("52 weeks")}
    return [
        Tab(word, _link(queue_id, view, shown.last if view == "day" else shown.first), view == shown.view)
        for view, word in words.items()
    ]


def _link(queue_id: int, view: str, day: Any) -> str:
    return f"{reverse('demand:history', args=[queue_id])}?view={view}&day={day}"


def _history_sentence(values: list[float | None], points: Any) -> str:
    known = [(value, place) for place, value in enumerate(values) if value is not None]
    if not known:
        return _("Nothing is known of these days.")
    top, place = max(known)
    when = points[place]
    words = (
        day_words(when) if not hasattr(when, "hour") else f"{day_words(when)}, {timezone.localtime(when):%H:%M}"
    )
    return _("The busiest was %(when)s with %(count)s contacts.") % {"when": words, "count": number_words(top)}
