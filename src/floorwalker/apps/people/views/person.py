"""One agent's page and its verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.people import forms, queries, services
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.pages import Request, page


@page(P.SEE_AGENTS)
def agent(request: Request, agent_id: int) -> HttpResponse:
    """Who they are, where they belong, what they can do, what others call them, what was changed.

    Opened by somebody else, that is written down, for the agent and the auditor to read.
    """
    found = queries.the_agent(request.actor, agent_id)
    audit.seen(by=request.actor, about=("people.agent", found.pk), person=found.user_id, at=request.at)
    return _shown(request, agent_id)


def _shown(request: Request, agent_id: int, **tried: django_forms.Form) -> HttpResponse:
    """The page; a form that was refused stands in it as it was filled in."""
    shown = queries.agent_page(request.actor, agent_id, request.actor.today(request.at))
    version = {"version": shown.agent.version}
    values: dict[str, Any] = {"page": shown, "agent": shown.agent, "history": queries.history(shown)}
    values["beside"] = queries.beside(request.actor, shown.agent)
    today = {
        "initial": {
            "since": request.actor.today(request.at),
            "on": request.actor.today(request.at),
            "left_on": request.actor.today(request.at),
        }
        | version
    }
    if shown.may_keep:
        values["move"] = forms.MoveForm(actor=request.actor, agent=shown.agent, **today)
        values["leave"] = forms.LeaveForm(actor=request.actor, **today)
        values["name"] = forms.NameForm(**today)
        values["sign_in"] = forms.SignInForm()
    if shown.may_say_skills:
        values["skill"] = forms.SkillForm(actor=request.actor)
    return render(request, "people/agent.html", values | tried, status=422 if tried else 200)


def _tried(
    request: Request, agent_id: int, key: str, form: django_forms.Form, verb: Callable[..., Any], done: str
) -> HttpResponse:
    """Try a verb with what a form holds: done, or the page again with the reason beside the form."""
    if form.is_valid():
        try:
            verb(
                **{name: _plain(value) for name, value in form.cleaned_data.items()},
                by=request.actor,
                at=request.at,
            )
        except NotFound:
            raise
        except Refused as refused:
            if refused.status == 409 and key != "name":
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("people:agent", agent_id=agent_id)
    return _shown(request, agent_id, **{key: form})


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


@page(P.KEEP_AGENTS, methods=("POST",))
def move(request: Request, agent_id: int) -> HttpResponse:
    found = queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)
    form = forms.MoveForm(request.POST, actor=request.actor, agent=found)

    def verb(*, team: int, **more: Any) -> None:
        services.move_agent(agent_id=agent_id, team_id=team, **more)

    return _tried(request, agent_id, "move", form, verb, _("The move is entered."))


@page(P.KEEP_AGENTS, methods=("POST",))
def leave(request: Request, agent_id: int) -> HttpResponse:
    queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)
    form = forms.LeaveForm(request.POST, actor=request.actor)

    def verb(*, reason: int, **more: Any) -> None:
        services.record_leaving(agent_id=agent_id, reason_id=reason, **more)

    return _tried(
        request, agent_id, "leave", form, verb, _("Leaving is recorded. It can be taken back on this page.")
    )


@page(P.KEEP_AGENTS, methods=("POST",))
def sign_in(request: Request, agent_id: int) -> HttpResponse:
    queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)
    form = forms.SignInForm(request.POST)

    def verb(**more: Any) -> None:
        services.link_user(agent_id=agent_id, **more)

    return _tried(request, agent_id, "sign_in", form, verb, _("Their sign-in is kept."))


@page(P.KEEP_AGENTS, methods=("POST",))
def undo_leaving(request: Request, agent_id: int) -> HttpResponse:
    found = queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)
    services.undo_leaving(agent_id=agent_id, version=found.version, by=request.actor, at=request.at)
    messages.success(request, _("%(name)s is here again.") % {"name": found.name})
    return redirect("people:agent", agent_id=agent_id)


@page(P.KEEP_SKILLS, methods=("POST",))
def set_skill(request: Request, agent_id: int) -> HttpResponse:
    queries.the_agent(request.actor, agent_id, P.KEEP_SKILLS)
    form = forms.SkillForm(request.POST, actor=request.actor)

    def verb(*, skill: int, **more: Any) -> None:
        services.set_skill(agent_id=agent_id, skill_id=skill, **more)

    return _tried(request, agent_id, "skill", form, verb, _("The skill is kept."))


@page(P.KEEP_SKILLS, methods=("POST",))
def drop_skill(request: Request, agent_id: int, skill_id: int) -> HttpResponse:
    services.drop_skill(agent_id=agent_id, skill_id=skill_id, by=request.actor, at=request.at)
    messages.success(request, _("The skill is dropped."))
    return redirect("people:agent", agent_id=agent_id)


@page(P.KEEP_AGENTS, methods=("POST",))
def add_name(request: Request, agent_id: int) -> HttpResponse:
    queries.the_agent(request.actor, agent_id, P.KEEP_AGENTS)
    form = forms.NameForm(request.POST)

    def verb(**more: Any) -> None:
        services.add_name(agent_id=agent_id, **more)

    return _tried(request, agent_id, "name", form, verb, _("The name is kept."))


@page(P.KEEP_AGENTS, methods=("POST",))
def end_name(request: Request, name_id: int) -> HttpResponse:
    """From today on it is nobody's."""
    row = services.end_name(
        name_id=name_id, until=request.actor.today(request.at), by=request.actor, at=request.at
    )
    messages.success(request, _("The name is ended."))
    return redirect("people:agent", agent_id=row.agent_id)
