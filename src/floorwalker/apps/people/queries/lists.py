"""Agents by the page, searched and filtered, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from floorwalker.apps.people.models import Agent, AgentDayOff, AgentName, AgentSkill, Team
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.queries.sight import visible_agents, visible_sites, visible_skills, visible_teams
from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import Choices

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
    "workplace",
)
EXPORTED_FIELDS = (
    "pk",
    "number",
    "name",
    "team__name",
    "team__site__name",
    "zone",
    "team__site__zone",
    "engagement",
    "least_hours",
    "most_hours",
    "most_days",
    "least_rest_hours",
    "most_days_in_a_row",
    "started_on",
    "left_on",
    "available",
    "workplace",
)
CHUNK = 500
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


def agents_to_pick(rows: QuerySet[Agent]) -> Choices:
    """These agents for a field in which one types; a number tells people of one name apart."""
    columns = ("name", "number", "team__name")
    return Choices(rows.order_by("name", "number"), columns, "{}, {}, {}".format)


def teams_to_keep(actor: Actor) -> QuerySet[Team]:
    """Teams into which this actor may put agents."""
    rows = visible_teams(actor, P.KEEP_AGENTS).filter(archived=False)
    return rows.select_related("site").order_by("site__name", "name")


def export_rows(rows: QuerySet[Agent], today: date) -> Iterator[tuple[str, ...]]:
    """One line an agent, with the columns the import knows; importing them again changes nothing.

    As values and a few hundred at a time: people as objects, with all that hangs on them, took ten times as long.
    """
    ordered = rows.order_by("number").values_list(*EXPORTED_FIELDS).iterator(CHUNK)
    while page := list(islice(ordered, CHUNK)):
        ids = [row[0] for row in page]
        away = _by_agent(AgentDayOff.objects.filter(agent__in=ids).order_by("day").values_list("agent", "day"))
        skills = _by_agent(
            AgentSkill.objects.filter(agent__in=ids)
            .order_by("skill__kind", "skill__name")
            .values_list("agent", "skill__name", "level")
        )
        names = _by_agent(
            AgentName.objects.filter(agent__in=ids, days__contains=today)
            .order_by("system", "external_id")
            .values_list("agent", "system", "external_id")
        )
        for (
            pk,
            number,
            name,
            team,
            site,
            zone,
            site_zone,
            contract,
            *numbers,
            start,
            left,
            available,
            workplace,
        ) in page:
            yield (
                number,
                name,
                team,
                site,
                zone or site_zone,
                contract,
                *map(str, numbers),
                start.isoformat(),
                left.isoformat() if left else "",
                "|".join(day.isoformat() for (day,) in away.get(pk, ())),
                available,
                "|".join(skill if level is None else f"{skill}:{level}" for skill, level in skills.get(pk, ())),
                "|".join(f"{system}={called}" for system, called in names.get(pk, ())),
                workplace.replace("_", " "),
            )


def _by_agent(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for agent, *rest in rows:
        found.setdefault(agent, []).append(tuple(rest))
    return found
