"""Aims of a contest, by the rules of goals: a step from one's own past, with a measure that must not fall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.queries.numbers import days_of
from floorwalker.apps.performance.rules.baseline import FURTHEST_DAYS, baseline
from floorwalker.apps.performance.rules.measures import AIMED_AT, MEASURES, NOT_FOR_CONTRACTORS, UP, pair_is_right
from floorwalker.apps.performance.rules.steps import suggestion

LEAST_DAYS = 3  # of a contest that count


@dataclass(frozen=True)
class Aim:
    """What somebody aims for, from their own baseline, and where what stands beside it must stay."""

    mean: float
    target: float
    pair_mean: float
    floor: float


@dataclass(frozen=True)
class NoAim:
    """Why somebody has no aim: not_for_contractors, too_few, pair_too_few, at_best."""

    why: str


def may_aim_at(measure: str) -> bool:
    """Whether a measure can be aimed for at all; some are only watched."""
    return measure in AIMED_AT


def may_pair(measure: str, pair: str) -> bool:
    """Whether these stand together: always two, and speed beside quality."""
    return bool(pair) and pair_is_right(measure, pair)


def aim_of(agent: Agent, measure: str, pair: str, today: date) -> Aim | NoAim:
    """The next step of somebody's own, as a goal would suggest it: as likely for one as for another."""
    if agent.engagement == Agent.Engagement.CONTRACTOR and {measure, pair} & set(NOT_FOR_CONTRACTORS):
        return NoAim("not_for_contractors")
    found, beside = (
        baseline(days_of(agent.pk, key, today - timedelta(days=FURTHEST_DAYS), today - timedelta(days=1)), today)
        for key in (measure, pair)
    )
    if found is None or beside is None:
        return NoAim("too_few" if found is None else "pair_too_few")
    step = suggestion(found, measure)
    if step is None:
        return NoAim("at_best")
    return Aim(found.mean, step.target, beside.mean, beside.low if MEASURES[pair].better == UP else beside.high)


def result_of(agent_id: int, measure: str, first: date, last: date) -> float | None:
    """The mean of somebody's days in a stretch; None where too few count."""
    days = [each for each in days_of(agent_id, measure, first, last) if each.weight > 0]
    if len(days) < LEAST_DAYS:
        return None
    return sum(each.weight * each.value for each in days) / sum(each.weight for each in days)
