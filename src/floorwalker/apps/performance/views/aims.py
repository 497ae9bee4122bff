"""What the centre aims for, what teams do for it, and small roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.performance import queries, services, words
from floorwalker.apps.performance.forms import AimForm, AnswerForm, EndAimForm, RoleForm, TeamGoalForm
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.errors import Invalid, Refused
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors


@page(P.SEE_AIMS)
def aims(request: Request) -> HttpResponse:
    """Every line of sight: from what the centre aims for to the teams."""
    found = queries.aims(request.actor, **cursors(request.GET))
    context = {
        "found": found,
        "lines": [(each, words.aim_words(each.aim)) for each in queries.lines(request.actor, found.items)],
        "open": queries.open_aims(request.actor),
        "may_keep": request.actor.may(P.KEEP_AIMS),
    }
    return render(request, "performance/aims.html", context)


@page(P.KEEP_AIMS, methods=("GET", "POST"))
def new_aim(request: Request) -> HttpResponse:
    form = AimForm(
        request.POST or None,
        sites=[(each.pk, each.name) for each in queries.sites_to_aim(request.actor)],
        clients=[(each.pk, each.name) for each in queries.clients_to_aim(request.actor)],
        house=request.actor.sight(P.KEEP_AIMS).everything,
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = services.set_aim(**form.values(), by=request.actor, at=request.at)
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error(None, str(refused))
        else:
            return redirect("performance:aim", found.pk)
    return render(request, "performance/new_aim.html", {"form": form}, status=422 if form.errors else 200)


@page(P.SEE_AIMS)
def aim(request: Request, businessgoal_id: int) -> HttpResponse:
    """One aim, what the teams in sight do for it, and what can be done."""
    actor = request.actor
    found = queries.the_aim(actor, businessgoal_id)
    is_open = found.state == "open"
    teams = [(each.pk, each.name) for each in queries.teams_to_aim(actor, found)] if is_open else []
    client = people.visible_clients(actor).filter(pk=found.client_id).first()
    pairs: list[tuple[Any, Any]] = [
        (_("Seen by"), found.get_measure_display()),
        (_("Target"), words.value_words(found.measure, found.target)),
        (_("Site"), found.site.name if found.site else _("the whole house")),
    ]
    if client:
        pairs.append((_("Client"), client.name))
    if found.answer:
        pairs.append((_("What came of it"), found.answer))
    ending = queries.visible_aims(actor, P.KEEP_AIMS).filter(pk=found.pk).exists() and is_open
    context = {
        "aim": found,
        "said": words.aim_words(found),
        "pairs": pairs,
        "teams": queries.lines(actor, [found])[0].teams,
        "team_form": TeamGoalForm(teams=teams) if teams else None,
        "may_end": ending,
        "end_form": EndAimForm(),
        "may_end_team": set(queries.visible_team_goals(actor, P.KEEP_TEAM_AIMS).values_list("pk", flat=True)),
        "history": audit.history(("performance.aim", found.pk)),
    }
    return render(request, "performance/aim.html", context)


@page(P.KEEP_AIMS, methods=("POST",))
def end_aim(request: Request, businessgoal_id: int) -> HttpResponse:
    queries.the_aim(request.actor, businessgoal_id, P.KEEP_AIMS)
    form = EndAimForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.end_aim(businessgoal_id=businessgoal_id, **form.cleaned_data, by=request.actor, at=request.at)
    return redirect("performance:aim", businessgoal_id)


@page(P.SEE_AIMS, methods=("POST",))
def serve_aim(request: Request, businessgoal_id: int) -> HttpResponse:
    """A team says what it does for the aim; who keeps a team's word is asked by the service."""
    found = queries.the_aim(request.actor, businessgoal_id)
    teams = [(each.pk, each.name) for each in queries.teams_to_aim(request.actor, found)]
    form = TeamGoalForm(request.POST, teams=teams)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.serve_aim(
        businessgoal_id=businessgoal_id,
        team_id=form.cleaned_data["team"],
        words=form.cleaned_data["words"],
        by=request.actor,
        at=request.at,
    )
    return redirect("performance:aim", businessgoal_id)


@page(P.KEEP_TEAM_AIMS, methods=("POST",))
def end_team_goal(request: Request, teamgoal_id: int) -> HttpResponse:
    found = services.end_team_goal(teamgoal_id=teamgoal_id, by=request.actor, at=request.at)
    return redirect("performance:aim", found.serves_id)


@page(P.LEAD, methods=("GET", "POST"))
def give_role(request: Request, agent_id: int) -> HttpResponse:
    agent = queries.the_agent(request.actor, agent_id, P.LEAD)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_role(agent_id=agent_id, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error(None, str(refused))
        else:
            return redirect("performance:agent", agent_id)
    context = {"form": form, "agent": agent}
    return render(request, "performance/give_role.html", context, status=422 if form.errors else 200)


@page(P.SEE_GOALS)
def role(request: Request, responsibility_id: int) -> HttpResponse:
    """One small role."""
    found = queries.the_role(request.actor, responsibility_id)
    context = {
        "role": found,
        "may_end": found.state == "held" and bool(queries.side_of(request.actor, found.agent)),
        "answer_form": AnswerForm(),
        "history": audit.history(("performance.responsibility", found.pk)),
    }
    return render(request, "performance/role.html", context)


@page(P.SET_OWN, P.LEAD, methods=("POST",))
def end_role(request: Request, responsibility_id: int) -> HttpResponse:
    answer = request.POST.get("answer", "")
    try:
        services.end_role(responsibility_id=responsibility_id, answer=answer, by=request.actor, at=request.at)
    except services.AimEnded as refused:
        messages.error(request, str(refused))
    return redirect("performance:role", responsibility_id)
