"""One's own numbers, those of an agent one leads, of a team, and the sums of teams."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries, services, words
from floorwalker.apps.performance.forms import TeamForm
from floorwalker.apps.performance.models import MeasureKey
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.views.cards import cards_of
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_bytes, csv_chunks
from floorwalker.kernel.files.signed import purpose, signed
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

EXPORTED = ["agent", "day", "measure", "value", "weight", "source", "state", "told_at"]
SUM_COLUMNS = [
    Column("team", gettext_lazy("Team")),
    Column("measure", gettext_lazy("Measure")),
    Column("agents", gettext_lazy("Agents"), kind="number"),
    Column("mean", gettext_lazy("Last four weeks"), kind="number"),
    Column("before", gettext_lazy("Four weeks before"), kind="number"),
]


@page(P.SEE)
def mine(request: Request) -> HttpResponse:
    """One's own numbers, on the phone first; who is no agent is led to the team."""
    agent = people.agent_of(request.actor)
    if agent is None or not request.actor.sight(P.SEE).own:
        return redirect("performance:team")
    return _numbers(request, agent, mine=True)


@page(P.SEE)
def agent(request: Request, agent_id: int) -> HttpResponse:
    """The numbers of an agent in sight."""
    found = queries.the_agent(request.actor, agent_id)
    services.note_reading(agent=found, by=request.actor, at=request.at)
    return _numbers(request, found, mine=found.user_id == request.actor.user_id)


def _numbers(request: Request, found: Agent, *, mine: bool) -> HttpResponse:
    numbers = queries.numbers_of(request.actor, found, request.at)
    open_goals = queries.open_goals(request.actor, [found]).get(found.pk, [])
    employee = found.engagement == Agent.Engagement.EMPLOYEE
    context = {
        "agent": found,
        "mine": mine,
        "numbers": numbers,
        "cards": cards_of(numbers, queries.why_it_matters(request.actor, found)),
        "roles": queries.roles_of(request.actor, [found]).get(found.pk, []),
        "gives_roles": employee and queries.leads(request.actor, found),
        "goals": [(each, words.goal_words(each), words.TONES[each.state]) for each in open_goals],
        "bests": [words.personal_best_words(each) for each in queries.bests(request.actor, found)],
        "may_set": bool(numbers.each) and (mine or (employee and queries.leads(request.actor, found))),
        "sees_goals": request.actor.may(P.SEE_GOALS),
        "csv_url": reverse("performance:days_csv", args=[found.pk]),
    }
    return render(request, "performance/numbers.html", context)


@page(P.SEE)
def days_csv(request: Request, agent_id: int) -> HttpResponse | StreamingHttpResponse:
    """Every figure of an agent, those a correction has replaced named."""
    found = queries.the_agent(request.actor, agent_id)
    rows = queries.visible_agent_days(request.actor).filter(agent=found)
    why = purpose(request.GET)
    services.note_export(agent=found, rows=rows.count(), why=why, by=request.actor, at=request.at)
    table = signed(EXPORTED, queries.day_rows(rows), by=request.actor, at=request.at, why=why)
    return response(f"figures {found.number}.csv", csv_chunks(*table))


@page(P.SEE, P.SEE_SUMS)
def team(request: Request) -> HttpResponse:
    """The people one leads, by name; who sees only sums is led to them, who sees only themselves to themselves."""
    actor = request.actor
    if not actor.sight(P.SEE).beyond_own:
        return redirect("performance:sums" if actor.may(P.SEE_SUMS) else "performance:mine")
    services.note_team(by=actor, at=request.at)
    teams = [(each.pk, each.name) for each in queries.teams_led(actor)]
    form = TeamForm(request.GET, teams=teams)
    shown, members = queries.members(actor, form.wanted(), request.at, **cursors(request.GET))
    measures = [key for key in MeasureKey.values if any(key in each.days for each in members)]
    open_goals = queries.open_goals(actor, [each.agent for each in members])
    context = {
        "form": form,
        "shown": shown,
        "columns": [
            Column("name", _("Agent")),
            Column("goal", _("Open goals")),
            *(Column(key, words.measure_words(key)) for key in measures),
        ],
        "rows": [
            (each.agent, open_goals.get(each.agent.pk, []), [_cell(each, key) for key in measures])
            for each in members
        ],
        "measures": measures,
        "many": len(teams) > 1,
        "leads": actor.may(P.SEE_GOALS),
        "new": queries.new_without_role(actor, request.at.date()),
        "tells": actor.may(P.IMPORT),
    }
    return render(request, "performance/team.html", context)


def _cell(member: queries.Member, key: str) -> tuple[str, str]:
    """A figure and what it rests on; too few days say so."""
    found, days = member.found.get(key), member.days.get(key, 0)
    if found is None:
        return (_("too few to tell"), _("%(n)d days") % {"n": days}) if days else ("–", "")
    spread = words.range_words(key, found.low, found.high)
    return words.value_words(key, found.mean), _("%(range)s, %(n)d days") % {"range": spread, "n": days}


@page(P.SEE_SUMS)
def sums(request: Request) -> HttpResponse:
    """Teams of five or more; nobody's own figures."""
    found = queries.team_sums(request.actor, request.at)
    context = {"columns": SUM_COLUMNS, "rows": [(each, *_said(each)) for each in found]}
    return render(request, "performance/sums.html", context)


@page(P.SEE_SUMS)
def sums_csv(request: Request) -> HttpResponse:
    """The same as a file."""
    rows = [
        [each.site, each.team, each.measure, each.agents, each.mean, each.before]
        for each in queries.team_sums(request.actor, request.at)
        if not each.silent
    ]
    return response("teams.csv", csv_bytes(["site", "team", "measure", "agents", "mean", "before"], rows))


def _said(each: queries.TeamSum) -> tuple[str, str, str]:
    mean = _("fewer than five agents") if each.silent else words.value_words(each.measure, each.mean)
    return words.measure_words(each.measure), mean, words.value_words(each.measure, each.before)
