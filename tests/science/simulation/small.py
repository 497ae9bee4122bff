"""Small centres with exact answers, which several tests share. Rates are an hour, times are seconds."""

from __future__ import annotations

from collections.abc import Mapping

from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.simulation import (
    AgentChoice,
    AgentGroup,
    Constant,
    ContactType,
    Exponential,
    Infinite,
    Model,
    Periods,
    QueueChoice,
    Routing,
    Skill,
)

BY_PRIORITY = Routing(AgentChoice.PRIORITY, QueueChoice.PRIORITY)
EIGHTY_TWENTY = ServiceTarget(0.8, 20)


def calls(name, per_hour, aht=180.0, patience=120.0, **more):
    """Calls of one type: Poisson, exponential handling and patience (None: for ever)."""
    willing = Infinite() if patience is None else Exponential(patience)
    return ContactType(name, Constant(per_hour), Exponential(aht), patience=willing, **more)


def group(name, staff, *skills, cost=1.0):
    """A group; a skill is a type's name, or (name, priority), or (name, priority, handling factor)."""
    found = []
    for place, skill in enumerate(skills, start=1):
        parts = (skill, place) if isinstance(skill, str) else skill
        found.append(Skill(parts[0], priority=parts[1], handling_factor=parts[2] if len(parts) > 2 else 1.0))
    return AgentGroup(name, tuple(found), staff=(staff,), cost_per_hour=cost)


def steady(types, groups, hours=20.0, routing=BY_PRIORITY):
    """One long period in which nothing changes."""
    return Model(Periods.of(3600.0 * hours, 1), tuple(types), tuple(groups), routing)


def one_queue(staff=10, per_hour=200.0, **more):
    """M/M/n + M."""
    return steady([calls("calls", per_hour, **more)], [group("agents", staff, "calls")])


def n_design(staff=(5, 4)):
    """Two types; the second group helps the first type when its own queue is empty."""
    return steady(
        [calls("a", 110.0), calls("b", 60.0, aht=240.0, patience=200.0)],
        [group("only a", staff[0], ("a", 1)), group("a and b", staff[1], ("b", 1), ("a", 2))],
    )


def x_design(staff=(4, 4)):
    """Both groups can do both types, each its own first."""
    return steady(
        [calls("a", 80.0), calls("b", 75.0, patience=90.0)],
        [group("a first", staff[0], ("a", 1), ("b", 2)), group("b first", staff[1], ("b", 1), ("a", 2))],
    )


def m_design(staff: Mapping[str, int] | None = None, slower=1.15, **costs):
    """Two specialist groups, and generalists who are slower at both."""
    staff = staff or {"a": 4, "b": 3, "both": 3}
    return steady(
        [calls("a", 90.0), calls("b", 60.0, aht=240.0)],
        [
            group("a", staff["a"], ("a", 1), cost=costs.get("a", 1.0)),
            group("b", staff["b"], ("b", 1), cost=costs.get("b", 1.0)),
            group("both", staff["both"], ("a", 2, slower), ("b", 3, slower), cost=costs.get("both", 1.0)),
        ],
    )
