"""Pages of the pulse."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.hub import forms, queries, services
from floorwalker.apps.hub.forms.pulses import QUESTIONS
from floorwalker.apps.hub.models import Pulse
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import floors
from floorwalker.apps.hub.rules import pulses as rules
from floorwalker.apps.hub.views.tabs import hub_tabs
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Chart, Column, Series
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

BANDS = {
    "new": gettext_lazy("less than three months here"),
    "first_year": gettext_lazy("in their first year"),
    "settled": gettext_lazy("one to three years here"),
    "long": gettext_lazy("three years and more"),
}
SHORT = {
    rules.CONFIDENCE: gettext_lazy("Confidence"),
    rules.SKILL: gettext_lazy("Skill"),
    rules.LEAD: gettext_lazy("Leading"),
    rules.VALUED: gettext_lazy("Valued"),
    rules.EFFORT: gettext_lazy("Effort"),
    rules.CAREER: gettext_lazy("Career"),
}
LIST_COLUMNS = [
    Column("pulse", gettext_lazy("Open until")),
    Column("who", gettext_lazy("Who was asked")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("day", gettext_lazy("Next")),
]
TONES = {"open": "progress", "closed": "attention", "too_few": "neutral", "answered": "info", "done": "good"}


@page(P.SEE_PULSE)
def pulses(request: Request) -> HttpResponse:
    found = queries.pulses(request.actor, **cursors(request.GET))
    context = {
        "found": found,
        "lines": [
            {"pulse": each, "place": queries.place_of(each), "tone": TONES[each.state]} for each in found.items
        ],
        "open": queries.pulses_open_for(request.actor, request.at.date()),
        "columns": LIST_COLUMNS,
        "asks": request.actor.may(P.ASK_PULSE),
        "tabs": hub_tabs(request.actor, "hub:pulses"),
    }
    return render(request, "hub/pulses.html", context)


@page(P.ASK_PULSE, methods=("GET", "POST"))
def ask_pulse(request: Request) -> HttpResponse:
    form = forms.AskPulseForm(request.POST or None, actor=request.actor, today=request.at.date())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            found = services.ask_pulse(
                site_id=given["site"],
                **form.asked(),
                closes_on=given["closes_on"],
                answer_by=given["answer_by"],
                by=request.actor,
                at=request.at,
            )
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The pulse is open; everybody who is asked is told."))
            return redirect("hub:pulse", found.pk)
    return render(request, "hub/ask_pulse.html", {"form": form}, status=422 if form.errors else 200)


@page(P.SEE_PULSE)
def pulse(request: Request, pulse_id: int) -> HttpResponse:
    return _shown(request, queries.the_pulse(request.actor, pulse_id))


def _shown(request: Request, found: Pulse, **tried: django_forms.Form) -> HttpResponse:
    """One pulse: the questions while it is open, then what may be shown, and what management answers."""
    actor, context = request.actor, dict[str, Any]()
    open_now = found.state == Pulse.State.OPEN and request.at.date() <= found.closes_on
    if open_now and queries.is_asked(actor, found):
        mine = queries.my_sheet(actor, found)
        context |= {"sheet": forms.SheetForm(pulse=found, mine=mine), "answered": mine is not None}
    if found.state in (Pulse.State.CLOSED, Pulse.State.ANSWERED, Pulse.State.DONE):
        results = queries.results(found)
        context |= {
            "everybody": [_line(each, _("all"), results.questions) for each in [results.everybody] if each],
            "groups": [
                (_("By team"), [_line(each, each.name, results.questions) for each in results.teams]),
                (_("By time here"), [_line(each, BANDS[each.name], results.questions) for each in results.bands]),
            ],
            "columns": _columns(found),
            "sentences": [(SHORT[name], QUESTIONS[name]) for name in results.questions],
            "chart": _chart(found),
            "drivers": found.asks == rules.DRIVERS,
            "weakest": SHORT[results.weakest] if results.weakest else None,
            "elsewhere": rules.EFFORT_ELSEWHERE if found.fourth == rules.EFFORT else None,
        }
    may_answer = queries.visible_pulses(actor, P.ASK_PULSE).filter(pk=found.pk).exists()
    if may_answer and found.state == Pulse.State.CLOSED:
        context["follow"] = forms.FollowForm()
    if may_answer and found.state == Pulse.State.ANSWERED:
        context["outcome"] = forms.OutcomeForm()
    context |= {
        "pulse": found,
        "place": queries.place_of(found),
        "tone": TONES[found.state],
        "open_now": open_now,
        "received": "received" in request.GET,
        "floor": floors.SMALLEST,
    }
    return render(request, "hub/pulse.html", context | tried, status=422 if tried else 200)


def _line(row: queries.Row, name: Any, asked: tuple[str, ...]) -> dict[str, Any]:
    """A group that may be shown, each share with the word for its question."""
    named = [(f"{SHORT[key]}:", cell) for key, cell in zip(asked, row.cells, strict=True)]
    return {"name": name, "answered": row.answered, "named": named}


def _columns(found: Pulse) -> list[Column]:
    asked = rules.questions(found.asks, found.fourth)
    return [
        Column("group", _("Who")),
        Column("answered", _("Answered"), kind="number"),
        *(Column(name, SHORT[name]) for name in asked),
    ]


def _chart(found: Pulse) -> Chart | None:
    """All who answered over the pulses, once there are two."""
    told = [(each, shares) for each, shares in queries.over_time(found) if shares]
    if len(told) < 2:
        return None
    names = [name for name in SHORT if any(name in shares for _each, shares in told)]
    return Chart(
        key="pulse",
        title=_("Over time"),
        sentence=_("The share of those who agree, of all who answered, pulse by pulse."),
        points=[each.closes_on for each, _shares in told],
        unit=_("per cent"),
        series=[
            Series(
                SHORT[name],
                [round(100 * shares[name].share) if name in shares else None for _each, shares in told],
                role="plain",
            )
            for name in names
        ],
    )


@page(P.SEE_PULSE, methods=("POST",))
def answer_pulse(request: Request, pulse_id: int) -> HttpResponse:
    """One's answers. No message: it would be kept in the session, beside the hour."""
    found = queries.the_pulse(request.actor, pulse_id)
    form = forms.SheetForm(request.POST, pulse=found, mine=None)
    if not form.is_valid():
        return _shown(request, found, sheet=form)
    services.answer_pulse(pulse_id=pulse_id, answers=form.cleaned_data, by=request.actor, at=request.at)
    return redirect(f"{reverse('hub:pulse', args=[pulse_id])}?received=yes")


@page(P.ASK_PULSE, methods=("POST",))
def say_what_follows(request: Request, pulse_id: int) -> HttpResponse:
    found = queries.the_pulse(request.actor, pulse_id, P.ASK_PULSE)
    form = forms.FollowForm(request.POST)
    if form.is_valid():
        try:
            services.say_what_follows(pulse_id=pulse_id, **form.cleaned_data, by=request.actor, at=request.at)
        except services.FollowNeeded as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Everybody who was asked reads it; the day is a promise."))
            return redirect("hub:pulse", pulse_id)
    return _shown(request, found, follow=form)


@page(P.ASK_PULSE, methods=("POST",))
def end_pulse(request: Request, pulse_id: int) -> HttpResponse:
    found = queries.the_pulse(request.actor, pulse_id, P.ASK_PULSE)
    form = forms.OutcomeForm(request.POST)
    if form.is_valid():
        services.end_pulse(pulse_id=pulse_id, text=form.cleaned_data["text"], by=request.actor, at=request.at)
        messages.success(request, _("The promise is kept."))
        return redirect("hub:pulse", pulse_id)
    return _shown(request, found, outcome=form)
