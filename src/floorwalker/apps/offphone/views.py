"""Pages of time off the phones."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import queries, services
from floorwalker.apps.offphone.forms import (
    AnswerForm,
    AskForm,
    BetweenForm,
    BudgetForm,
    DueForm,
    OweForm,
    PlaceForm,
)
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.errors import Invalid, NotFound
from floorwalker.kernel.look import Column, day_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers

COLUMNS = [
    Column("reason", _("What for")),
    Column("when", _("Time, or due")),
    Column("state", _("State")),
    Column("minutes", _("Minutes"), kind="number"),
    Column("agent", _("Whose time")),
    Column("kind", _("Kind")),
]
TITLES = {
    "asked": _("Asked for"),
    "owed": _("Owed, without a time"),
    "placed": _("With a time"),
    "ended": _("Ended"),
}
KIND_COLUMNS = [
    Column("kind", _("Kind")),
    Column("done", _("Delivered"), kind="number"),
    Column("open", _("Open"), kind="number"),
    Column("late", _("Late"), kind="number"),
    Column("since", _("Late since")),
    Column("lost", _("Times taken away"), kind="number"),
]
WEEK_COLUMNS = [
    Column("week", _("Week of")),
    Column("left", _("Left"), kind="number"),
    Column("planned", _("Planned"), kind="number"),
    Column("new", _("Of these for who is new"), kind="number"),
    Column("timed", _("With a time"), kind="number"),
    Column("waiting", _("Without a time"), kind="number"),
    Column("people", _("People"), kind="number"),
]
SLOT_COLUMNS = [
    Column("time", _("Time")),
    Column("callers", _("Callers it costs")),
    Column("place", ""),
]


@page(P.SEE, P.SEE_SUMS)
def time(request: Request) -> HttpResponse:
    """Time owed: mine, or that of the people I lead; for who leads nobody, the sums alone."""
    actor = request.actor
    context = {
        "board": queries.board(actor, request.at),
        "kinds": queries.kept_minutes(actor, request.at),
        "leads": actor.may(P.LEAD),
        "asks": actor.may(P.ASK),
        "sees": actor.may(P.SEE),
        "own_only": not actor.sight(P.SEE_SUMS).beyond_own,
        "at": request.at,
        "columns": COLUMNS,
        "kind_columns": KIND_COLUMNS,
        "budget_sites": people.visible_sites(actor, P.BUDGET).filter(archived=False).order_by("name")
        if actor.may(P.BUDGET)
        else (),
    }
    return render(request, "offphone/time.html", context)


@page(P.SEE)
def sessions(request: Request, name: str) -> HttpResponse:
    """All of one of the lists, a page at a time."""
    if name not in TITLES:
        raise NotFound
    found = queries.sessions(request.actor, name, counted=True, **cursors(request.GET))
    context = {"sessions": found, "title": TITLES[name], "columns": COLUMNS, "at": request.at}
    return render(request, "offphone/list.html", context)


@page(P.ASK, methods=("GET", "POST"))
def ask(request: Request) -> HttpResponse:
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        session = services.ask(**form.cleaned_data, by=request.actor, at=request.at)
        return redirect("offphone:session", session.pk)
    return render(request, "offphone/ask.html", {"form": form}, status=422 if form.errors else 200)


@page(P.LEAD, methods=("GET", "POST"))
def owe(request: Request) -> HttpResponse:
    first = {"agent": request.GET.get("agent")}
    form = OweForm(request.POST or None, agents=queries.led_agents(request.actor), initial=first)
    if found := offers(request, form):
        return found
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        session = services.owe(
            agent_id=values["agent"],
            minutes=values["minutes"],
            kind=values["kind"],
            reason=values["reason"],
            due=form.due_at(request.actor.zone),
            by=request.actor,
            at=request.at,
        )
        return redirect("offphone:session", session.pk)
    return render(request, "offphone/owe.html", {"form": form}, status=422 if form.errors else 200)


@page(P.SEE)
def session(request: Request, session_id: int) -> HttpResponse:
    """One session: what it is, what can be done, and for a lead the cheapest slots."""
    found = queries.the_session(request.actor, session_id)
    mine = found.agent.user_id == request.actor.user_id
    leads = queries.leads(request.actor, found)
    form = BetweenForm(request.GET or None)
    between = form.between(request.actor.zone, request.at)
    slots = []
    if leads and found.state in ("owed", "placed"):
        agents = [found.agent_id]
        slots = queries.cheap_slots(agents, found.minutes, between, actor=request.actor, without=found.pk)
    context = {
        "session": found,
        "mine": mine,
        "leads": leads,
        "slots": slots,
        "slot_columns": SLOT_COLUMNS,
        "slots_note": _(
            "Within published shifts, %(first)s – %(last)s; callers are what that time is expected to cost. "
            "A price is an average over all people of a queue."
        )
        % {"first": day_words(between.start), "last": day_words(between.end - timedelta(seconds=1))},
        "pairs": queries.facts(found),
        "answer_form": AnswerForm(),
        "due_form": DueForm(),
    }
    return render(request, "offphone/session.html", context)


@page(P.LEAD, methods=("POST",))
def place(request: Request, session_id: int) -> HttpResponse:
    queries.the_session(request.actor, session_id, P.LEAD)  # what is out of sight is not found, whatever was sent
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.place(session_id=session_id, **form.cleaned_data, by=request.actor, at=request.at)
    return redirect("offphone:session", session_id)


@page(P.LEAD, methods=("POST",))
def grant(request: Request, session_id: int) -> HttpResponse:
    queries.the_session(request.actor, session_id, P.LEAD)
    form = DueForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    due = form.due_at(request.actor.zone)
    services.grant(session_id=session_id, due=due, by=request.actor, at=request.at)
    return redirect("offphone:session", session_id)


@page(P.LEAD, methods=("POST",))
def decline(request: Request, session_id: int) -> HttpResponse:
    answer = request.POST.get("answer", "")
    services.decline(session_id=session_id, answer=answer, by=request.actor, at=request.at)
    return redirect("offphone:session", session_id)


@page(P.LEAD, methods=("POST",))
def lose(request: Request, session_id: int) -> HttpResponse:
    answer = request.POST.get("answer", "")
    services.lose(session_id=session_id, answer=answer, by=request.actor, at=request.at)
    return redirect("offphone:session", session_id)


@page(P.SEE, methods=("POST",))
def deliver(request: Request, session_id: int) -> HttpResponse:
    services.deliver(session_id=session_id, by=request.actor, at=request.at)
    return redirect("offphone:session", session_id)


@page(P.SEE, methods=("POST",))
def let_go(request: Request, session_id: int) -> HttpResponse:
    why = request.POST.get("answer", "")
    services.let_go(session_id=session_id, why=why, by=request.actor, at=request.at)
    return redirect("offphone:session", session_id)


@page(P.BUDGET, methods=("GET", "POST"))
def budget(request: Request, site_id: int) -> HttpResponse:
    """What a site plans off the phones, beside what is owed in the weeks to come."""
    site = people.the_site(request.actor, site_id, P.BUDGET)
    plan = queries.plan_of(queries.visible_budgets(request.actor).filter(site=site).first())
    form = BudgetForm(request.POST or None, initial=asdict(plan))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_budget(site_id=site.pk, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, gettext("What %(site)s plans is kept.") % {"site": site.name})
            return redirect("offphone:budget", site.pk)
        except services.TrainingWithoutWeeks as refused:
            form.add_error(None, str(refused))
    context = {
        "site": site,
        "form": form,
        "weeks": queries.budget_weeks(site, plan, request.at),
        "share": queries.shares_of_paid_time([site.pk], request.at.date()).get(site.pk, 0.0),
        "columns": WEEK_COLUMNS,
    }
    return render(request, "offphone/budget.html", context, status=422 if form.errors else 200)
