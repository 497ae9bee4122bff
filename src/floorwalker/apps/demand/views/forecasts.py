"""Pages of forecasts: what is expected, how sure, why, and what a planner changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.forms import OverrideForm, RunForm, SpecialDayForm
from floorwalker.apps.demand.models import ForecastVersion, Override, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.views.reading import day_in
from floorwalker.apps.demand.views.tabs import queue_tabs
from floorwalker.kernel import jobs
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes
from floorwalker.kernel.look import Chart, Column, Mark, Series, Tab, Why, day_words, number_words, percent_words
from floorwalker.kernel.pages import Request, page

HORIZON, DAY, WEEK = "horizon", "day", "week"
SHOWN_CHANGES = 40


@page(P.MAKE_FORECASTS, methods=("GET", "POST"))
def make(request: Request) -> HttpResponse:
    """Ask for forecasts."""
    form = RunForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            run = services.ask_for_forecasts(
                queues=list(form.cleaned_data["queues"]),
                days=form.cleaned_data["days"],
                by=request.actor,
                at=request.at,
            )
            return redirect("demand:run", run.pk)
        except Refused as refused:
            form.add_error("queues", str(refused))
    return render(request, "demand/make.html", {"form": form}, status=422 if form.is_bound else 200)


@page(P.MAKE_FORECASTS)
def run(request: Request, run_id: int) -> HttpResponse:
    """Forecasts being made: progress per queue, and what came of it."""
    found = queries.the_run(request.actor, run_id)
    names = {queue.pk: queue for queue in found.queues.all()}
    lines = [(names[each["queue_id"]], each) for each in found.outcome if each["queue_id"] in names]
    job = jobs.latest((services.RUN, found.pk))
    columns = [Column("q", _("Queue")), Column("o", _("Outcome"))]
    context = {
        "run": found,
        "lines": lines,
        "columns": columns,
        "waiting": len(names) - len(lines),
        "job": jobs.view(job) if job else None,
    }
    return render(request, "demand/run.html", context)


@page(P.SEE_VOLUMES)
def forecast(request: Request, queue_id: int) -> HttpResponse:
    """What is expected of a queue, with everything one may argue with."""
    queue = queries.the_queue(request.actor, queue_id)
    return forecast_page(request, queue)


def forecast_page(request: Request, queue: Queue, status: int = 200, **forms: Any) -> HttpResponse:
    """The forecast page on the queue's own clock; ``forms`` come back from a refused post."""
    with timezone.override(ZoneInfo(queue.zone)):
        return render(request, "demand/forecast.html", _forecast_context(request, queue, **forms), status=status)


def _forecast_context(request: Request, queue: Queue, **forms: Any) -> dict[str, Any]:
    """What the forecast page shows."""
    used = queries.in_use([queue]).get(queue.pk)
    version = _asked_version(request, queue) or used
    shown = _span(request, version)
    mine = queries.visible_queues(request.actor, P.MAKE_FORECASTS).filter(pk=queue.pk).exists()
    context: dict[str, Any] = {
        "queue": queue,
        "inside": queries.is_inside(request.actor),
        "queue_tabs": queue_tabs(queue, "forecast"),
        "version": version,
        "used": used,
        "mine": mine,
        "held": queries.held_of([queue]).get(queue.pk),
    }
    if version is None:
        return context
    today = request.actor.today(request.at)
    with timezone.override(ZoneInfo(queue.zone)):
        handling = queries.shows_handling(request.actor, queue, today)
        series = queries.forecast_series(queue, shown, version if version != used else None)
        special = queries.special_in(queue, version, shown.first, shown.last)
        context |= {
            "shown": shown,
            "tabs": _view_tabs(queue.pk, shown, version, used),
            "before": _link(queue.pk, shown.view, shown.before, version, used),
            "after": _link(queue.pk, shown.view, shown.after, version, used),
            "chart": _chart(queue, shown, series, special),
            "series": series,
            "specials": special,
            "overrides": _changes(queue, shown, handling),
            "listed": queries.special_days_of(queue) if mine else [],
            "override_form": forms.get("override_form") or OverrideForm(initial={"first": shown.first}),
            "special_form": forms.get("special_form") or SpecialDayForm(),
            "figures": _figures(queue, series, version, special, handling),
            **_tables(version),
        }
    return context


