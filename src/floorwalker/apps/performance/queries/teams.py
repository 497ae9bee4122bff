"""Figures of teams: each agent by their own past for who leads them, sums of five or more for who plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, FloatField, Q, QuerySet, Sum

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.queries.numbers import today_of
from floorwalker.apps.performance.queries.sight import visible_agent_days
from floorwalker.apps.performance.rules.baseline import (
    BASELINE_DAYS,
    FURTHEST_DAYS,
    LEAST_DAYS,
    Baseline,
    baseline,
    window,
)
from floorwalker.apps.performance.rules.history import SILENT_BELOW, by_day
from floorwalker.apps.performance.rules.measures import MEASURES
from floorwalker.kernel.access import Actor
from floorwalker.kernel.paging import Rows, page_of

Part = tuple[date, float, float]


@dataclass(frozen=True)
class Member:
    """An agent of a team page; a measure without a baseline has too few days."""

    agent: Agent
    found: dict[str, Baseline | None]
    days: dict[str, int]


def teams_led(actor: Actor) -> QuerySet[Team]:
    """Teams of which somebody is in sight, for the choice of one."""
    seen = people.visible_agents(actor, P.SEE).filter(left_on=None)
    return Team.objects.filter(pk__in=seen.values("team")).order_by("name")


def members(actor: Actor, team_id: int | None, at: datetime, **place: Any) -> tuple[Rows[Agent], list[Member]]:
    """Agents in sight by name – never by how they do – with the baseline of each measure."""
    rows = people.visible_agents(actor, P.SEE).filter(left_on=None).select_related("team__site")
    if team_id is not None:
        rows = rows.filter(team=team_id)
    page = page_of(rows, ("name",), counted=True, **place)
    return page, list(_members(actor, page.items, at))


def _members(actor: Actor, agents: list[Agent], at: datetime) -> Iterable[Member]:
    recent = at.date() - timedelta(days=BASELINE_DAYS + 1)
    facts = visible_agent_days(actor).filter(agent__in=agents, replaced=False)
    parts: dict[tuple[int, str], list[Part]] = defaultdict(list)
    _gather(facts.filter(day__gte=recent), parts)
    # Only what is seldom measured is looked for further back: a page does not read half a year of everything.
    seldom = Q(pk__in=[])
    for measure in MEASURES:
        few = [each.pk for each in agents if len({part[0] for part in parts[each.pk, measure]}) < LEAST_DAYS + 1]
        seldom |= Q(measure=measure, agent__in=few)
    older = facts.filter(seldom, day__lt=recent, day__gte=at.date() - timedelta(days=FURTHEST_DAYS + 1))
    _gather(older, parts)
    for agent in agents:
        today = today_of(agent, at)
        days = {measure: by_day(parts[agent.pk, measure]) for measure in MEASURES}
        yield Member(
            agent,
            {measure: baseline(each, today) for measure, each in days.items() if each},
            {measure: len(window(each, today)) for measure, each in days.items() if each},
        )


def baselines_of(actor: Actor, agents: list[Agent], at: datetime) -> dict[int, dict[str, Baseline]]:
    """The baselines of four weeks of agents in sight, by agent and measure; who has too few days has none."""
    return {
        each.agent.pk: {
            key: found for key, found in each.found.items() if found is not None and found.span == BASELINE_DAYS
        }
        for each in _members(actor, agents, at)
    }


def _gather(facts: QuerySet[AgentDay], parts: dict[tuple[int, str], list[Part]]) -> None:
    for agent_id, measure, day, value, weight in facts.values_list("agent", "measure", "day", "value", "weight"):
        parts[agent_id, measure].append((day, value, weight))


@dataclass(frozen=True)
class TeamSum:
    """A measure of a team over four weeks, and over the four before; nothing is said of fewer than five agents."""

    team_id: int
    team: str
    site: str
    measure: str
    agents: int
    mean: float | None
    before: float | None

    @property
    def silent(self) -> bool:
        return self.mean is None


def team_sums(actor: Actor, at: datetime) -> list[TeamSum]:
    """By team and measure. There are no sums over teams: from one and its parts a small team could be told."""
    end = at.date()
    middle = end - timedelta(days=BASELINE_DAYS)
    now, before = _sums(actor, middle, end), _sums(actor, middle - timedelta(days=BASELINE_DAYS), middle)
    found = []
    for key, row in now.items():
        said = row if row.agents >= SILENT_BELOW else replace(row, mean=None)
        past = before.get(key)
        if said.mean is not None and past is not None and past.agents >= SILENT_BELOW:
            said = replace(said, before=past.mean)
        found.append(said)
    order = list(MEASURES)
    return sorted(found, key=lambda each: (each.site, each.team, order.index(each.measure)))


def _sums(actor: Actor, first: Any, end: Any) -> dict[tuple[int, str], TeamSum]:
    facts: QuerySet[AgentDay] = visible_agent_days(actor, P.SEE_SUMS).filter(
        day__gte=first, day__lt=end, replaced=False
    )
    rows = facts.values("agent__team", "agent__team__name", "agent__team__site__name", "measure").annotate(
        agents=Count("agent", distinct=True, filter=Q(weight__gt=0)),
        mean=Sum(F("value") * F("weight"), output_field=FloatField()) / Sum("weight"),
    )
    return {
        (row["agent__team"], row["measure"]): TeamSum(
            row["agent__team"],
            row["agent__team__name"],
            row["agent__team__site__name"],
            row["measure"],
            row["agents"],
            row["mean"],
            None,
        )
        for row in rows
    }
