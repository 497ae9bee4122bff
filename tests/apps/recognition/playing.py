"""What the tests of boards begin with: points and a season, by the verbs people use."""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import Entry, Season, SeasonMember
from floorwalker.kernel.access import SYSTEM
from tests.people import NOW, STARTED, Person, World


def a_season(at: datetime = NOW) -> Season:
    """The quarter that goes on, by itself."""
    services.turn_seasons(at)
    return Season.objects.get(state="running")


def agent_of(person: Person) -> Agent:
    assert person.agent is not None
    return person.agent


def earned(person: Person | Agent, points: int, source: str = "help", at: datetime = NOW, once: str = "") -> Entry:
    agent = person if isinstance(person, Agent) else agent_of(person)
    once = once or f"test:{agent.pk}:{source}:{points}:{at.isoformat()}"
    entry = services.award(
        to=agent.pk, source=source, points=points, ref="test", why="For the test", once=once, at=at, by=SYSTEM
    )
    services.count_agent(agent_id=agent.pk, at=at)
    return entry


def crowd(world: World, season: Season, number: int, *, started: date = STARTED) -> list[SeasonMember]:
    """Members without a user, in the teams of North."""
    teams = (world.north_one, world.north_two)
    people = Agent.objects.bulk_create(
        Agent(name=f"Player {n:03}", number=f"P{n:03}", team=teams[n % 2], started_on=started)
        for n in range(number)
    )
    return SeasonMember.objects.bulk_create(
        SeasonMember(season=season, agent=agent, joined_at=NOW, band="three") for agent in people
    )
