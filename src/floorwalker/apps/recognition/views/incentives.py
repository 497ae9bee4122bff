"""Pages of who gives: budgets, giving out of them, incentives."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.people import queries as people
from floorwalker.apps.recognition import forms, queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers

COLUMNS = [
    Column("name", gettext_lazy("Incentive")),
    Column("who", gettext_lazy("For")),
    Column("days", gettext_lazy("Until")),
    Column("paid", gettext_lazy("Paid")),
    Column("state", gettext_lazy("State")),
]
GIVEN_COLUMNS = [
    Column("who", gettext_lazy("To")),
    Column("points", gettext_lazy("Points"), kind="number"),
    Column("why", gettext_lazy("Why")),
    Column("at", gettext_lazy("When")),
    Column("back", ""),
]
BUDGET_COLUMNS = [
    Column("name", gettext_lazy("Budget")),
    Column("owner", gettext_lazy("Who gives")),
    Column("place", gettext_lazy("For")),
    Column("monthly", gettext_lazy("A month"), kind="number"),
    Column("given", gettext_lazy("Given this month"), kind="number"),
    Column("left", gettext_lazy("Left"), kind="number"),
]


@page(P.GIVE)
def incentives(request: Request) -> HttpResponse:
    """One's own budgets, the incentives of one's people, and what can still be taken back."""
    return _all_shown(request)


def _all_shown(request: Request, status: int = 200, **bound: Any) -> HttpResponse:
    found, lines = queries.incentives_page(request.actor, **cursors(request.GET))
    context: dict[str, Any] = {
        "found": found,
        "lines": lines,
        "columns": COLUMNS,
        "budgets": list(queries.my_budgets(request.actor)),
        "keeps": request.actor.may(P.KEEP_BUDGETS),
        "given": queries.given_by_hand(request.actor, request.at),
        "given_columns": GIVEN_COLUMNS,
        "why_form": forms.WhyForm(),
    }
    return render(request, "recognition/incentives.html", context | bound, status=status)


@page(P.CORRECT, methods=("POST",))
def take_back(request: Request, entry_id: int) -> HttpResponse:
    """Points booked by mistake go back where they came from."""
    queries.entry_to_correct(request.actor, entry_id)
    form = forms.WhyForm(request.POST)
    if not form.is_valid():
        return _all_shown(request, status=422, why_form=form)
    services.reverse(entry=entry_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. The agent reads why."))
    return redirect("recognition:incentives")


@page(P.GIVE, methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Write an incentive; it is announced in a second step, when its points are held."""
    budgets = list(queries.my_budgets(request.actor))
    if not budgets:
        return render(request, "recognition/no_budget.html", {"keeps": request.actor.may(P.KEEP_BUDGETS)})
    today = request.actor.today(request.at)
    form = forms.IncentiveForm(request.POST or None, budgets=budgets, initial={"first_day": today})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["budget_id"] = said.pop("budget")
        made = services.plan_incentive(**said, by=request.actor, at=request.at)
        return redirect("recognition:incentive", made.pk)
    return render(request, "recognition/incentive_new.html", {"form": form}, status=422 if form.errors else 200)


@page(P.GIVE, P.POINTS)
def incentive(request: Request, incentive_id: int) -> HttpResponse:
    """One incentive, for whom it is and for who announced it."""
    return _shown(request, incentive_id)


def _shown(request: Request, incentive_id: int, status: int = 200, **bound: Any) -> HttpResponse:
    found = queries.incentive_page(request.actor, incentive_id)
    agents = people.agents_to_pick(queries.agents_to_name(request.actor, found.line.incentive))
    context: dict[str, Any] = {
        "page": found,
        "line": found.line,
        "incentive": found.line.incentive,
        "winner_form": forms.WinnerForm(agents=agents),
        "why_form": forms.WhyForm(),
    }
    return render(request, "recognition/incentive.html", context | bound, status=status)


@page(P.GIVE, methods=("POST",))
def announce(request: Request, incentive_id: int) -> HttpResponse:
    services.announce_incentive(incentive_id=incentive_id, by=request.actor, at=request.at)
    messages.success(request, _("Announced. Its points are held ready, and its people are told."))
    return redirect("recognition:incentive", incentive_id)


