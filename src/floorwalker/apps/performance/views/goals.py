"""Goals: all in sight, one with how it stands, a new one by steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.performance import queries, services, words
from floorwalker.apps.performance.forms import AgreeForm, AnswerForm, GoalForm
from floorwalker.apps.performance.models import Goal, MeasureKey
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.rules.goals import DECLINED, LET_GO
from floorwalker.apps.performance.rules.measures import AIMED_AT
from floorwalker.apps.performance.rules.steps import days_needed
from floorwalker.kernel import audit
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column, day_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

COLUMNS = [
    Column("goal", gettext_lazy("Goal")),
    Column("state", gettext_lazy("State")),
    Column("chance", gettext_lazy("Chance by itself"), kind="number"),
    Column("agent", gettext_lazy("Agent")),
]


@page(P.SEE_GOALS)
def goals(request: Request) -> HttpResponse:
    """All goals in sight, the open ones first."""
    services.note_goals(by=request.actor, at=request.at)
    shown = queries.goals(request.actor, **cursors(request.GET))
    own_only = not request.actor.sight(P.SEE_GOALS).beyond_own
    context = {
        "shown": shown,
        "rows": [(each, words.goal_words(each), words.TONES[each.state]) for each in shown.items],
        "columns": COLUMNS[:-1] if own_only else COLUMNS,
        "waiting": queries.waiting_for(request.actor).count(),
        "own_only": own_only,
    }
    return render(request, "performance/goals.html", context)


@page(P.SET_OWN, P.LEAD)
def choose(request: Request, agent_id: int) -> HttpResponse:
    """Which measure a goal is to be for, each with the step that is suggested."""
    agent = queries.the_agent(request.actor, agent_id, P.SEE_GOALS)
    if not queries.side_of(request.actor, agent):
        raise NotFound
    services.note_reading(agent=agent, by=request.actor, at=request.at)
    numbers = queries.numbers_of(request.actor, agent, request.at)
    taken = {goal.measure for goal in queries.open_goals(request.actor, [agent]).get(agent.pk, [])}
    offered = []
    for each in numbers.each:
        step = words.step_words(each.measure, each.found, each.step) if each.found and each.step else ""
        usual = words.baseline_words(each.measure, each.found, each.counted)
        offered.append((each.measure, words.measure_words(each.measure), usual, step, each.measure in taken))
    context = {
        "agent": agent,
        "mine": agent.user_id == request.actor.user_id,
        "offered": offered,
        "theirs": agent.engagement == "contractor" and agent.user_id != request.actor.user_id,
    }
    return render(request, "performance/choose.html", context)


@page(P.SET_OWN, P.LEAD, methods=("GET", "POST"))
def new(request: Request, agent_id: int, measure: str) -> HttpResponse:
    """A goal for a measure; `?raises=` names the one it goes on from."""
    agent = queries.the_agent(request.actor, agent_id, P.SEE_GOALS)
    side = queries.side_of(request.actor, agent)
    if measure not in AIMED_AT or not side:
        raise NotFound
    services.note_reading(agent=agent, by=request.actor, at=request.at)
    numbers = queries.numbers_of(request.actor, agent, request.at)
    number = numbers.of(measure)
    mine = agent.user_id == request.actor.user_id
    first: dict[str, Any] = {}
    if number and number.found and number.step:
        first["target"] = words.shown(measure, number.step.target)
        first["last_day"] = numbers.today + timedelta(days=days_needed(number.found))
    form = GoalForm(request.POST or None, measure=measure, mine=mine, initial=first)
    raises = request.GET.get("raises", "")
    if request.method == "POST" and form.is_valid():
        try:
            found = services.propose(
                agent_id=agent_id,
                measure=measure,
                raised_from_id=int(raises) if raises.isdecimal() else None,
                **form.values(),
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error(None, str(refused))
        else:
            return redirect("performance:goal", found.pk)
    context = {
        "form": form,
        "agent": agent,
        "mine": mine,
        "alone": agent.engagement == "contractor" and mine,
        "title": MeasureKey(measure).label,
        "usual": words.baseline_words(measure, number.found if number else None, number.counted if number else 0),
        "step": words.step_words(measure, number.found, number.step)
        if number and number.found and number.step
        else "",
    }
    return render(request, "performance/new_goal.html", context, status=422 if form.errors else 200)


@page(P.SEE_GOALS)
def goal(request: Request, goal_id: int) -> HttpResponse:
    """One goal: what was agreed, how it stands, what can be done."""
    services.read_goal(goal_id=goal_id, by=request.actor, at=request.at)
    found = queries.goal_page(request.actor, goal_id, request.at)
    each = found.goal
    context = {
        "page": found,
        "goal": each,
        "title": words.goal_words(each),
        "tone": words.TONES[each.state],
        "state_words": words.standing_words(each, found.standing) if found.standing else words.result_words(each),
        "frozen": words.frozen_words(each),
        "pair": words.pair_words(each),
        "pairs": _facts(each),
        "mine": found.side == "agent",
        "agree_form": AgreeForm(lead=found.side == "lead", initial={"version": each.version}),
        "answer_form": AnswerForm(),
        "decline_form": AnswerForm(needed=True),
        "best": words.value_words(each.measure, found.best.value) if found.best else "",
        "raise_url": f"{reverse('performance:new_goal', args=[each.agent_id, each.measure])}?raises={each.pk}",
        # The page itself says what the figures are, in words.
        "history": [replace(line, facts=()) for line in audit.history(("performance.goal", each.pk))],
    }
    return render(request, "performance/goal.html", context)


def _facts(each: Goal) -> list[tuple[Any, Any]]:
    """A goal as pairs of name and value."""
    pairs: list[tuple[Any, Any]] = [
        (_("Whose goal"), each.agent.name),
        (_("Proposed by"), each.get_proposed_by_display()),
    ]
    if each.lead:
        pairs.append((_("Who leads"), each.lead.name))
    if each.words:
        pairs.append((_("Why, and how"), each.words))
    if each.support:
        pairs.append((_("Promised for it"), each.support))
        until = _("open until %(day)s") % {"day": day_words(each.support_by)} if each.support_by else ""
        owed = _("no longer owed") if each.state in (DECLINED, LET_GO) else until
        given = _("given") if each.support_given_at else owed
        pairs.append((_("This support is"), given))
    if each.answer:
        pairs.append((_("Last word"), each.answer))
    return pairs


@page(P.SET_OWN, P.LEAD, methods=("POST",))
def agree(request: Request, goal_id: int) -> HttpResponse:
    found = queries.the_goal(request.actor, goal_id)
    lead = queries.side_of(request.actor, found.agent) == "lead"
    form = AgreeForm(request.POST, lead=lead)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    return _done(request, goal_id, services.agree, **form.cleaned_data)


@page(P.SET_OWN, P.LEAD, methods=("POST",))
def decline(request: Request, goal_id: int) -> HttpResponse:
    return _done(request, goal_id, services.decline, answer=request.POST.get("answer", ""))


@page(P.SET_OWN, P.LEAD, methods=("POST",))
def let_go(request: Request, goal_id: int) -> HttpResponse:
    return _done(request, goal_id, services.let_go, answer=request.POST.get("answer", ""))


@page(P.SET_OWN, P.LEAD, methods=("POST",))
def support(request: Request, goal_id: int) -> HttpResponse:
    return _done(request, goal_id, services.give_support)


def _done(request: Request, goal_id: int, verb: Any, **values: Any) -> HttpResponse:
    """Do it and show the goal; what is refused is said above it."""
    try:
        verb(goal_id=goal_id, **values, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, str(refused))
    return redirect("performance:goal", goal_id)
