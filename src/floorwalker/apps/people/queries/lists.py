"""Agents by the page, searched and filtered, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.people.models import Agent, AgentDayOff, AgentName, AgentSkill, Team
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.queries.sight import visible_agents, visible_sites, visible_skills, visible_teams
from floorwalker.kernel.access import Actor
from floorwalker.kernel.roles import Role, Scope

EXPORTED = (
    "id",
    "name",
    "team",
    "site",
    "zone",
    "contract",
    "min_hours",
    "max_hours",
    "max_days",
    "min_rest_hours",
    "max_consecutive_days",
    "start_date",
    "left_on",
    "days_off",
    "available",
    "skills",
    "names",
)
HERE, GONE, ALL = "here", "left", "all"


@dataclass(frozen=True)
class Wanted:
    """What a list of agents is narrowed down to; nothing given means all who are here."""

    q: str = ""
    team: int | None = None
    site: int | None = None
    skill: int | None = None
    engagement: str = ""
    state: str = HERE


def agents_in(actor: Actor, wanted: Wanted, today: date) -> QuerySet[Agent]:
    """Agents in sight that match; somebody is here until the end of their last day."""
    found = visible_agents(actor).select_related("team__site")
    for word in wanted.q.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(number__icontains=word)
            | Q(pk__in=AgentName.objects.filter(external_id__icontains=word).values("agent"))
        )
    if wanted.team is not None:
        found = found.filter(team_id=wanted.team)
    if wanted.site is not None:
        found = found.filter(team__site_id=wanted.site)
    if wanted.skill is not None:
        found = found.filter(pk__in=AgentSkill.objects.filter(skill_id=wanted.skill).values("agent"))
    if wanted.engagement:
        found = found.filter(engagement=wanted.engagement)
    gone = Q(left_on__lt=today)
    return {HERE: found.exclude(gone), GONE: found.filter(gone)}.get(wanted.state, found)


def with_skills(rows: QuerySet[Agent]) -> QuerySet[Agent]:
    """The same with their skills at hand, in one more query whatever their number."""
    skills = AgentSkill.objects.select_related("skill").order_by("skill__kind", "skill__name")
    return rows.prefetch_related(Prefetch("agent_skills", queryset=skills))


def choices(actor: Actor) -> dict[str, list[Any]]:
    """What the filters offer: only what the actor may see."""
    return {
        "sites": list(visible_sites(actor).filter(archived=False).order_by("name")),
        "teams": list(visible_teams(actor).filter(archived=False).select_related("site").order_by("name", "pk")),
        "skills": list(visible_skills(actor).filter(archived=False).order_by("name")),
    }


def teams_to_keep(actor: Actor) -> QuerySet[Team]:
    """Teams into which this actor may put agents."""
    rows = visible_teams(actor, P.KEEP_AGENTS).filter(archived=False)
    return rows.select_related("site").order_by("site__name", "name")


def leaders(team_ids: Iterable[int]) -> dict[int, list[str]]:
    """Who leads each team: the supervisors whose role is held for it."""
    held = RoleHeld.objects.filter(role=Role.SUPERVISOR, scope=Scope.TEAM, scope_id__in=set(team_ids))
    found: dict[int, list[str]] = {}
    for team_id, name in held.order_by("user__name").values_list("scope_id", "user__name"):
        found.setdefault(int(team_id or 0), []).append(name)
    return found


def export_rows(rows: QuerySet[Agent], today: date) -> Iterator[dict[str, str]]:
    """One line an agent, with the columns the import knows; importing them again changes nothing."""
    names = AgentName.objects.filter(days__contains=today).order_by("system", "external_id")
    full = with_skills(rows).prefetch_related(
        Prefetch("other_names", queryset=names, to_attr="names_today"),
        Prefetch("days_off", queryset=AgentDayOff.objects.order_by("day")),
    )
    for agent in full.order_by("number"):
        yield {
            "id": agent.number,
            "name": agent.name,
            "team": agent.team.name,
            "site": agent.team.site.name,
            "zone": agent.zone or agent.team.site.zone,
            "contract": agent.engagement,
            "min_hours": f"{agent.least_hours:f}",
            "max_hours": f"{agent.most_hours:f}",
            "max_days": str(agent.most_days),
            "min_rest_hours": f"{agent.least_rest_hours:f}",
            "max_consecutive_days": str(agent.most_days_in_a_row),
            "start_date": agent.started_on.isoformat(),
            "left_on": agent.left_on.isoformat() if agent.left_on else "",
            "days_off": "|".join(each.day.isoformat() for each in agent.days_off.all()),
            "available": agent.available,
            "skills": "|".join(_skill(each) for each in agent.agent_skills.all()),
            "names": "|".join(f"{each.system}={each.external_id}" for each in agent.names_today),  # type: ignore[attr-defined]
        }


def _skill(held: AgentSkill) -> str:
    return held.skill.name if held.level is None else f"{held.skill.name}:{held.level}"
