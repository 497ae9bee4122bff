"""Pages of the track record, statements and expectations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.forms import ExpectationForm, IssueForm, ReasonForm, expectation_initial
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.rules.hours import in_words
from floorwalker.apps.demand.rules.record import LEADS
from floorwalker.apps.demand.views.tabs import room_tabs
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.look import Chart, Column, Series, Tab, number_words, percent_words
from floorwalker.kernel.pages import Request, page

RECORD_WEEKS = 26


@page(P.SEE_RECORD)
def record(request: Request) -> HttpResponse:
    """How good each source has been, queue by queue, on the same days."""
    said = request.GET.get("lead", "")
    lead = int(said) if said.isdecimal() and int(said) in LEADS else 7
    queues = list(queries.queues_in_order(request.actor, P.SEE_RECORD))
    last = queries.last_judged(queues) or request.actor.today(request.at)
    first = last - timedelta(weeks=RECORD_WEEKS)
    words = {1: _("a day before"), 7: _("a week before"), 28: _("four weeks before")}
    tabs = [Tab(words[each], f"{reverse('demand:record')}?lead={each}", each == lead) for each in LEADS]
    columns = [
        Column("q", _("Queue")),
        Column("s", _("Source")),
        Column("w", _("Error (WAPE)"), kind="number", hint=_("Σ|came − expected| ÷ Σ came, by the day")),
        Column("u", _("give or take"), kind="number", hint=_("One standard error, week by week")),
        Column("b", _("Bias"), kind="number", hint=_("Positive where too much was expected")),
        Column("d", _("Days"), kind="number"),
    ]
    found = queries.record_of(queues, first, last, lead)
    context = {
        "records": found,
        "columns": columns,
        "tabs": tabs,
        "lead": words[lead],
        "first": first,
        "last": last,
        "any": any(each.sources for each in found),
        "room_tabs": room_tabs(request.actor, "record"),
        "may_judge": request.actor.may(P.MAKE_FORECASTS),
    }
    return render(request, "demand/record.html", context)


@page(P.MAKE_FORECASTS, methods=("POST",))
def judge(request: Request) -> HttpResponse:
    """Judge every source anew."""
    services.ask_for_record(
        queues=list(queries.queues_in_order(request.actor, P.MAKE_FORECASTS)), by=request.actor, at=request.at
    )
    messages.success(request, _("Forecasts are being judged; look again in a moment."))
    return redirect("demand:record")


@page(P.SEE_RECORD, methods=("GET", "POST"))
def statements(request: Request) -> HttpResponse:
    """Statements issued, and the way to issue one."""
    may_issue = request.actor.may(P.ISSUE_STATEMENTS)
    first = {"month": queries.month_before(request.actor.today(request.at)), "client": request.GET.get("client")}
    form = IssueForm(request.POST or None, actor=request.actor, initial=first) if may_issue else None
    if request.method == "POST":
        if form is None:
            raise NotFound
        if form.is_valid():
            try:
                made = services.issue_statement(**form.cleaned_data, by=request.actor, at=request.at)
                return redirect("demand:statement", made.pk)
            except NotFound:
                raise
            except Refused as refused:
                form.add_error("month", str(refused))
    columns = [
        Column("m", _("Month")),
        Column("c", _("Client")),
        Column("n", _("Number"), kind="number"),
        Column("i", _("Issued")),
        Column("s", _("State")),
    ]
    context = {
        "inside": queries.is_inside(request.actor),
        "lines": queries.latest_statements(request.actor),
        "columns": columns,
        "form": form,
        "room_tabs": room_tabs(request.actor, "statements"),
    }
    return render(request, "demand/statements.html", context, status=422 if form and form.is_bound else 200)


@page(P.SEE_RECORD)
def statement(request: Request, statement_id: int) -> HttpResponse:
    """One statement, and whether it can still be made again from what is stored."""
    found = queries.the_statement(request.actor, statement_id)
    content = queries.content(found)
    names = content["labels"].get("queues", {})
    parts = [_part(names.get(each["queue"], each["queue"]), each, content) for each in content["queues"]]
    context = {
        "inside": queries.is_inside(request.actor),
        "statement": found,
        "content": content,
        "parts": parts,
        "whole": _part(_("All queues"), content["whole"], content) if content["queues"] else None,
        "month": date_format(found.month, "F Y"),
        "same": queries.recomputed(found) == found.body,
        "corrected_by": getattr(found, "corrected_by", None),
        "may_correct": request.actor.may(P.ISSUE_STATEMENTS),
    }
    return render(request, "demand/statement.html", context)


@page(P.ISSUE_STATEMENTS, methods=("POST",))
def correct(request: Request, statement_id: int) -> HttpResponse:
    """Issue a correction that names the statement it corrects."""
    found = queries.the_statement(request.actor, statement_id, P.ISSUE_STATEMENTS)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        made = services.issue_statement(
            client=found.client, month=found.month, corrects=found, reason=reason, by=request.actor, at=request.at
        )
        return redirect("demand:statement", made.pk)
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("demand:statement", found.pk)


@page(P.SEE_RECORD)
def statement_json(request: Request, statement_id: int) -> HttpResponse:
    """The statement to the byte, as its hash was made of it."""
    found = queries.the_statement(request.actor, statement_id)
    return response(f"statement-{found.client_id}-{found.number}.json", found.body.encode())


@page(P.SEE_RECORD)
def expectations(request: Request) -> HttpResponse:
    """What was agreed with each client, and where clients on the same agents differ."""
    today = request.actor.today(request.at)
    columns = [
        Column("c", _("Client")),
        Column("s", _("Answered in time")),
        Column("a", _("Hang up at most"), kind="number"),
        Column("b", _("Callbacks")),
        Column("f", _("Forecast tolerance"), kind="number"),
        Column("d", _("In force from")),
    ]
    context = {
        "lines": queries.client_lines(request.actor, today),
        "columns": columns,
        "conflicts": queries.conflicts_in_words(request.actor, today),
        "room_tabs": room_tabs(request.actor, "expectations"),
    }
    return render(request, "demand/expectations.html", context)


@page(P.SEE_RECORD, methods=("GET", "POST"))
def expectation(request: Request, client_id: int) -> HttpResponse:
    """What was agreed with one client, everything before it, and the way to change it."""
    client = queries.the_client_for_agreements(request.actor, client_id)
    every = queries.expectations_of(client)
    may_set = queries.clients_to_agree_with(request.actor, P.SET_EXPECTATIONS).filter(pk=client.pk).exists()
    form = (
        ExpectationForm(
            request.POST or None,
            initial=expectation_initial(every[0] if every else None, request.actor.today(request.at)),
        )
        if may_set
        else None
    )
    if request.method == "POST":
        if form is None:
            raise NotFound
        if form.is_valid():
            services.set_expectation(client=client, fields=form.values(), by=request.actor, at=request.at)
            messages.success(request, _("Written down."))
            return redirect("demand:expectation", client.pk)
    context: dict[str, Any] = {
        "inside": queries.is_inside(request.actor),
        "client": client,
        "form": form,
        "agreed": [(each, _agreed(each)) for each in every],
        "hours": [in_words(each.hours) for each in every[:1]],
    }
    return render(request, "demand/expectation.html", context, status=422 if form and form.is_bound else 200)


def _agreed(each: Any) -> list[tuple[str, Any]]:
    levers = ", ".join(str(queries.LEVER_LABELS[lever]) for lever in each.levers if lever in queries.LEVER_LABELS)
    hours = "; ".join(f"{days} {times or _('closed')}" for days, times in in_words(each.hours))
    return [
        (
            _("Answered in time"),
            _("%(share)s within %(s)s s")
            % {"share": percent_words(each.service_share), "s": each.service_seconds},
        ),
        (_("Counted as"), each.get_service_definition_display()),
        (
            _("Callers who may hang up"),
            percent_words(each.abandon_ceiling, 1) if each.abandon_ceiling is not None else _("nothing agreed"),
        ),
        (
            _("Callbacks"),
            (each.callback_rule or _("may be offered")) if each.callback_allowed else _("may not be offered"),
        ),
        (_("Hours"), hours or _("as the queues are open")),
        (
            _("Forecast tolerance"),
            ngettext(
                "± %(share)s of the client's forecast, as it stood %(n)s day before",
                "± %(share)s of the client's forecast, as it stood %(n)s days before",
                each.forecast_lead_days,
            )
            % {"share": percent_words(each.forecast_tolerance), "n": each.forecast_lead_days},
        ),
        (_("When it is tight"), levers or _("nothing but what was planned")),
        (_("Note"), each.note or "–"),
    ]


def _part(name: str, each: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """One queue of a statement, in words."""
    band = each["band"]
    days = each.get("days", []) if isinstance(each.get("days"), list) else []
    sources = [
        (_("The client"), each["client"]),
        (_("Our statistics"), each["ours"]),
        (_("With the planner's changes"), each["planner"]),
    ]
    chart = None
    if days:
        points = [date.fromisoformat(day["day"]) for day in days]
        chart = Chart(
            key=f"statement-{each['queue']}",
            title=name,
            unit=_("contacts"),
            points=points,
            sentence=_("What came beside what either side had said."),
            series=[
                Series(_("Came"), [day["actual"] for day in days]),
                Series(_("The client expected"), [day["client"] for day in days], role="plain"),
                Series(_("We expected"), [day["ours"] for day in days], role="forecast"),
            ],
        )
    sentences = []
    if not band["days"]:
        sentences.append(_("The client had submitted no forecast in time, so no band applies."))
    else:
        tolerance = percent_words(content["tolerance"])
        sentences.append(
            _(
                "On %(in)s of %(all)s days what came lay within ± %(t)s of the client's forecast; on those we "
                "answer for the service."
            )
            % {"in": band["inside"], "all": band["days"], "t": tolerance}
        )
        if band["contacts_above"]:
            sentences.append(
                ngettext(
                    "%(n)s contact came above the band: nobody could be expected to have people for it.",
                    "%(n)s contacts came above the band: nobody could be expected to have people for them.",
                    round(band["contacts_above"]),
                )
                % {"n": number_words(band["contacts_above"], 0)}
            )
        if band["contacts_below"]:
            sentences.append(
                ngettext(
                    "%(n)s contact was announced, within the band, and did not come.",
                    "%(n)s contacts were announced, within the band, and did not come.",
                    round(band["contacts_below"]),
                )
                % {"n": number_words(band["contacts_below"], 0)}
            )
    if each.get("days_unknown"):
        text = ngettext(
            "Of %(n)s day nothing is known; it does not count.",
            "Of %(n)s days nothing is known; they do not count.",
            each["days_unknown"],
        )
        sentences.append(text % {"n": each["days_unknown"]})
    return {"name": name, "sources": sources, "sentences": sentences, "chart": chart, "actual": each["actual"]}
