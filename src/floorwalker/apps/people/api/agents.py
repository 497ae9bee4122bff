"""Agents: who they are, their contract, their team and their sign-in, for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.people import queries, services
from floorwalker.apps.people.api.router import router
from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.api import In, Out, Page, Paging, operation, verb
from floorwalker.kernel.pages import Request


class AgentOut(Out):
    id: int
    number: str = Field(description="What your files call the agent; unique.")
    name: str
    team_id: int
    site_id: int = Field(alias="team.site_id")
    engagement: str
    workplace: str = Field(description="Where they usually work: on_site, home or both; empty: not said.")
    zone: str = Field(description="Empty: the zone of the site.")
    least_hours: Decimal
    most_hours: Decimal
    most_days: int
    least_rest_hours: Decimal
    most_days_in_a_row: int
    available: str = Field(description="Times of day they can work, like 07:00-16:00; empty: any.")
    started_on: date
    left_on: date | None
    version: int = Field(description="Send it back with a change; an older one answers 409.")


class AgentFilter(In):
    q: str = Field("", max_length=100, description="Words of the name, the number, or a name in another system.")
    team_id: int | None = None
    site_id: int | None = None
    skill_id: int | None = None
    state: Literal["here", "left", "all"] = "here"


class AgentFields(In):
    name: str = Field(min_length=1, max_length=200)
    number: str = Field(min_length=1, max_length=40)
    engagement: Agent.Engagement = Agent.Engagement.EMPLOYEE
    workplace: Literal["", "on_site", "home", "both"] = ""
    zone: str = Field("", max_length=64)
    least_hours: Decimal = Field(Decimal(0), ge=0, le=168, decimal_places=1)
    most_hours: Decimal = Field(Decimal(40), ge=0, le=168, decimal_places=1)
    most_days: int = Field(5, ge=1, le=7)
    least_rest_hours: Decimal = Field(Decimal(11), ge=0, le=168, decimal_places=1)
    most_days_in_a_row: int = Field(6, ge=1, le=31)
    available: str = Field("", max_length=200)
    started_on: date


class NewAgent(AgentFields):
    team_id: int


class AgentChange(In):
    """Only what is sent is changed."""

    version: int
    name: str | None = Field(None, min_length=1, max_length=200)
    number: str | None = Field(None, min_length=1, max_length=40)
    engagement: Agent.Engagement | None = None
    workplace: Literal["", "on_site", "home", "both"] | None = None
    zone: str | None = Field(None, max_length=64)
    least_hours: Decimal | None = Field(None, ge=0, le=168, decimal_places=1)
    most_hours: Decimal | None = Field(None, ge=0, le=168, decimal_places=1)
    most_days: int | None = Field(None, ge=1, le=7)
    least_rest_hours: Decimal | None = Field(None, ge=0, le=168, decimal_places=1)
    most_days_in_a_row: int | None = Field(None, ge=1, le=31)
    available: str | None = Field(None, max_length=200)
    started_on: date | None = None


class Move(In):
    version: int
    team_id: int
    on: date = Field(description="The first day in the new team; not in the future.")


class Leaving(In):
    version: int
    left_on: date
    reason_id: int


class Version(In):
    version: int


class SignInIn(In):
    email: str | None = Field(max_length=254, description="Where they were invited; nothing: no sign-in.")


@operation(router, "get", "/agents", P.SEE_AGENTS, response=Page[AgentOut], summary=_("Agents in sight"))
def list_agents(request: Request, wanted: Query[AgentFilter], paging: Query[Paging]) -> Any:
    """By name."""
    found = queries.Wanted(wanted.q, wanted.team_id, wanted.site_id, wanted.skill_id, "", wanted.state)
    return paging.of(queries.agents_in(request.actor, found, request.actor.today(request.at)), "name")


verb(
    router,
    "post",
    "/agents",
    P.KEEP_AGENTS,
    does=services.add_agent,
    takes=NewAgent,
    response=AgentOut,
    status=201,
    summary=_("Add an agent"),
)


@operation(router, "get", "/agents/{int:agent_id}", P.SEE_AGENTS, response=AgentOut, summary=_("An agent"))
def get_agent(request: Request, agent_id: int) -> Any:
    agent = queries.the_agent(request.actor, agent_id)
    audit.seen(by=request.actor, about=("people.agent", agent.pk), person=agent.user_id, at=request.at)
    return agent


@operation(
    router, "patch", "/agents/{int:agent_id}", P.KEEP_AGENTS, response=AgentOut, summary=_("Change an agent")
)
def change_agent(request: Request, agent_id: int, payload: AgentChange) -> Any:
    """Only the fields sent; the number of the version read must still hold."""
    changes = {name: value for name, value in payload.dict(exclude_unset=True).items() if value is not None}
    version = changes.pop("version")
    return services.change_agent(
        agent_id=agent_id, version=version, changes=changes, by=request.actor, at=request.at
    )


verb(
    router,
    "post",
    "/agents/{int:agent_id}/move",
    P.KEEP_AGENTS,
    does=services.move_agent,
    takes=Move,
    response=AgentOut,
    summary=_("Move to a team"),
)


verb(
    router,
    "post",
    "/agents/{int:agent_id}/leave",
    P.KEEP_AGENTS,
    does=services.record_leaving,
    takes=Leaving,
    response=AgentOut,
    summary=_("Record leaving"),
    about="The last day and why; the rights of their user end with it.",
)


verb(
    router,
    "post",
    "/agents/{int:agent_id}/return",
    P.KEEP_AGENTS,
    does=services.undo_leaving,
    takes=Version,
    response=AgentOut,
    summary=_("Take leaving back"),
)


verb(
    router,
    "put",
    "/agents/{int:agent_id}/sign-in",
    P.KEEP_AGENTS,
    does=services.link_user,
    takes=SignInIn,
    response=AgentOut,
    summary=_("Say with which address an agent signs in"),
)
