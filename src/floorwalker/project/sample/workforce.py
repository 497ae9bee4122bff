"""The workforce of a sample: places, skills, agents with their users, supervisors, client viewers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people import services as people
from floorwalker.apps.people.models import Agent, Client, LeavingReason, Site, Skill, Team
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.roles import Role, Scope
from floorwalker.project.sample.cast import CORNER, email_of, person
from floorwalker.project.sample.centre import SampleFiles

SYSTEM_NAME = "sample"
IN_HOUSE = "Our customers"  # of a centre that serves no client
REASONS = ("Found another job", "Moved away", "Studies", "End of contract")
GENERAL = (("Sales", Skill.Side.SALES), ("Service", Skill.Side.SERVICE))


def is_there(files: SampleFiles) -> bool:
    return Agent.objects.count() >= len(files.people)


@transaction.atomic
def bring(files: SampleFiles, at: datetime) -> None:
    """Everybody, or nobody."""
    facts = files.facts
    sites = {each["name"]: place(each) for each in facts["sites"]}
    clients = {name: Client.objects.get_or_create(name=name)[0] for name in facts["clients"] or [IN_HOUSE]}
    for name in REASONS:
        LeavingReason.objects.get_or_create(name=name)
    general = {name: skill(name, Skill.Kind.GENERAL, side) for name, side in GENERAL}
    special = {
        each["name"]: skill(each["name"], Skill.Kind.SPECIAL, side_of(each["skill"])) for each in facts["queues"]
    }
    teams = {
        each["name"]: Team.objects.get_or_create(name=each["name"], site=sites[each["site"]])[0]
        for each in facts["teams"]
    }
    for row in files.people:
        agent(row, teams, general, special, at)
    if files.name != "corner":
        lead(facts, teams, at)
        for name, client in clients.items():
            viewer = (Role.CLIENT_VIEWER, Scope.CLIENT, client.pk)
            person(f"{name} Client Desk", [viewer], "Europe/Lisbon", at)


def place(facts: dict[str, str]) -> Site:
    values = {"zone": facts["zone"], "country": facts["country"]}
    return Site.objects.get_or_create(name=facts["name"], defaults=values)[0]


def skill(name: str, kind: Skill.Kind, side: Skill.Side) -> Skill:
    return Skill.objects.get_or_create(name=name, defaults={"kind": kind, "side": side})[0]


def side_of(word: str) -> Skill.Side:
    return Skill.Side.SALES if word == "sales" else Skill.Side.SERVICE


def agent(
    row: dict[str, str], teams: dict[str, Team], general: dict[str, Skill], special: dict[str, Skill], at: datetime
) -> None:
    """One agent with a user of their own, hours and skills."""
    if Agent.objects.filter(number=row["id"]).exists():
        return
    contractor = row["contract"] == "contractor"
    found = people.add_agent(
        team_id=teams[row["team"]].pk,
        number=row["id"],
        name=row["name"],
        started_on=date.fromisoformat(row["start_date"]),
        engagement=Agent.Engagement.CONTRACTOR if contractor else Agent.Engagement.EMPLOYEE,
        zone=row["zone"] if row["zone"] != teams[row["team"]].site.zone else "",
        least_hours=Decimal(row["min_hours"]),
        most_hours=Decimal(row["max_hours"]),
        most_days=int(row["max_days"]),
        available=row["available"],
        by=SYSTEM,
        at=at,
    )
    # A small centre's manager answers too, with the same user.
    user = User.objects.filter(email=email_of(CORNER[0])).first() if row["name"] == CORNER[0] else None
    user = user or person(row["name"], [(Role.AGENT, Scope.OWN, None)], row["zone"], at, email_for(row))
    people.link_user(agent_id=found.pk, email=user.email, by=SYSTEM, at=at)
    levels = {"Sales": int(row["sales_level"]), "Service": int(row["service_level"])}
    for name, level in levels.items():
        people.set_skill(agent_id=found.pk, skill_id=general[name].pk, level=level or None, by=SYSTEM, at=at)
    for queue in row["queues"].split("|"):
        best = levels["Sales" if special[queue].side == Skill.Side.SALES else "Service"]
        people.set_skill(agent_id=found.pk, skill_id=special[queue].pk, level=best or None, by=SYSTEM, at=at)


def email_for(row: dict[str, str]) -> str:
    """Names may come twice, numbers do not."""
    return email_of(f"{row['name']} {row['id']}")


def lead(facts: dict[str, list[dict[str, str]]], teams: dict[str, Team], at: datetime) -> None:
    """Each team's supervisor."""
    by_name: dict[str, list[Team]] = {}
    for each in facts["supervisors"]:
        if each["role"] == "supervisor":
            by_name.setdefault(each["name"], []).append(teams[each["team"]])
    for name, led in by_name.items():
        roles = [(Role.SUPERVISOR, Scope.TEAM, team.pk) for team in led]
        person(name, roles, led[0].site.zone, at)
