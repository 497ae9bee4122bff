"""Rows of performance for the tests of access."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import (
    AgentDay,
    BusinessGoal,
    FactFile,
    Goal,
    PersonalBest,
    Responsibility,
    TeamGoal,
)
from tests.factories import Planted, Where
from tests.people import NOW, World


def make_agentday(world: World, where: Where, marker: str) -> AgentDay:
    return AgentDay.objects.create(
        agent=where.agent,
        day=date(2025, 12, 3),
        measure="quality_score",
        value=82.0,
        weight=2.0,
        source=marker,
        key=marker,
        told_at=NOW,
    )


def make_factfile(world: World, where: Where, marker: str) -> FactFile:
    return FactFile.objects.create(
        user=where.user,
        file_name=marker,
        system=marker,
        uploaded_at=NOW,
        rows=[[2, ["A001", "2026-03-02", "quality_score", "82", "1"]]],
    )


def make_goal(world: World, where: Where, marker: str) -> Goal:
    return Goal.objects.create(
        agent=where.agent,
        measure="quality_score",
        target=85.0,
        last_day=date(2026, 4, 30),
        baseline_mean=80.0,
        baseline_low=78.0,
        baseline_high=82.0,
        baseline_days=20,
        baseline_span=28,
        probability=0.3,
        state=Goal.State.DECLINED,
        words=marker,
        answer=marker,
        support=marker,
        support_by=date(2026, 4, 1),
        lead=where.user,
        proposed_by="lead",
        proposed_at=NOW,
        agreed_by_lead_at=NOW,
        ended_at=NOW,
    )


def make_personalbest(world: World, where: Where, marker: str) -> PersonalBest:
    return PersonalBest.objects.create(
        agent=where.agent,
        goal=Goal.objects.filter(agent=where.agent).earliest("pk"),
        measure="quality_score",
        value=86.0,
        days=12,
        first=date(2026, 1, 5),
        last=date(2026, 2, 5),
        at=NOW,
    )


def make_businessgoal(world: World, where: Where, marker: str) -> Planted:
    """An aim of a site, which belongs to everybody in its teams."""
    aim = BusinessGoal.objects.create(
        words=marker,
        measure="quality_score",
        target=85.0,
        until=date(2026, 12, 24),
        site=where.site,
        client=where.client,
        owner=where.user,
        state="reached",
        answer=marker,
        made_at=NOW,
        ended_at=NOW,
    )
    teams = where.site.teams.all()
    users = Agent.objects.filter(team__in=teams).values_list("user_id", flat=True)
    return Planted(aim, users=frozenset(users), teams=frozenset(teams.values_list("pk", flat=True)))


def make_teamgoal(world: World, where: Where, marker: str) -> Planted:
    """What a team does, which belongs to everybody in it."""
    aim = BusinessGoal.objects.create(
        words="Fewer call again", measure="conversion", target=0.5, until=date(2026, 12, 24), made_at=NOW
    )
    goal = TeamGoal.objects.create(serves=aim, team=where.team, words=marker, made_at=NOW)
    return Planted(goal, users=frozenset(where.team.agents.values_list("user_id", flat=True)))


def make_responsibility(world: World, where: Where, marker: str) -> Responsibility:
    return Responsibility.objects.create(
        agent=where.agent, title=marker, words=marker, answer=marker, state="ended", given_at=NOW, ended_at=NOW
    )


def _figures(world: World, where: Where) -> dict[str, Any]:
    figure = {"agent_id": where.agent.pk, "day": "2025-12-02", "measure": "conversion", "value": 0.2, "key": "a"}
    return {"source": "switch", "figures": [figure]}


def _goal(world: World, where: Where) -> dict[str, Any]:
    goal = {"measure": "conversion", "target": 0.5, "last_day": "2026-12-24"}
    return {"agent_id": where.agent.pk, **goal}


def _serving(world: World, where: Where) -> dict[str, Any]:
    return {"team_id": where.team.pk, "words": "we call back"}


VALUES: dict[str, Any] = {"measure": lambda world: "quality_score"}
BODIES = {"performance_tell": _figures, "performance_propose_goal": _goal, "performance_serve_aim": _serving}
