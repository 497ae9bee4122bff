"""One period of a model made into a steady state: the same rates and staff for as long as wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import sqrt
from statistics import mean, variance

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.agents import AgentGroup
from floorwalker.science.simulation.arrivals import Never, PerPeriod
from floorwalker.science.simulation.contact_type import Channel, ContactType
from floorwalker.science.simulation.model import Model, Periods
from floorwalker.science.simulation.workload import contacts_by_period

WAITED_FOR = (
    Channel.CALL,
    Channel.CHAT,
)  # channels in which somebody waits, so that a service level means something


def steady(model: Model, period: int | None = None, *, hours: float = 1.0) -> Model:
    """``model`` as if ``period`` lasted for ``hours``: its rates, handling and agents, and always open.

    Day factors stay: each replication is one day of that kind. Paths become their mean with a day factor as wide
    as they lie apart beyond chance. Named agents become as many as are at work on average, at their mean pace.
    Without ``period`` the model must be steady already: one period only.
    """
    if period is None:
        if len(model.periods) > 1:
            raise InvalidInput(
                f"the model has {len(model.periods)} periods; "
                f"say which one is meant, from 0 to {len(model.periods) - 1}"
            )
        period = 0
    if not 0 <= period < len(model.periods):
        raise InvalidInput(f"there is no period {period}; give 0 to {len(model.periods) - 1}")
    return replace(
        model,
        periods=Periods.of(3600.0 * hours, 1),
        types=tuple(_type(model, kind, period, hours) for kind in model.types),
        groups=tuple(_group(model, group, period) for group in model.groups),
    )


def with_staff(model: Model, staff: Mapping[str, int]) -> Model:
    """``model`` with that many agents of each named group in every period."""
    for name in staff:
        model.group(name)
    groups = (
        replace(group, staff=(staff[group.name],), agents=None) if group.name in staff else group
        for group in model.groups
    )
    return replace(model, groups=tuple(groups))


def agents_in(model: Model, group: AgentGroup, period: int) -> float:
    """Agents of a group at work in one period, on average over it."""
    if group.staff is not None:
        return float(group.staff[period if len(group.staff) > 1 else 0])
    borders = model.periods.borders_seconds
    starts, ends = borders[period], borders[period + 1]
    there = sum(
        max(0.0, min(end, ends) - max(start, starts))
        for agent in group.agents or ()
        for start, end in agent.at_work
    )
    return there / (ends - starts)


def _type(model: Model, kind: ContactType, period: int, hours: float) -> ContactType:
    rate = contacts_by_period(kind, model.periods.borders_seconds)[period] / model.periods.lengths_seconds[period]
    factors = None if kind.handling_factors is None else (kind.handling_factors[period],)
    arrivals = PerPeriod((rate * 3600 * hours,), _day_cv(kind, period)) if rate else Never()
    return replace(kind, arrivals=arrivals, handling_factors=factors, hours=None)


def _day_cv(kind: ContactType, period: int) -> float:
    """How far days lie apart: paths are counts, so what Poisson counts would differ by anyway is taken off."""
    if kind.arrivals.kind == "per-period":
        return kind.arrivals.day_cv
    if kind.arrivals.kind != "paths" or len(kind.arrivals.paths) < 2:
        return 0.0
    counts = [row[period] for row in kind.arrivals.paths]
    middle = mean(counts)
    return sqrt(max(0.0, variance(counts) - middle)) / middle


def _group(model: Model, group: AgentGroup, period: int) -> AgentGroup:
    agents, pace = agents_in(model, group, period), _pace(model, group, period)
    skills = tuple(replace(skill, handling_factor=skill.handling_factor * pace) for skill in group.skills)
    return replace(group, staff=(round(agents),), agents=None, skills=skills if pace != 1.0 else group.skills)


def _pace(model: Model, group: AgentGroup, period: int) -> float:
    """Mean pace of those at work, each for as long: so many agents of that pace handle as much as they do."""
    alone = [(replace(group, agents=(agent,)), agent.pace) for agent in group.agents or ()]
    there = [(agents_in(model, one, period), pace) for one, pace in alone]
    total = sum(share for share, _ in there)
    return total / sum(share / pace for share, pace in there) if total else 1.0
