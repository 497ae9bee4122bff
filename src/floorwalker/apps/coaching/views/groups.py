"""Group sessions: lists, planning, holding, what came back, and the sheet of an agent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.forms.groups import KINDS, QUESTIONS, end_of
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.apps.learning.services import ActivityQuestionsOpen
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.periods import Period
from floorwalker.kernel.picking import offers

COLUMNS = [
    Column("title", gettext_lazy("Group session")),
    Column("lead", gettext_lazy("Led by")),
    Column("when", gettext_lazy("When")),
    Column("state", gettext_lazy("State")),
]
TEAM_COLUMNS = [Column("team", gettext_lazy("Team")), Column("site", gettext_lazy("Site"))]
MEMBER_COLUMNS = [Column("name", gettext_lazy("Who")), Column("time", gettext_lazy("Time off the phones"))]
SLOT_COLUMNS = [
    Column("time", gettext_lazy("Time")),
    Column("callers", gettext_lazy("Callers it costs")),
    Column("place", ""),
]
ANSWER_COLUMNS = [
    Column("question", gettext_lazy("Question")),
    Column("mean", gettext_lazy("Mean, of 5"), kind="number"),
    *(Column(f"n{n}", str(n), kind="number") for n in range(1, 6)),
]
SLOT_DAYS = timedelta(days=14)


@page(P.SEE_GROUPS)
def groups(request: Request) -> HttpResponse:
    """Those I lead and those I am part of."""
    context = {
        "found": queries.groups(request.actor, **cursors(request.GET)),
        "columns": COLUMNS,
        "leads": request.actor.may(P.LEAD_GROUPS),
    }
    return render(request, "coaching/groups.html", context)


@page(P.LEAD_GROUPS, methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Plan one: first whose team, then what, how long and who."""
    teams = list(queries.teams_to_invite(request.actor))
    given = request.GET.get("team", "")
    team = next((each for each in teams if str(each.pk) == given), teams[0] if len(teams) == 1 else None)
    if team is None:
        if given:
            raise NotFound
        return render(request, "coaching/group_team.html", {"teams": teams, "columns": TEAM_COLUMNS})
    agents = list(queries.agents_to_invite(request.actor, team.pk))
    kind = next((each for each in KINDS if each.key == request.GET.get("kind", "")), None)
    if kind is None:
        raise NotFound
    form = forms.PlanGroupForm(request.POST or None, agents=agents, kind=kind, actor=request.actor)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_group(**form.said(request.actor.zone), by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("coaching:group", made.pk)
    kinds = [(each, each is kind) for each in KINDS]
    context = {"form": form, "team": team, "kinds": kinds, "none_in_force": form.none_in_force}
    return render(request, "coaching/group_new.html", context, status=422 if form.errors else 200)


@page(P.SEE_GROUPS)
def group(request: Request, group_id: int) -> HttpResponse:
    """One group session, as its lead or a member sees it."""
    return shown(request, group_id)


def shown(request: Request, group_id: int, status: int = 200, **bound: Any) -> HttpResponse:
    between = Period(request.at, request.at + SLOT_DAYS)
    found = queries.group_page(request.actor, group_id, between, request.at)
    version = {"version": found.group.version}
    members = [(line.agent.pk, line.agent.name) for line in found.members]
    together = queries.group_activity(request.actor, found.group, request.at)
    context: dict[str, Any] = {
        "page": found,
        "together": together,
        "tips": [
            (tip, forms.ShareTipForm(audiences=together.audiences, team=tip.team, auto_id=f"tip{tip.id}_%s"))
            for tip in (together.tips if together else [])
        ],
        "change_form": forms.ChangeToAgendaForm(initial={"words": together.change if together else ""}),
        "group": found.group,
        "member_columns": MEMBER_COLUMNS,
        "slot_columns": SLOT_COLUMNS,
        "answer_columns": ANSWER_COLUMNS,
        "answers": [(QUESTIONS[key], result) for key, result in (found.results or {}).items()],
        "smallest": rules.SMALLEST,
        "hold_form": forms.HoldGroupForm(members=members, initial=version),
        "close_form": forms.CloseGroupForm(initial=version),
        "cancel_form": forms.CancelGroupForm(initial=version),
        "may_close": found.group.state == "held" and (not found.group.sheets_until or found.group.sheets_in_at),
    }
    return render(request, "coaching/group.html", context | bound, status=status)


@page(P.LEAD_GROUPS, methods=("POST",))
def give_time(request: Request, group_id: int) -> HttpResponse:
    queries.the_group(request.actor, group_id)
    form = forms.TimeForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.give_group_time(group_id=group_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Everybody has that time now."))
    return redirect("coaching:group", group_id)


@page(P.LEAD_GROUPS, methods=("POST",))
def hold(request: Request, group_id: int) -> HttpResponse:
    """It took place."""
    found = queries.the_group(request.actor, group_id)
    members = [(each.agent_id, each.agent.name) for each in found.members.select_related("agent")]
    form = forms.HoldGroupForm(request.POST, members=members)
    if not form.is_valid():
        return shown(request, group_id, 422, hold_form=form)
    given = form.cleaned_data
    services.hold_group(
        group_id=group_id, absent_ids=given["absent"], version=given["version"], by=request.actor, at=request.at
    )
    return redirect("coaching:group", group_id)


@page(P.LEAD_GROUPS, methods=("POST",))
def close(request: Request, group_id: int) -> HttpResponse:
    """What will change, and by when."""
    queries.the_group(request.actor, group_id)
    form = forms.CloseGroupForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.close_group(
                group_id=group_id,
                outcome=given["outcome"],
                outcome_due=end_of(given["due"], request.actor.zone),
                version=given["version"],
                by=request.actor,
                at=request.at,
            )
        except (services.OutcomeMissing, ActivityQuestionsOpen) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("coaching:group", group_id)
    return shown(request, group_id, 422, close_form=form)


@page(P.LEAD_GROUPS, methods=("POST",))
def cancel(request: Request, group_id: int) -> HttpResponse:
    queries.the_group(request.actor, group_id)
    form = forms.CancelGroupForm(request.POST)
    if not form.is_valid():
        return shown(request, group_id, 422, cancel_form=form)
    services.cancel_group(group_id=group_id, **form.cleaned_data, by=request.actor, at=request.at)
    return redirect("coaching:group", group_id)


@page(P.LEAD_GROUPS, methods=("POST",))
def kept(request: Request, group_id: int) -> HttpResponse:
    """What was promised has changed."""
    queries.the_group(request.actor, group_id)
    form = forms.VersionForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.keep_group_word(
        group_id=group_id, version=form.cleaned_data["version"], by=request.actor, at=request.at
    )
    return redirect("coaching:group", group_id)


@page(P.SEE_GROUPS, methods=("GET", "POST"))
def sheet(request: Request, group_id: int) -> HttpResponse:
    """My sheet. No message afterwards: it would be kept in the session, beside the hour."""
    found = queries.the_group(request.actor, group_id)
    is_open = queries.may_return(request.actor, found, request.at)
    form = forms.SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.return_sheet(group_id=group_id, **form.said(), by=request.actor, at=request.at)
        except (services.DelicateWords, services.SheetNotFilled) as refusal:
            form.refused(refusal)
        else:
            return redirect("coaching:sheet", group_id)
    context = {"group": found, "form": form, "open": is_open, "smallest": rules.SMALLEST}
    return render(request, "coaching/sheet.html", context, status=422 if form.errors else 200)
