"""The list of agents and the facts about one."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.people import forms, queries, services
from floorwalker.apps.people.directories import CLIENTS, LEAVING_REASONS, SITES, SKILLS, TEAMS
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.files.downloads import response
from floorwalker.kernel.files.exports import csv_chunks, xlsx_bytes
from floorwalker.kernel.files.signed import purpose, signed
from floorwalker.kernel.look import Change, Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of

ROWS = 50
SORTS = {"name": "name", "number": "number", "team": "team__name", "since": "started_on"}


def columns() -> list[Column]:
    return [
        Column("name", _("Name"), sortable=True),
        Column("number", _("Number"), sortable=True),
        Column("team", _("Team"), sortable=True),
        Column("site", _("Site")),
        Column("skills", _("Skills")),
        Column("engagement", _("Engagement")),
        Column("since", _("Since"), sortable=True),
    ]


def tabs(actor: Actor) -> list[Tab]:
    """The rooms of the workforce that open for this actor."""
    return [
        Tab(_("Agents"), reverse("people:agents"), current=True),
        *(
            Tab(each.title, reverse(f"people:{each.key}"))
            for each in (TEAMS, SITES, SKILLS, CLIENTS, LEAVING_REASONS)
            if actor.may(each.see)
        ),
    ]


@page(P.SEE_AGENTS)
def agents(request: Request) -> HttpResponse:
    """Everybody in sight; who sees only themselves is led to their own page."""
    if not request.actor.sight(P.SEE_AGENTS).beyond_own:
        return redirect("people:me")
    form = forms.FilterForm(request.GET, offered=queries.choices(request.actor))
    rows = queries.agents_in(request.actor, form.wanted(), request.actor.today(request.at))
    sort = request.GET.get("sort", "name")
    order = SORTS.get(sort.removeprefix("-"), "name")
    shown = page_of(
        queries.with_skills(rows),
        (f"-{order}" if sort.startswith("-") else order,),
        **cursors(request.GET),
        limit=ROWS,
        counted=True,
    )
    values = {
        "form": form,
        "shown": shown,
        "columns": columns(),
        "csv_url": f"{reverse('people:export', args=['csv'])}?{request.GET.urlencode()}",
        "may_keep": request.actor.may(P.KEEP_AGENTS),
        "tabs": tabs(request.actor),
    }
    return render(request, "people/agents.html", values)


@page(P.SEE_AGENTS)
def export(request: Request, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The list as it is narrowed down, as a file that can be imported again."""
    form = forms.FilterForm(request.GET, offered=queries.choices(request.actor))
    wanted = form.wanted()
    rows = queries.agents_in(request.actor, wanted, request.actor.today(request.at))
    why, by, at = purpose(request.GET), request.actor, request.at
    services.note_export(kind=kind, people=rows.count(), wanted=asdict(wanted), why=why, by=by, at=at)
    lines = queries.export_rows(rows, request.actor.today(request.at))
    table = signed(queries.EXPORTED, lines, by=by, at=at, why=why)
    content = csv_chunks(*table) if kind == "csv" else xlsx_bytes(*table)
    return response(f"people.{kind}", content)


@page(P.SEE_AGENTS)
def me(request: Request) -> HttpResponse:
    """One's own page."""
    mine = queries.agent_of(request.actor)
    return redirect("people:agent", agent_id=mine.pk) if mine else render(request, "people/nobody.html")


@page(P.KEEP_AGENTS, methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Somebody new."""
    form = forms.NewAgentForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            agent = services.add_agent(team_id=values.pop("team").pk, **values, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is added.") % {"name": agent.name})
            return redirect("people:agent", agent_id=agent.pk)
    return render(request, "people/new.html", {"form": form}, status=422 if form.errors else 200)


@page(P.KEEP_AGENTS, methods=("GET", "POST"))
def edit(request: Request, agent_id: int) -> HttpResponse:
    """Facts about an agent; who was slower sees what the other one wrote."""
    agent = queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)
    form = forms.AgentForm(request.POST or None, instance=agent, initial={"version": agent.version})
    mine: list[Change] = []
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        version = changes.pop("version")
        try:
            services.change_agent(
                agent_id=agent_id, version=version, changes=changes, by=request.actor, at=request.at
            )
        except Stale:
            agent = queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)
            mine = [
                Change(form.fields[name].label, getattr(agent, name), changes[name])
                for name in changes
                if changes[name] != getattr(agent, name)
            ]
            form = forms.AgentForm(instance=agent, initial={"version": agent.version})
            return render(
                request,
                "people/edit.html",
                {"agent": agent, "form": form, "mine": mine, "stale": True},
                status=409,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your changes are kept."))
            return redirect("people:agent", agent_id=agent_id)
    shown = queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)  # the form has written into the other one
    return render(request, "people/edit.html", {"agent": shown, "form": form}, status=422 if form.errors else 200)
