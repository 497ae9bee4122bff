"""Agents taken off the phones for a while: a model with some fewer of one group in some periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from floorwalker.science.simulation.agents import Agent, AgentGroup
from floorwalker.science.simulation.model import Model

Span = tuple[float, float]


@dataclass(frozen=True)
class Away:
    """A model with agents away, and the agent-hours really taken, period by period asked for."""

    model: Model
    hours: tuple[float, ...]


def take_off(model: Model, group: str, periods: Sequence[int], agents: int = 1) -> Away:
    """``agents`` of a group off the phones for the whole of each of ``periods``.

    Of named agents those who are there for most of the period go, and of equals another in each period. Where
    fewer are there than are asked for, those who are go: ``hours`` says so.
    """
    found = model.group(group)
    changed, hours = (
        _fewer(model, found, periods, agents)
        if found.staff is not None
        else _without(model, found, periods, agents)
    )
    groups = tuple(changed if each.name == group else each for each in model.groups)
    return Away(replace(model, groups=groups), hours)


def _fewer(
    model: Model, group: AgentGroup, periods: Sequence[int], agents: int
) -> tuple[AgentGroup, tuple[float, ...]]:
    staff = list(group.staff or ())
    if len(staff) == 1:
        staff *= len(model.periods)
    hours = []
    for period in periods:
        away = min(agents, staff[period])
        staff[period] -= away
        hours.append(away * model.periods.lengths_seconds[period] / 3600)
    return replace(group, staff=tuple(staff)), tuple(hours)


def _without(
    model: Model, group: AgentGroup, periods: Sequence[int], agents: int
) -> tuple[AgentGroup, tuple[float, ...]]:
    borders = model.periods.borders_seconds
    people = list(group.agents or ())
    hours = []
    for period in periods:
        starts, ends = borders[period], borders[period + 1]
        there = [(_overlap(agent, starts, ends), number) for number, agent in enumerate(people)]
        # Another agent each time, so that no cell's price hangs on one person's pace or shift.
        turn = sorted(
            (each for each in there if each[0] > 0),
            key=lambda each: (-each[0], (each[1] * 7919 + period * 104729) % 10007),
        )
        taken = turn[:agents]
        for _, number in taken:
            people[number] = _cut(people[number], starts, ends)
        hours.append(sum(seconds for seconds, _ in taken) / 3600)
    return replace(group, agents=tuple(people)), tuple(hours)


def _overlap(agent: Agent, starts: float, ends: float) -> float:
    return sum(max(0.0, min(end, ends) - max(start, starts)) for start, end in agent.at_work)


def _cut(agent: Agent, starts: float, ends: float) -> Agent:
    """The agent's time without what lies between."""
    left: list[Span] = []
    for start, end in agent.at_work:
        if start < min(end, starts):
            left.append((start, min(end, starts)))
        if max(start, ends) < end:
            left.append((max(start, ends), end))
    return replace(agent, at_work=tuple(left))
