"""Pages of what clients expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.forms import ClientForecastForm
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.views.tabs import room_tabs
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.files.uploads import accept, read_uploaded_table
from floorwalker.kernel.look import Chart, Column, Series, number_words, percent_words
from floorwalker.kernel.pages import Request, page


@page(P.SEE_VOLUMES)
def client_forecasts(request: Request) -> HttpResponse:
    """Every submission in reach, the latest first."""
    columns = [
        Column("q", _("Queue")),
        Column("c", _("Client")),
        Column("d", _("Days")),
        Column("t", _("Contacts"), kind="number"),
        Column("b", _("Submitted by")),
        Column("a", _("When")),
    ]
    context = {
        "inside": queries.is_inside(request.actor),
        "lines": queries.latest_client_forecasts(request.actor),
        "columns": columns,
        "may_submit": request.actor.may(P.SUBMIT_CLIENT_FORECAST),
        "room_tabs": room_tabs(request.actor, "clients"),
    }
    return render(request, "demand/client_forecasts.html", context)


@page(P.SUBMIT_CLIENT_FORECAST, methods=("GET", "POST"))
def submit(request: Request) -> HttpResponse:
    """Submit what a client expects: a file or typed."""
    form = ClientForecastForm(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        initial={"queue": request.GET.get("queue")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            rows, name = _rows(form.cleaned_data["file"])
            numbers = form.numbers(rows)
            if numbers is not None:
                made = services.submit_client_forecast(
                    queue=form.cleaned_data["queue"],
                    numbers=numbers,
                    note=form.cleaned_data["note"],
                    source_name=name,
                    by=request.actor,
                    at=request.at,
                )
                _say(request, numbers)
                return redirect("demand:client_forecast", made.pk)
        except Refused as refused:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refused))
    return render(request, "demand/submit.html", {"form": form}, status=422 if form.is_bound else 200)


@page(P.SEE_VOLUMES)
def client_forecast(request: Request, client_forecast_id: int) -> HttpResponse:
    """A submission beside our forecast: the difference by day, and for us what it means in people."""
    inside = queries.is_inside(request.actor)
    found = queries.the_client_forecast(request.actor, client_forecast_id)
    rows = queries.compared(request.actor, found)
    columns = [
        Column("d", _("Days")),
        Column("c", _("Client"), kind="number"),
        Column("o", _("Ours"), kind="number"),
        Column("x", _("Difference"), kind="number"),
        Column("s", _("of ours"), kind="number"),
    ]
    if inside:
        hint = _("Roughly, through all open hours")
        columns.append(Column("a", _("People on the phones"), kind="number", hint=hint))
    chart = Chart(
        key="compared",
        title=_("The client and we"),
        unit=_("contacts"),
        points=[row.day for row in rows],
        sentence=_("What the client expects beside our forecast."),
        csv_url=f"{request.path.rstrip('/')}.csv",
        series=[
            Series(_("Our forecast"), [row.ours for row in rows], role="forecast"),
            Series(_("The client expects"), [row.client for row in rows], role="plain"),
        ],
    )
    context = {
        "inside": inside,
        "forecast": found,
        "rows": rows,
        "columns": columns,
        "chart": chart,
        "words": _in_words(rows),
        "events": queries.client_events([found.queue], found.first_day, found.last_day),
    }
    return render(request, "demand/client_forecast.html", context)


@page(P.SEE_VOLUMES)
def client_forecast_csv(request: Request, client_forecast_id: int) -> HttpResponse:
    """The comparison as a table."""
    found = queries.the_client_forecast(request.actor, client_forecast_id)
    rows = [
        (row.day.isoformat(), row.days, row.client, "" if row.ours is None else round(row.ours, 1))
        for row in queries.compared(request.actor, found)
    ]
    services.note_export(
        queue=found.queue,
        what="client forecast",
        first=found.first_day,
        last=found.last_day,
        by=request.actor,
        at=request.at,
    )
    return response(
        f"{found.queue.key}-client-forecast-{found.number}.csv", csv_bytes(["day", "days", "client", "ours"], rows)
    )


def _rows(file: Any) -> tuple[list[tuple[int, list[str]]] | None, str]:
    """The rows of an uploaded table, read in a limited child; the file is gone afterwards."""
    if file is None:
        return None, ""
    folder = Path(settings.HOME) / "uploads" / "client-forecasts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    upload = accept(file, folder)
    try:
        table = read_uploaded_table(upload)
    finally:
        upload.discard()
    return [(1, list(table.columns)), *((row.line, list(row.cells)) for row in table.rows)], upload.shown_name


def _say(request: Request, numbers: Any) -> None:
    messages.success(
        request,
        ngettext(
            "Submitted: %(total)s contacts, from %(n)s line.",
            "Submitted: %(total)s contacts, from %(n)s lines.",
            numbers.read,
        )
        % {"total": number_words(numbers.total, 0), "n": numbers.read},
    )
    if numbers.rejects:
        shown = "; ".join(
            _("line %(line)s: %(why)s") % {"line": r.line, "why": r.reason} for r in numbers.rejects[:10]
        )
        messages.warning(
            request,
            ngettext(
                "%(n)s line was not taken: %(shown)s",
                "%(n)s lines were not taken: %(shown)s",
                len(numbers.rejects),
            )
            % {"n": len(numbers.rejects), "shown": shown},
        )


def _in_words(rows: list[Any]) -> str:
    both = [row for row in rows if row.difference is not None]
    if not both:
        return _("There is no forecast of ours for these days to compare with.")
    ours, client = sum(row.ours for row in both), sum(row.client for row in both)
    share = (client - ours) / ours if ours else None
    sentence = (
        _("The client expects %(share)s more than we do.")
        if client >= ours
        else _("The client expects %(share)s less than we do.")
    ) % {"share": percent_words(abs(share) if share is not None else None, 1)}
    widest = max((row for row in both if row.agents is not None), key=lambda row: abs(row.agents), default=None)
    if widest is None or abs(widest.agents) < 0.5:
        return sentence
    people = number_words(abs(widest.agents), 0)
    count = round(abs(widest.agents))
    more = (
        ngettext(
            "At most that is about %(n)s person more on the phones all day.",
            "At most that is about %(n)s people more on the phones all day.",
            count,
        )
        if widest.agents > 0
        else ngettext(
            "At most that is about %(n)s person fewer on the phones all day.",
            "At most that is about %(n)s people fewer on the phones all day.",
            count,
        )
    )
    return f"{sentence} {more % {'n': people}}"