@page(P.GIVE, methods=("POST",))
def cancel(request: Request, incentive_id: int) -> HttpResponse:
    services.incentive_of_mine(incentive_id=incentive_id, by=request.actor)
    form = forms.WhyForm(request.POST)
    if not form.is_valid():
        return _shown(request, incentive_id, status=422, why_form=form)
    services.cancel_incentive(incentive_id=incentive_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Called off. What was earned stays; the rest is back in its budget."))
    return redirect("recognition:incentives")


@page(P.GIVE, methods=("GET", "POST"))
def name_winner(request: Request, incentive_id: int) -> HttpResponse:
    """Say who has earned it; they are paid at once."""
    found = services.incentive_of_mine(incentive_id=incentive_id, by=request.actor)
    agents = people.agents_to_pick(queries.agents_to_name(request.actor, found))
    form = forms.WinnerForm(request.POST or None, agents=agents)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        try:
            services.name_winner(
                incentive_id=incentive_id, agent_id=form.cleaned_data["agent"], by=request.actor, at=request.at
            )
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Paid. They are told."))
            return redirect("recognition:incentive", incentive_id)
    return _shown(request, incentive_id, status=422 if form.errors else 200, winner_form=form)


@page(P.GIVE, methods=("POST",))
def finish(request: Request, incentive_id: int) -> HttpResponse:
    services.finish_incentive(incentive_id=incentive_id, by=request.actor, at=request.at)
    messages.success(request, _("Ended, and your promise is kept. What was not needed is back in its budget."))
    return redirect("recognition:incentive", incentive_id)


@page(P.GIVE, methods=("GET", "POST"))
def give(request: Request, budget_id: int) -> HttpResponse:
    """Points for one person, out of one's own budget."""
    budget = services.budget_of_mine(budget_id=budget_id, by=request.actor)
    agents = people.agents_to_pick(queries.agents_to_give(request.actor, budget))
    form = forms.GiveForm(request.POST or None, agents=agents)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["agent_id"] = said.pop("agent")
        try:
            services.give(budget_id=budget_id, **said, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Given. They read it now, with your reason."))
            return redirect("recognition:incentives")
    context = {"form": form, "budget": budget}
    return render(request, "recognition/give.html", context, status=422 if form.errors else 200)


@page(P.KEEP_BUDGETS, methods=("GET", "POST"))
def budgets(request: Request) -> HttpResponse:
    """Who may give how much a month; a new one below."""
    places = queries.teams_to_give(request.actor)
    owners = [(each.pk, each.name) for each in queries.may_own_budgets()]
    form = forms.BudgetForm(request.POST or None, places=places, owners=owners)
    if request.method == "POST" and form.is_valid():
        try:
            services.open_budget(**form.cleaned_data, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Opened and filled for this month."))
            return redirect("recognition:budgets")
    found, lines = queries.budgets_page(request.actor, request.at, **cursors(request.GET))
    context = {
        "found": found,
        "lines": lines,
        "columns": BUDGET_COLUMNS,
        "form": form,
        "leaving_form": forms.LeavingForm(initial={"leaving": queries.policy()}),
    }
    return render(request, "recognition/budgets.html", context, status=422 if form.errors else 200)


@page(P.KEEP_BUDGETS, methods=("GET", "POST"))
def budget(request: Request, budget_id: int) -> HttpResponse:
    """Another name, another number a month, or its end."""
    found = queries.the_budget(request.actor, budget_id, P.KEEP_BUDGETS)
    first = {"name": found.name, "monthly_points": found.monthly_points, "archived": found.archived}
    form = forms.ChangeBudgetForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        services.change_budget(budget_id=budget_id, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Kept."))
        return redirect("recognition:budgets")
    context = {"form": form, "budget": found}
    return render(request, "recognition/budget.html", context, status=422 if form.errors else 200)


@page(P.KEEP_BUDGETS, methods=("POST",))
def leaving(request: Request) -> HttpResponse:
    form = forms.LeavingForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.decide_leaving(**form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Kept. Agents read it on their page of points."))
    return redirect("recognition:budgets")
