"""What an import is compared with: the workforce as far as its owner may change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models.functions import Lower

from floorwalker.apps.people import rules
from floorwalker.apps.people.models import (
    Agent,
    AgentDayOff,
    AgentName,
    AgentSkill,
    PeopleImport,
    Site,
    Skill,
    Team,
)
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.queries.sight import visible_agents, visible_sites, visible_teams
from floorwalker.kernel.access import Actor


def lines_of(found: PeopleImport) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as line and cells by column."""
    for line, cells in found.rows:
        yield line, dict(zip(found.columns, cells, strict=True))


def plan_of(actor: Actor, found: PeopleImport, today: date) -> rules.Plan:
    """What the file would change as things stand now."""
    column = next((name for name, target in found.mapping.items() if target == "number"), None)
    numbers = {cells[column].strip().lower() for _, cells in lines_of(found)} if column else set()
    team = visible_teams(actor, P.KEEP_AGENTS).select_related("site").filter(pk=found.default_team_id).first()
    default = (team.site.name, team.name) if team else None
    known = known_for(actor, numbers, today, default)
    return rules.plan_rows(lines_of(found), found.mapping, known)


def plain_plan(
    actor: Actor, found: PeopleImport, today: date, *, kind: str, after: int, limit: int
) -> dict[str, Any]:
    """The plan as plain values, with the rows of a kind behind a line; nothing of a file that is applied."""
    plan = plan_of(actor, found, today)
    rows = sorted((each for each in plan.rows if kind in ("all", each.kind)), key=lambda each: each.line)
    behind = [each for each in rows if each.line > after]
    return {
        "fingerprint": plan.fingerprint,
        "counts": {name: len(plan.of(name)) for name in ("new", "changed", "unchanged", "refused")},
        "new_sites": plan.new_sites,
        "new_teams": plan.new_teams,
        "new_skills": plan.new_skills,
        "rows": behind[:limit],
        "after": behind[limit - 1].line if len(behind) > limit else 0,
    }


def known_for(
    actor: Actor, numbers: Iterable[str], today: date, default: tuple[str, str] | None = None
) -> rules.Known:
    """Agents of these numbers, and the places and skills there are, in eight queries."""
    wanted = set(numbers)
    mine = visible_agents(actor, P.KEEP_AGENTS).annotate(key=Lower("number")).filter(key__in=wanted)
    agents = {agent.number.lower(): agent for agent in mine.select_related("team__site")}
    all_of_them = Agent.objects.annotate(key=Lower("number")).filter(key__in=wanted)
    taken = frozenset(all_of_them.values_list("key", flat=True)) - set(agents)
    teams = visible_teams(actor, P.KEEP_AGENTS).select_related("site")
    sites = {site.name.lower(): site for site in Site.objects.all()}
    founding = actor.sight(P.KEEP_ORGANISATION)
    mine_to_open = visible_sites(actor, P.KEEP_ORGANISATION) if founding.everything or founding.sites else ()
    return rules.Known(
        today=today,
        agents=_values(agents, today),
        taken=taken,
        places={(each.site.name.lower(), each.name.lower()): (each.site.name, each.name) for each in teams},
        zones={name: site.zone for name, site in sites.items()},
        open_sites=frozenset(each.name.lower() for each in mine_to_open),
        may_found=founding.everything,
        skills={name.lower(): name for name in Skill.objects.values_list("name", flat=True)},
        owners={
            (system, name): number.lower()
            for system, name, number in AgentName.objects.filter(days__contains=today).values_list(
                "system", "external_id", "agent__number"
            )
        },
        default_place=default,
    )


def _values(agents: dict[str, Agent], today: date) -> dict[str, dict[str, Any]]:
    by_id = {agent.pk: _plain(agent) for agent in agents.values()}
    for held in AgentSkill.objects.filter(agent__in=by_id).select_related("skill"):
        by_id[held.agent_id]["skills"][held.skill.name] = held.level
    for away in AgentDayOff.objects.filter(agent__in=by_id):
        by_id[away.agent_id]["days_off"] |= {away.day}
    for name in AgentName.objects.filter(agent__in=by_id, days__contains=today):
        by_id[name.agent_id]["names"] |= {(name.system, name.external_id)}
    return {number: by_id[agent.pk] for number, agent in agents.items()}


def _plain(agent: Agent) -> dict[str, Any]:
    fields = (
        "name",
        "engagement",
        "workplace",
        "least_hours",
        "most_hours",
        "most_days",
        "least_rest_hours",
        "most_days_in_a_row",
        "started_on",
        "left_on",
        "available",
        "zone",
    )
    plain = {name: getattr(agent, name) for name in fields}
    return plain | {
        "place": (agent.team.site.name, agent.team.name),
        "skills": {},
        "days_off": frozenset(),
        "names": frozenset(),
    }


def team_of(place: tuple[str, str]) -> Team:
    """The team of a place that is known to be there."""
    return Team.objects.get(site__name__iexact=place[0], name__iexact=place[1])
