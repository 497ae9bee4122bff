"""What other rooms need of people: terms for a roster, and who a name in another system is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from floorwalker.apps.people.models import Agent, AgentDayOff, AgentName, AgentSkill
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.queries.sight import visible_agents
from floorwalker.apps.people.rules import windows
from floorwalker.kernel.access import Actor, Permission


@dataclass(frozen=True)
class Terms:
    """Within what an agent can be rostered, as plain values; ``available`` empty means any time of day."""

    agent_id: int
    number: str
    name: str
    team_id: int
    zone: str
    contractor: bool
    least_hours: float
    most_hours: float
    most_days: int
    least_rest_hours: float
    most_days_in_a_row: int
    available: tuple[tuple[int, int], ...]
    days_off: tuple[date, ...]
    skills: tuple[tuple[str, int | None], ...]  # name and level
    started_on: date
    left_on: date | None


def agents_answering(site_id: int, skill_id: int | None, today: date) -> int:
    """How many agents of a site are here and hold a skill, or any: a number alone, for whoever asks."""
    here = Agent.objects.filter(team__site=site_id, started_on__lte=today).exclude(left_on__lt=today)
    return (here if skill_id is None else here.filter(agent_skills__skill=skill_id)).count()


def terms_of(
    actor: Actor,
    first: date,
    last: date,
    *,
    agent_ids: Iterable[int] | None = None,
    permission: Permission = P.SEE_AGENTS,
) -> list[Terms]:
    """Of the agents in sight who are here on one of these days at least (all, or those named), by number."""
    found = visible_agents(actor, permission).filter(started_on__lte=last).exclude(left_on__lt=first)
    if agent_ids is not None:
        found = found.filter(pk__in=set(agent_ids))
    full = found.select_related("team__site").prefetch_related(
        Prefetch("days_off", queryset=AgentDayOff.objects.filter(day__range=(first, last)).order_by("day")),
        Prefetch("agent_skills", queryset=AgentSkill.objects.select_related("skill").order_by("skill__name")),
    )
    return [_terms(agent) for agent in full.order_by("number")]


def _terms(agent: Agent) -> Terms:
    return Terms(
        agent_id=agent.pk,
        number=agent.number,
        name=agent.name,
        team_id=agent.team_id,
        zone=agent.zone or agent.team.site.zone,
        contractor=agent.engagement == Agent.Engagement.CONTRACTOR,
        least_hours=float(agent.least_hours),
        most_hours=float(agent.most_hours),
        most_days=agent.most_days,
        least_rest_hours=float(agent.least_rest_hours),
        most_days_in_a_row=agent.most_days_in_a_row,
        available=windows(agent.available),
        days_off=tuple(each.day for each in agent.days_off.all()),
        skills=tuple((each.skill.name, each.level) for each in agent.agent_skills.all()),
        started_on=agent.started_on,
        left_on=agent.left_on,
    )


def called(actor: Actor, system: str, names: Iterable[str], on: date) -> dict[str, int]:
    """Which agent in sight each of these names of a system meant on a day."""
    rows = AgentName.objects.filter(
        system=system, external_id__in=set(names), days__contains=on, agent__in=visible_agents(actor)
    )
    return dict(rows.values_list("external_id", "agent_id"))
