"""The arena of a sample: scenarios in force and one being written, a bank of lines, and agents who practise."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Scenario, ScenarioVersion
from floorwalker.apps.learning.rules.flow import Node
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.roles import Role
from floorwalker.project.sample.scenarios import BEING_WRITTEN, IN_FORCE, LINES

PLAYERS = 7  # more than five, so that the counts of the first scenario are open
OWN = "I am sorry. Your neighbour takes it on Thursday; I call you myself any day, it is your choice."


def is_there() -> bool:
    return Scenario.objects.exists()


def bring(at: datetime) -> None:
    """Everything by the verbs people use, in the weeks before."""
    trainer = keeper()
    begun = at - timedelta(days=40)
    services.take_lines(rows=LINES, source="sample", by=trainer, at=begun)
    versions = []
    for name, about, flow in IN_FORCE:
        draft = services.make_scenario(name=name, about=about, flow=flow, by=trainer, at=begun)
        versions.append(services.publish_scenario(version_id=draft.pk, version=1, by=trainer, at=begun))
    name, about, flow = BEING_WRITTEN
    services.make_scenario(name=name, about=about, flow=flow, by=trainer, at=at - timedelta(days=3))
    draw = random.Random(6)
    agents = Agent.objects.filter(user__is_active=True, left_on=None).select_related("user").order_by("pk")
    for place, agent in enumerate(agents[:PLAYERS]):
        for version in versions[: 1 + place % len(versions)]:
            _practise(version, agent, draw, at - timedelta(days=draw.randint(2, 30), minutes=draw.randint(0, 200)))


def _practise(version: ScenarioVersion, agent: Agent, draw: random.Random, at: datetime) -> None:
    if agent.user is None:
        return
    by = actor_of(agent.user)
    play = services.begin_play(version_id=version.pk, agent_id=agent.pk, by=by, at=at)
    number = 1
    while play.state == play.State.PLAYING:
        node = version.flow.node(queries.turns_of(play)[-1].node)
        at += timedelta(seconds=draw.uniform(4, 15))
        play = services.answer(play_id=play.pk, number=number, **_answer(node, draw), by=by, at=at)
        number += 1


def _answer(node: Node | None, draw: random.Random) -> dict[str, str]:
    """Mostly what meets most, at times anything; now and then in own words."""
    if node is None:
        return {"option": ""}
    if node.own_words and draw.random() < 0.5:
        return {"words": OWN}
    best = max(node.options, key=lambda each: len(each.steps))
    return {"option": (best if draw.random() < 0.6 else draw.choice(node.options)).key}


def keeper() -> Actor:
    """The trainer; in a small centre who is everything."""
    for role in (Role.TRAINER, Role.MANAGER):
        found = User.objects.filter(roles_held__role=role, is_active=True).order_by("pk").first()
        if found is not None:
            return actor_of(found)
    raise LookupError("a sample has a trainer or a manager")