@page(P.SEE_VOLUMES)
def forecast_csv(request: Request, queue_id: int) -> HttpResponse:
    """The forecast in use by interval, with its band."""
    queue = queries.the_queue(request.actor, queue_id)
    used = queries.in_use([queue]).get(queue.pk)
    first = day_in(request, "from", used.first_day if used else request.actor.today(request.at))
    last = day_in(request, "to", first + timedelta(days=(used.days - 1) if used else 6))
    expected = queries.expected_days([queue], first, last)[queue.pk]
    zone = ZoneInfo(queue.zone)
    handling = queries.shows_handling(request.actor, queue, request.actor.today(request.at))
    rows = [
        (
            timezone.datetime.fromtimestamp(start, zone).isoformat(),
            queue.key,
            round(each.mean[n], 3),
            round(each.p05[n], 1),
            round(each.p50[n], 1),
            round(each.p95[n], 1),
            (handling and each.aht[n]) or "",
            round(each.base[n], 3),
        )
        for each in expected.days
        for n, start in enumerate(each.starts)
    ]
    columns = ["start", "queue", "contacts", "p05", "p50", "p95", "aht_seconds", "without_changes"]
    services.note_export(queue=queue, what="forecast", first=first, last=last, by=request.actor, at=request.at)
    return response(f"{queue.key}-forecast-{first}.csv", csv_bytes(columns, rows))


@page(P.SEE_VOLUMES)
def why(request: Request, queue_id: int) -> HttpResponse:
    """A day's numbers taken apart: usual × level × special day × time of day × planner."""
    queue = queries.the_queue(request.actor, queue_id)
    day = day_in(request, "day", request.actor.today(request.at))
    with timezone.override(ZoneInfo(queue.zone)):
        rows, special, expected = queries.why_day(queue, day)
        columns = [
            Column("t", _("Time")),
            Column("u", _("Usual"), kind="number", hint=_("Mean of the weekday's latest eight weeks")),
            Column("l", _("× level"), kind="number", hint=_("How this day stands to the usual ones")),
            Column("s", _("× special day"), kind="number"),
            Column(
                "d", _("× time of day"), kind="number", hint=_("Where the method sees the day's shape otherwise")
            ),
            Column("p", _("× planner"), kind="number"),
            Column("e", _("= expected"), kind="number"),
            Column("a", _("Handling time, s"), kind="number"),
        ]
        context = {
            "queue": queue,
            "day": day,
            "rows": rows,
            "special": special,
            "expected": expected,
            "handling": queries.shows_handling(request.actor, queue, request.actor.today(request.at)),
            "too_few": queries.TOO_FEW,
            "columns": columns,
            "queue_tabs": queue_tabs(queue, "forecast"),
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
        }
        return render(request, "demand/why.html", context)


def _asked_version(request: Request, queue: Queue) -> ForecastVersion | None:
    number = request.GET.get("version", "")
    if not number.isdecimal():
        return None
    return next((version for version in queries.versions_of(queue, 500) if version.number == int(number)), None)


def _span(request: Request, version: ForecastVersion | None) -> Any:
    first = version.first_day if version else request.actor.today(request.at)
    view = request.GET.get("view", HORIZON)
    if view == HORIZON and version:
        day = day_in(request, "day", first)
        start = day - timedelta(days=56)
        return queries.Span(
            HORIZON,
            start,
            max(
                day + timedelta(days=27),
                version.first_day + timedelta(days=version.days - 1) if day == first else day,
            ),
        )
    return queries.span(view, day_in(request, "day", first))


def _view_tabs(queue_id: int, shown: Any, version: Any, used: Any) -> list[Tab]:
    words = {HORIZON: _("By day"), WEEK: _("Week"), DAY: _("Day")}
    at = version.first_day if shown.view == HORIZON else shown.first
    return [
        Tab(
            word,
            _link(queue_id, view, version.first_day if view == HORIZON else at, version, used),
            view == shown.view,
        )
        for view, word in words.items()
    ]


def _link(queue_id: int, view: str, day: date, version: Any, used: Any) -> str:
    more = f"&version={version.number}" if version != used else ""
    return f"{reverse('demand:forecast', args=[queue_id])}?view={view}&day={day}{more}"


def _chart(queue: Queue, shown: Any, series: Any, special: Any) -> Chart:
    by_interval = shown.by_interval and queue.step_minutes != 1440
    lines = [Series(_("History"), series.history)] if any(v is not None for v in series.history) else []
    lines.append(Series(_("Forecast"), series.mean, role="forecast", low=series.low, high=series.high))
    if series.changed:
        lines.append(Series(_("Before the planner's changes"), series.base, role="plain"))
    if any(value is not None for value in series.client):
        lines.append(Series(_("The client expects"), series.client, role="plain"))
    first_of: dict[date, Any] = {}
    for point in series.points:
        first_of.setdefault(timezone.localtime(point).date() if by_interval else point, point)
    named: dict[date, list[str]] = {}
    for each in special:
        if each.day in first_of:
            named.setdefault(each.day, []).append(each.name)
    marks = [Mark(first_of[day], " · ".join(names)) for day, names in named.items()]
    top = max(
        ((v, p) for p, v in zip(series.points, series.mean, strict=True) if v is not None),
        default=None,
        key=lambda e: e[0],
    )
    if top is None:
        sentence = _("The forecast does not reach these days.")
    else:
        when = day_words(top[1]) if not by_interval else f"{day_words(top[1])}, {timezone.localtime(top[1]):%H:%M}"
        sentence = _("%(total)s contacts are expected here, the most on %(when)s with %(top)s.") % {
            "total": number_words(series.total, 0),
            "when": when,
            "top": number_words(top[0], 0),
        }
    link = f"{reverse('demand:forecast_csv', args=[queue.pk])}?from={shown.first}&to={shown.last}"
    return Chart(
        key="forecast",
        title=_("Contacts by interval") if by_interval else _("Contacts by day"),
        sentence=sentence,
        points=series.points,
        unit=_("contacts"),
        series=lines,
        marks=marks,
        csv_url=link,
        tall=True,
        digits=1 if by_interval else 0,
    )


