"""The cast: who is who in every test. Two sites, two clients, three teams, and one person of each role.

    def test_a_supervisor_sees_their_team(cast):
        answer = cast.client(cast.supervisor).get("/people/")
        services.move(..., by=cast.planner.actor, at=NOW)

Aurora and Borealis are the clients; North (Lisbon) and South (New York) the sites; the supervisor leads North One,
the other supervisor North Two; the stranger is an agent of South One.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client as Browser

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.people.models import Agent, Client, LeavingReason, Site, Skill, Team, TeamMembership
from floorwalker.apps.people.permissions import PeoplePermission
from floorwalker.kernel.access import Actor
from floorwalker.kernel.roles import Role, Scope
from tests.apps.accounts.sign_in import sign_in

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
STARTED = date(2024, 9, 2)
LEFT = date(2026, 1, 31)


@dataclass(frozen=True)
class World:
    """The places of the cast."""

    aurora: Client
    borealis: Client
    north: Site
    south: Site
    north_one: Team
    north_two: Team
    south_one: Team
    sales: Skill
    service: Skill
    reason: LeavingReason


@dataclass(frozen=True)
class Person:
    """One of the cast; ``agent`` when they answer contacts."""

    key: str
    user: User
    agent: Agent | None = None
    only: frozenset[str] | None = None  # permission keys, of one who comes with a token

    @property
    def actor(self) -> Actor:
        found = actor_of(User.objects.prefetch_related("roles_held").get(pk=self.user.pk))
        if self.only is None:
            return found
        return replace(found, kind="token", only=self.only, sights={})


@dataclass(frozen=True)
class Cast:
    """Everybody, by name."""

    world: World
    manager: Person
    administrator: Person
    planner: Person
    site_planner: Person
    supervisor: Person
    other_supervisor: Person
    agent: Person
    colleague: Person
    contractor: Person
    other_team_agent: Person
    quality_analyst: Person
    trainer: Person
    recruiter: Person
    hr: Person
    client_viewer: Person
    other_client_viewer: Person
    auditor: Person
    token: Person
    stranger: Person
    left: Person
    browsers: dict[str, Browser] = field(default_factory=dict, repr=False, compare=False)

    @property
    def everybody(self) -> list[Person]:
        return [each for each in vars(self).values() if isinstance(each, Person)]

    def client(self, person: Person) -> Browser:
        """A browser in which this person is signed in."""
        if person.key not in self.browsers:
            self.browsers[person.key] = Browser()
            sign_in(self.browsers[person.key], person.user)
        return self.browsers[person.key]


# key, role, where, and for agents their team
PARTS: tuple[tuple[str, Role, str, str], ...] = (
    ("manager", Role.MANAGER, "all", ""),
    ("administrator", Role.ADMINISTRATOR, "all", ""),
    ("planner", Role.PLANNER, "all", ""),
    ("site_planner", Role.PLANNER, "north", ""),
    ("supervisor", Role.SUPERVISOR, "north_one", ""),
    ("other_supervisor", Role.SUPERVISOR, "north_two", ""),
    ("agent", Role.AGENT, "own", "north_one"),
    ("colleague", Role.AGENT, "own", "north_one"),
    ("contractor", Role.AGENT, "own", "north_one"),
    ("other_team_agent", Role.AGENT, "own", "north_two"),
    ("quality_analyst", Role.QUALITY_ANALYST, "north_one", ""),
    ("trainer", Role.TRAINER, "north", ""),
    ("recruiter", Role.RECRUITER, "all", ""),
    ("hr", Role.HR, "all", ""),
    ("client_viewer", Role.CLIENT_VIEWER, "aurora", ""),
    ("other_client_viewer", Role.CLIENT_VIEWER, "borealis", ""),
    ("auditor", Role.AUDITOR, "all", ""),
    ("token", Role.PLANNER, "all", ""),
    ("stranger", Role.AGENT, "own", "south_one"),
    ("left", Role.AGENT, "own", "north_one"),
)
TOKEN_ONLY = frozenset({PeoplePermission.SEE_AGENTS.key, PeoplePermission.SEE_ORGANISATION.key})


def make_world() -> World:
    """Sites, clients, teams, the two general skills, a reason for leaving."""
    north = Site.objects.create(name="North", zone="Europe/Lisbon", country="PT")
    south = Site.objects.create(name="South", zone="America/New_York", country="US")
    return World(
        aurora=Client.objects.create(name="Aurora"),
        borealis=Client.objects.create(name="Borealis"),
        north=north,
        south=south,
        north_one=Team.objects.create(name="North One", site=north),
        north_two=Team.objects.create(name="North Two", site=north),
        south_one=Team.objects.create(name="South One", site=south),
        sales=Skill.objects.create(name="Sales", kind=Skill.Kind.GENERAL, side=Skill.Side.SALES),
        service=Skill.objects.create(name="Service", kind=Skill.Kind.GENERAL, side=Skill.Side.SERVICE),
        reason=LeavingReason.objects.create(name="Moved away"),
    )


def make_cast(world: World | None = None) -> Cast:
    """Everybody, in a handful of statements."""
    world = world or make_world()
    users = User.objects.bulk_create(
        User(email=f"{key}@example.org", name=key.replace("_", " ").title(), password="!") for key, *_ in PARTS
    )
    by_key = {key: user for (key, *_), user in zip(PARTS, users, strict=True)}
    RoleHeld.objects.bulk_create(_held(world, by_key[key], role, where) for key, role, where, _ in PARTS)
    agents = Agent.objects.bulk_create(
        _agent(world, by_key[key], key, team, number)
        for number, (key, _, _, team) in enumerate(PARTS, start=1)
        if team
    )
    TeamMembership.objects.bulk_create(
        TeamMembership(agent=each, team_id=each.team_id, days=(each.started_on, each.left_on)) for each in agents
    )
    by_user = {each.user_id: each for each in agents}
    people: dict[str, Any] = {key: Person(key, user, by_user.get(user.pk)) for key, user in by_key.items()}
    people["token"] = replace(people["token"], only=TOKEN_ONLY)
    return Cast(world, **people)


def _held(world: World, user: User, role: Role, where: str) -> RoleHeld:
    place = getattr(world, where, None)
    scope = {Team: Scope.TEAM, Site: Scope.SITE, Client: Scope.CLIENT}.get(
        type(place), Scope(where) if not place else ""
    )
    return RoleHeld(
        user=user, role=role, scope=scope, scope_id=place.pk if place else None, given_at=NOW, given_by="the cast"
    )


def _agent(world: World, user: User, key: str, team: str, number: int) -> Agent:
    gone = {"left_on": LEFT, "leaving_reason": world.reason} if key == "left" else {}
    return Agent(
        user=user,
        name=user.name,
        number=f"A{number:03}",
        team=getattr(world, team),
        engagement=Agent.Engagement.CONTRACTOR if key == "contractor" else Agent.Engagement.EMPLOYEE,
        least_hours=0 if key == "contractor" else 30,
        started_on=STARTED,
        **gone,
    )


def in_one_hand(cast: Cast) -> Person:
    """A small house: the manager leads and evaluates everybody too, and nobody else does."""
    roles = (Role.SUPERVISOR, Role.QUALITY_ANALYST)
    RoleHeld.objects.filter(role__in=roles).delete()
    RoleHeld.objects.bulk_create(
        RoleHeld(user=cast.manager.user, role=role, scope=Scope.ALL, given_at=NOW, given_by="the cast")
        for role in roles
    )
    return cast.manager
