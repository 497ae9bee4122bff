"""Rows of the workforce."""

from __future__ import annotations

from datetime import date

from floorwalker.apps.people.models import (
    Agent,
    AgentDayOff,
    AgentName,
    AgentSkill,
    Client,
    PeopleImport,
    TeamMembership,
)
from tests.factories import Planted, Where
from tests.people import NOW, World


def make_agent(world: World, where: Where, marker: str) -> Agent:
    where.agent.name = where.agent.number = marker
    where.agent.save(update_fields=["name", "number"])
    return where.agent


def make_agentskill(world: World, where: Where, marker: str) -> AgentSkill:
    return AgentSkill.objects.create(
        agent=where.agent, skill=world.sales, level=3, proof=marker, proven_on=date(2026, 1, 5)
    )


def make_agentname(world: World, where: Where, marker: str) -> AgentName:
    return AgentName.objects.create(
        agent=where.agent, system=marker, external_id=marker, days=(where.agent.started_on, None)
    )


def make_agentdayoff(world: World, where: Where, marker: str) -> AgentDayOff:
    return AgentDayOff.objects.create(agent=where.agent, day=date(2026, 12, 24))


def make_teammembership(world: World, where: Where, marker: str) -> TeamMembership:
    return where.agent.memberships.get()


def make_team(world: World, where: Where, marker: str) -> Planted:
    """The team itself, which belongs to everybody in it."""
    where.team.name = marker
    where.team.save(update_fields=["name"])
    return Planted(where.team, users=frozenset(where.team.agents.values_list("user_id", flat=True)))


def make_site(world: World, where: Where, marker: str) -> Planted:
    """The site itself, which belongs to everybody in its teams."""
    where.site.name = marker
    where.site.save(update_fields=["name"])
    teams = where.site.teams.all()
    users = Agent.objects.filter(team__in=teams).values_list("user_id", flat=True)
    return Planted(where.site, users=frozenset(users), teams=frozenset(teams.values_list("pk", flat=True)))


def make_client(world: World, where: Where, marker: str) -> Client:
    where.client.name = marker
    where.client.save(update_fields=["name"])
    return where.client


def make_peopleimport(world: World, where: Where, marker: str) -> PeopleImport:
    return PeopleImport.objects.create(
        user=where.user,
        file_name=marker,
        uploaded_at=NOW,
        columns=["id"],
        rows=[[2, ["A001"]]],
        mapping={"id": "number"},
    )


VALUES = {
    "manual_page": lambda world: "plan-a-week",
    "skill_id": lambda world: world.service.pk,
    "leavingreason_id": lambda world: world.reason.pk,
    "kind": lambda world: "csv",
}
