"""Six weeks of figures of everybody, and in two teams goals in each of their states, an aim and small roles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries, services
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.performance.rules.facts import Told
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.roles import Role

SOURCE = "sample"
DAYS, BEGAN = 42, 28  # days ago: of the first figure, and of the goals that have ended
TEAMS, EACH = 2, 7
SHARE = "first_contact_resolution"
# measure: level, how much people differ, how much days differ, what a day rests on, every how many working days
FIGURES = {
    "quality_score": (81.0, 4.0, 5.0, 1.0, 3),
    SHARE: (0.72, 0.04, 0.03, 30.0, 1),
    "contacts_per_hour": (6.5, 0.5, 0.6, 7.0, 1),
}
BETTER = 0.06  # by which who meets a goal got better


def is_there() -> bool:
    return queries.visible_team_goals(SYSTEM).exists()


@transaction.atomic
def bring(at: datetime) -> None:
    """All of it, or nothing."""
    agents = list(Agent.objects.select_related("team__site", "user").order_by("pk"))
    shown = list(_shown(agents, at))
    better = {team[0].pk for team, _lead in shown}
    facts = [told for agent in agents for told in _figures(agent, agent.pk in better, at)]
    services.tell_days(facts=facts, source=SOURCE, by=SYSTEM, at=at)
    manager = RoleHeld.objects.filter(role=Role.MANAGER).order_by("pk").select_related("user")[0].user
    aim = services.set_aim(
        words="Whoever calls us does not have to call again",
        measure=SHARE,
        target=0.78,
        until=at.date() + timedelta(days=90),
        by=actor_of(manager),
        at=at,
    )
    for team, lead in shown:
        _goals(team, lead, at)
        services.serve_aim(
            businessgoal_id=aim.pk,
            team_id=team[0].team_id,
            words="We ask whether anything is left open before we say goodbye",
            by=lead,
            at=at,
        )
        for agent, title in zip(team[::-1], ("Greeter", "Tip keeper"), strict=False):
            services.give_role(agent_id=agent.pk, title=title, by=lead, at=at)
    services.judge_due(at)
    for goal in queries.visible_goals(SYSTEM).filter(state=Goal.State.MET).select_related("agent__user"):
        _propose(goal.agent, _actor(goal.agent), at, raised_from_id=goal.pk)
    contractor = next((each for each in agents if each.engagement == "contractor" and _long_here(each, at)), None)
    if contractor:
        _propose(contractor, _actor(contractor), at)


def _shown(agents: list[Agent], at: datetime) -> Iterator[tuple[list[Agent], Actor]]:
    """The first of the employees of two teams, with who leads them."""
    by_team: dict[int, list[Agent]] = {}
    for agent in agents:
        if agent.engagement == "employee" and agent.user_id and _long_here(agent, at) and people.leads_of(agent):
            by_team.setdefault(agent.team_id, []).append(agent)
    for team in list(by_team.values())[:TEAMS]:
        lead = User.objects.prefetch_related("roles_held").get(pk=people.leads_of(team[0])[0])
        yield team[:EACH], actor_of(lead)


def _long_here(agent: Agent, at: datetime) -> bool:
    return agent.left_on is None and agent.started_on <= at.date() - timedelta(days=DAYS + 1)


def _figures(agent: Agent, better: bool, at: datetime) -> Iterator[Told]:
    """One agent's working days, the same at every making."""
    chance, today = random.Random(agent.number), queries.today_of(agent, at)
    for measure, (level, between, within, weight, every) in FIGURES.items():
        own = level + chance.gauss(0, between)
        for ago in range(DAYS, 0, -1):
            day = today - timedelta(days=ago)
            value = own + chance.gauss(0, within)
            if measure == SHARE:
                value = min(value + (BETTER if better and ago < BEGAN else 0.0), 1.0)
            elif measure == "quality_score":
                value = min(value, 100.0)
            here = agent.started_on <= day and (agent.left_on is None or day <= agent.left_on)
            if here and day.weekday() < 5 and day.toordinal() % every == 0:
                yield Told(agent.pk, day, measure, round(value, 3), weight, f"{measure}:{day}")


def _goals(team: list[Agent], lead: Actor, at: datetime) -> None:
    """One of each, as far as there are people: met, missed, agreed, proposed by either side, declined, let go."""
    then = at - timedelta(days=BEGAN)
    for place, agent in enumerate(team):
        mine = _actor(agent)
        if place < 2:
            goal = _propose(agent, lead, then, out_of_reach=place == 1, support="Sit beside you for an hour")
            services.agree(goal_id=goal.pk, version=goal.version, by=mine, at=then)
            if place == 0:
                services.give_support(goal_id=goal.pk, by=lead, at=then + timedelta(days=5))
        elif place == 2:
            goal = _propose(agent, mine, at)
            support = "Two contacts listened to together"
            services.agree(goal_id=goal.pk, version=goal.version, support=support, by=lead, at=at)
        elif place == 3:
            _propose(agent, lead, at, support="Shadowing for a morning")
        elif place == 4:
            _propose(agent, mine, at)
        elif place == 5:
            goal = _propose(agent, lead, at)
            services.decline(goal_id=goal.pk, answer="After the holidays, please", by=mine, at=at)
        else:
            goal = _propose(agent, mine, at)
            services.let_go(goal_id=goal.pk, answer="I am changing queues", by=mine, at=at)


def _propose(
    agent: Agent,
    by: Actor,
    at: datetime,
    *,
    out_of_reach: bool = False,
    support: str = "",
    raised_from_id: int | None = None,
) -> Goal:
    today = queries.today_of(agent, at)
    days = queries.days_of(agent.pk, SHARE, today - timedelta(days=BEGAN), today - timedelta(days=1))
    usual = sum(each.value for each in days) / len(days)
    found = min(0.99, usual + (0.15 if out_of_reach else 0.025))
    return services.propose(
        agent_id=agent.pk,
        measure=SHARE,
        target=round(found, 3),
        last_day=today + timedelta(days=BEGAN - 1),
        words="Fewer calls about the same thing",
        support=support,
        raised_from_id=raised_from_id,
        by=by,
        at=at,
    )


def _actor(agent: Agent) -> Actor:
    return actor_of(User.objects.prefetch_related("roles_held").get(pk=agent.user_id))
