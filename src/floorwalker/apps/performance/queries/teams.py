"""Figures of teams: each agent by their own past for who leads them, sums of five or more for who plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, FloatField, Q, QuerySet, Sum

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


def _members(actor: Actor, agents: list[Agent], at: datetime, *, further: bool = True) -> Iterable[Member]:
    recent = at.date() - timedelta(days=BASELINE_DAYS + 1)
    facts = visible_agent_days(actor).filter(agent__in=agents, replaced=False)
    parts: dict[tuple[int, str], list[Part]] = defaultdict(list)
    _gather(facts.filter(day__gte=recent), parts)
    if further:
        # Only what is seldom measured is looked for further back: a page does not read half a year of everything.
        seldom = Q(pk__in=[])
        for measure in MEASURES:
            few = [
                each.pk for each in agents if len({part[0] for part in parts[each.pk, measure]}) < LEAST_DAYS + 1
            ]
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
        for each in _members(actor, agents, at, further=False)
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
    sums = list(_sums(actor, at.date()))
    teams = Team.objects.select_related("site").in_bulk({each.team_id for each in sums})
    found = [_team_sum(teams[each.team_id], each) for each in sums if each.agents]
    order = list(MEASURES)
    return sorted(found, key=lambda each: (each.site, each.team, order.index(each.measure)))


class _Sum(NamedTuple):
    """What the agents of a team bring together: how many, value × weight, and weight, now and before."""

    team_id: int
    measure: str
    agents: int
    total: float | None
    weight: float | None
    agents_before: int
    total_before: float | None
    weight_before: float | None


# By agent first: a database adds up by agent in one pass, but sorts every fact to count agents by team, and
# looks the team of every fact up where it is asked for any sooner.
BY_TEAM = """
    SELECT people_agent.team_id, measure,
        count(*) FILTER (WHERE heft > 0), sum(total) FILTER (WHERE heft > 0), sum(heft) FILTER (WHERE heft > 0),
        count(*) FILTER (WHERE heft_before > 0), sum(total_before) FILTER (WHERE heft_before > 0),
        sum(heft_before) FILTER (WHERE heft_before > 0)
    FROM ({by_agent}) AS by_agent JOIN people_agent ON people_agent.id = agent
    GROUP BY people_agent.team_id, measure
"""


def _sums(actor: Actor, end: date) -> Iterable[_Sum]:
    middle = end - timedelta(days=BASELINE_DAYS)
    days = visible_agent_days(actor, P.SEE_SUMS).filter(
        day__gte=middle - timedelta(days=BASELINE_DAYS), day__lt=end, replaced=False
    )
    now, before = Q(day__gte=middle), Q(day__lt=middle)
    total = F("value") * F("weight")
    by_agent = days.values("agent", "measure").annotate(
        total=Sum(total, filter=now, output_field=FloatField()),
        heft=Sum("weight", filter=now),
        total_before=Sum(total, filter=before, output_field=FloatField()),
        heft_before=Sum("weight", filter=before),
    )
    try:
        inner, values = by_agent.query.sql_with_params()
    except EmptyResultSet:  # nobody is in sight
        return []
    with connection.cursor() as cursor:
        cursor.execute(BY_TEAM.format(by_agent=inner), values)
        return [_Sum(*row) for row in cursor.fetchall()]


def _team_sum(team: Team, found: _Sum) -> TeamSum:
    mean = _mean(found.agents, found.total, found.weight)
    return TeamSum(
        team_id=team.pk,
        team=team.name,
        site=team.site.name,
        measure=found.measure,
        agents=found.agents,
        mean=mean,
        before=None if mean is None else _mean(found.agents_before, found.total_before, found.weight_before),
    )


def _mean(agents: int, total: float | None, weight: float | None) -> float | None:
    """The weighted mean of those who brought something; nothing of fewer than five."""
    return (total or 0.0) / weight if weight and agents >= SILENT_BELOW else None
