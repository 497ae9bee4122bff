"""Sites, teams, agents with their skills and names, and users with roles."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from benchmarks.suite.centre.size import ZONES, Centre

CLIENTS = ("Aurora", "Borealis", "Cassini", "Draco")
GIVEN = (
    "Ana",
    "Ben",
    "Chidi",
    "Dana",
    "Emil",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "Jo",
    "Kim",
    "Lea",
    "Mo",
    "Nia",
    "Omar",
)
FAMILY = (
    "Abreu",
    "Berg",
    "Costa",
    "Dlamini",
    "Evans",
    "Ferro",
    "Garcia",
    "Haas",
    "Ito",
    "Jansen",
    "Kowal",
    "Lopez",
)
LEADS = {
    "manager": ("manager", "all"),
    "planner": ("planner", "all"),
    "site planner": ("planner", "site"),
    "administrator": ("administrator", "all"),
    "auditor": ("auditor", "all"),
    "hr": ("hr", "all"),
    "analyst": ("quality_analyst", "all"),
    "trainer": ("trainer", "all"),
    "quality analyst": ("quality_analyst", "team"),
    "client": ("client_viewer", "client"),
}


def fill(centre: Centre) -> None:
    _places(centre)
    _agents(centre)
    _skills_and_names(centre)
    _leads(centre)


def _places(centre: Centre) -> None:
    from floorwalker.apps.people.models import Client, LeavingReason, Site, Skill, Team

    size = centre.size
    centre.sites = Site.objects.bulk_create(Site(name=name, zone=zone, country=land) for name, zone, land in ZONES)
    centre.teams = Team.objects.bulk_create(
        Team(name=f"{site.name} {number:02}", site=site)
        for site in centre.sites
        for number in range(1, size.teams_a_site + 1)
    )
    centre.clients = Client.objects.bulk_create(Client(name=name) for name in CLIENTS)
    general = [Skill(name="Sales", kind="general", side="sales"), Skill(name="Service", kind="general")]
    special = [
        Skill(name=f"{site.name} product {number}")
        for site in centre.sites
        for number in range(1, size.queues_a_site + 1)
    ]
    centre.skills = Skill.objects.bulk_create([*general, *special])
    LeavingReason.objects.bulk_create([LeavingReason(name="Moved away"), LeavingReason(name="Back to school")])


def _agents(centre: Centre) -> None:
    from floorwalker.apps.accounts.models import RoleHeld, User
    from floorwalker.apps.people.models import Agent, TeamMembership

    places = [team for team in centre.teams for _ in range(centre.size.agents_a_team)]
    names = [f"{GIVEN[n % len(GIVEN)]} {FAMILY[n // len(GIVEN) % len(FAMILY)]} {n:04}" for n in range(len(places))]
    users = User.objects.bulk_create(
        User(email=f"agent{n}@centre.example", name=name, password="!", zone=places[n].site.zone)
        for n, name in enumerate(names)
    )
    RoleHeld.objects.bulk_create(_held(user, "agent", "own", None, centre) for user in users)
    started = centre.monday - timedelta(weeks=centre.size.weeks_behind + 20)
    centre.agents = Agent.objects.bulk_create(
        Agent(user=user, name=user.name, number=f"A{n:04}", team=places[n], started_on=started)
        for n, user in enumerate(users)
    )
    TeamMembership.objects.bulk_create(
        TeamMembership(agent=agent, team_id=agent.team_id, days=(started, None)) for agent in centre.agents
    )
    centre.users["agent"] = users[0]


def _skills_and_names(centre: Centre) -> None:
    from floorwalker.apps.people.models import AgentName, AgentSkill

    size, started = centre.size, centre.agents[0].started_on
    by_site = size.teams_a_site * size.agents_a_team
    held = []
    for number, agent in enumerate(centre.agents):
        own = 2 + number // by_site * size.queues_a_site
        both = (1, own + number % size.queues_a_site, own + (number + 1) % size.queues_a_site)
        held += [AgentSkill(agent=agent, skill=centre.skills[each], level=1 + number % 5) for each in both]
    AgentSkill.objects.bulk_create(held, batch_size=2000)
    AgentName.objects.bulk_create(
        AgentName(agent=agent, system="switch", external_id=f"ext-{agent.number}", days=(started, None))
        for agent in centre.agents
    )


def _leads(centre: Centre) -> None:
    from floorwalker.apps.accounts.models import RoleHeld, User

    wanted = dict(LEADS) | {f"supervisor {n}": ("supervisor", "team") for n in range(len(centre.teams))}
    users = User.objects.bulk_create(
        User(email=f"{key.replace(' ', '.')}@centre.example", name=key.title(), password="!") for key in wanted
    )
    held = []
    for number, (user, (key, (role, scope))) in enumerate(zip(users, wanted.items(), strict=True)):
        team = centre.teams[max(0, number - len(LEADS))]
        where = {"all": None, "site": team.site_id, "team": team.pk, "client": centre.clients[0].pk}[scope]
        held.append(_held(user, role, scope, where, centre))
        centre.users[key] = user
    RoleHeld.objects.bulk_create(held)
    centre.users["supervisor"] = centre.users["supervisor 0"]


def _held(user: Any, role: str, scope: str, where: int | None, centre: Centre) -> Any:
    from floorwalker.apps.accounts.models import RoleHeld

    return RoleHeld(
        user=user, role=role, scope=scope, scope_id=where, given_at=centre.at, given_by="the benchmark"
    )
