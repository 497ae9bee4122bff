"""Duels for the tests: who joined, plays well or badly, and votes."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import Match, Play
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from tests.factories.learning import a_version
from tests.people import NOW, STARTED, Cast, Person

HOUR = timedelta(hours=1)


def arena(cast: Cast, *people: Person) -> int:
    """A scenario, and these in the arena."""
    for each in people or (cast.agent, cast.stranger):
        services.join_arena(by=each.actor, at=NOW)
    return a_version(cast.trainer.user).scenario_id


def newcomers(cast: Cast, count: int) -> list[Person]:
    """More agents of the stranger's team, in the arena."""
    made = []
    for n in range(count):
        user = User.objects.create(email=f"duellist{n}@example.org", name=f"Duellist {n}", password="!")
        RoleHeld.objects.create(user=user, role="agent", scope="own", given_at=NOW, given_by="the tests")
        team = (cast.world.south_one, cast.world.north_two)[n % 2]
        agent = Agent.objects.create(user=user, name=user.name, number=f"D{n:02}", team=team, started_on=STARTED)
        made.append(Person(f"duellist{n}", user, agent))
        services.join_arena(by=made[-1].actor, at=NOW)
    return made


def a_duel(
    cast: Cast, one: Person, other: Person, *, scenario_id: int, at: datetime = NOW, pace: str = "apart"
) -> Match:
    """Challenged and accepted."""
    assert other.agent is not None
    match = services.challenge(scenario_id=scenario_id, opponent_id=other.agent.pk, pace=pace, by=one.actor, at=at)
    return services.accept(match_id=match.pk, by=other.actor, at=at)


def play(match: Match, who: Actor, *, well: bool = True, seconds: float = 10, at: datetime = NOW + HOUR) -> Play:
    """Play one's side to its end: complete, or losing the customer."""
    begun = services.begin_in_match(match_id=match.pk, by=who, at=at)
    at += timedelta(seconds=seconds)
    if not well:
        return services.answer(play_id=begun.pk, number=1, option="wait", by=who, at=at)
    services.answer(play_id=begun.pk, number=1, option="ask", by=who, at=at)
    words = "I am so sorry – and happy birthday to her!"
    return services.answer(play_id=begun.pk, number=2, words=words, by=who, at=at + timedelta(seconds=seconds))