def _figures(queue: Queue, series: Any, version: ForecastVersion, special: Any, handling: bool) -> list[Any]:
    days = series.expected.days
    if not days:
        return []
    low, high = sum(each.total_p05 for each in days), sum(each.total_p95 for each in days)
    chosen = version.scores.get("methods", {}).get(version.scores.get("chosen", ""))
    found = [
        {
            "label": _("Expected in view"),
            "value": number_words(series.total, 0),
            "unit": _("contacts"),
            "context": _("likely %(low)s – %(high)s, the days’ bands added up")
            % {"low": number_words(low, 0), "high": number_words(high, 0)},
            "why": Why(
                _("The sum of every interval's expectation, with the planner's changes."),
                [
                    (_("Method"), version.method),
                    (_("History known until"), day_words(version.origin) if version.origin else "–"),
                ],
                [f"{each.name}, {day_words(each.day)}" for each in special if each.closed],
                version.made_at,
            ),
        },
        _handling_time(queue, series, version.aht_known)
        if handling
        else {"label": _("Handling time"), "value": "–", "context": queries.TOO_FEW},
    ]
    if chosen:
        found.append(
            {
                "label": _("Error tried on the past"),
                "value": percent_words(chosen["wape"], 1),
                "context": _("of the contacts, interval by interval, %(n)s past origins, %(days)s days ahead")
                % {"n": version.scores["origins"], "days": version.scores["horizon_days"]},
            }
        )
    return found


def _changes(queue: Queue, shown: queries.Span, handling: bool) -> list[Override]:
    """The planner's changes in view; those of handling times only to whom these are shown."""
    found = queries.active_overrides(queue, shown.first, shown.last)
    return [each for each in found if handling or each.kind != Override.Kind.HANDLING]


def _handling_time(queue: Queue, series: Any, from_history: bool) -> dict[str, Any]:
    """The mean over the contacts in view; where the forecast has none, as it is set for the queue."""
    timed = [
        (contacts, queue.aht_seconds if seconds is None else seconds)
        for each in series.expected.days
        for contacts, seconds in zip(each.mean, each.aht, strict=True)
        if contacts
    ]
    if any(seconds is None for _contacts, seconds in timed):
        unknown = _("not in the history, and not set for the queue: staff cannot be computed without")
        return {"label": _("Handling time"), "value": "–", "context": unknown}
    context = _("from the history") if from_history else _("set for the queue; the history has none")
    if any(each.kind == Override.Kind.HANDLING for each in series.expected.layers):
        context = _("with the planner's changes")
    total = sum(contacts for contacts, _seconds in timed)
    seconds = sum(contacts * seconds for contacts, seconds in timed)
    return {
        "label": _("Handling time"),
        "value": number_words(seconds / total, 0) if total else "–",
        "unit": _("s"),
        "context": context,
    }


def _tables(version: ForecastVersion) -> dict[str, Any]:
    """Both tables of error."""
    scores = version.scores
    weekdays = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    return {
        "method_columns": [
            Column("m", _("Method")),
            Column("w", _("Error (WAPE)"), kind="number", hint=_("Σ|came − expected| ÷ Σ came, by interval")),
            Column(
                "s", _("Against last week"), kind="number", hint=_("MASE: error in units of “same as last week”")
            ),
            Column("b", _("Bias"), kind="number", hint=_("Positive where too much was expected")),
            Column("c", _("In the band"), kind="number", hint=_("Should be near 90 %")),
        ],
        "methods": sorted(scores.get("methods", {}).items(), key=lambda each: each[1]["wape"] or 9),
        "ahead_columns": [Column("a", _("Weeks ahead")), *[Column(w, w, kind="number") for w in weekdays]],
        "ahead": scores.get("by_weekday", []),
        "cleaned": [_set_aside(each) for each in version.cleaned[:SHOWN_CHANGES]],
        "cleaned_columns": [
            Column("w", _("When")),
            Column("k", _("What")),
            Column("b", _("Why it was set aside")),
            Column("u", ""),
        ],
    }


def _set_aside(each: dict[str, Any]) -> dict[str, Any]:
    """A stretch of the history that was not learnt from, its times as moments."""
    return {**each, "first": datetime.fromisoformat(each["start"]), "last": datetime.fromisoformat(each["end"])}
