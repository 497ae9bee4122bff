"""The figures of one agent: where they stand by their own past, their best, and what counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.performance.queries.sight import visible_agent_days
from floorwalker.apps.performance.rules.baseline import Baseline, DayValue, Step, baseline, window
from floorwalker.apps.performance.rules.history import Stretch, best_weeks, by_day
from floorwalker.apps.performance.rules.measures import MEASURES
from floorwalker.apps.performance.rules.steps import suggestion
from floorwalker.kernel.access import Actor

SEEN_DAYS = 364  # how far back pages look


@dataclass(frozen=True)
class Number:
    """One measure of one agent."""

    measure: str
    days: list[DayValue]
    found: Baseline | None
    best: Stretch | None
    step: Step | None
    counted: int  # days the baseline rests on
    rests_on: float  # evaluations, contacts, hours of these days
    older: int  # days before them
    replaced: int  # figures a correction has replaced
    unfinished: bool  # today's figure, which counts from tomorrow
    told_at: datetime
    sources: list[str]


@dataclass(frozen=True)
class Numbers:
    """All measures of one agent, in the order of the list of measures."""

    agent: Agent
    today: date
    each: list[Number]

    def of(self, measure: str) -> Number | None:
        return next((number for number in self.each if number.measure == measure), None)


def today_of(agent: Agent, at: datetime) -> date:
    """The day it is where the agent works."""
    return at.astimezone(ZoneInfo(agent.zone or agent.team.site.zone)).date()


def numbers_of(actor: Actor, agent: Agent, at: datetime) -> Numbers:
    """Everything a page says about the figures of an agent in sight, by one read."""
    today = today_of(agent, at)
    rows: dict[str, list[AgentDay]] = defaultdict(list)
    seen = visible_agent_days(actor).filter(agent=agent, day__gte=today - timedelta(days=SEEN_DAYS))
    for row in seen.order_by("day", "pk"):
        rows[row.measure].append(row)
    return Numbers(agent, today, [_number(key, rows[key], today) for key in MEASURES if key in rows])


def _number(measure: str, rows: list[AgentDay], today: date) -> Number:
    current = [row for row in rows if not row.replaced]
    days = by_day((row.day, row.value, row.weight) for row in current)
    full = [each for each in days if each.day < today]
    found = baseline(full, today)
    counted = window(full, today)
    return Number(
        measure=measure,
        days=days,
        found=found,
        best=best_weeks(full, MEASURES[measure].better),
        step=suggestion(found, measure) if found and not MEASURES[measure].watched else None,
        counted=len(counted),
        rests_on=sum(each.weight for each in counted),
        older=len(full) - len(counted),
        replaced=len(rows) - len(current),
        unfinished=len(full) < len(days),
        told_at=max(row.told_at for row in rows),
        sources=sorted({row.source for row in current}),
    )


def days_of(agent_id: int, measure: str, first: date, last: date) -> list[DayValue]:
    """The days of a measure in a stretch, for who judges a goal."""
    rows = AgentDay.objects.filter(
        agent=agent_id, measure=measure, day__gte=first, day__lte=last, replaced=False
    ).values_list("day", "value", "weight")
    return by_day(rows)


def day_rows(rows: QuerySet[AgentDay]) -> Iterator[list[object]]:
    """Figures as the rows of a file, replaced ones named."""
    for row in rows.select_related("agent").order_by("day", "measure", "pk").iterator(chunk_size=2000):
        word = "replaced" if row.replaced else "counts"
        yield [row.agent.number, row.day, row.measure, row.value, row.weight, row.source, word, row.told_at]


def figures_in(
    actor: Actor, agent_id: int | None, measure: str | None, *, first: date | None, last: date | None
) -> QuerySet[AgentDay]:
    """Figures in sight, narrowed down by what is named."""
    wanted = {"agent": agent_id, "measure": measure, "day__gte": first, "day__lte": last}
    return visible_agent_days(actor).filter(**{name: each for name, each in wanted.items() if each is not None})


def standing(number: Number) -> dict[str, object]:
    """A measure as plain values."""
    found, step = number.found, number.step
    return {
        "measure": number.measure,
        "days": number.counted,
        "mean": found.mean if found else None,
        "low": found.low if found else None,
        "high": found.high if found else None,
        "best": number.best.mean if number.best else None,
        "next_step": step.target if step else None,
        "next_step_probability": step.probability if step else None,
    }
