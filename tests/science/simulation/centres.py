"""Small centres for the tests of the simulator."""

from __future__ import annotations

from typing import Any

from floorwalker.science.simulation import (
    AgentGroup,
    Constant,
    ContactType,
    Estimate,
    Exponential,
    Model,
    Periods,
    Routing,
    Simulation,
    Skill,
)


def calls(per_hour: float = 200.0, seconds: float = 180.0, name: str = "calls", **more: Any) -> ContactType:
    given = {"arrivals": Constant(per_hour), "handling": Exponential(seconds), **more}
    return ContactType(name, **given)


def group(staff: int | tuple[int, ...], *types: str | Skill, name: str = "all", **more: Any) -> AgentGroup:
    skills = tuple(each if isinstance(each, Skill) else Skill(each) for each in types or ("calls",))
    return AgentGroup(name, skills, staff=(staff,) if isinstance(staff, int) else staff, **more)


def centre(
    types: ContactType | tuple[ContactType, ...],
    groups: AgentGroup | tuple[AgentGroup, ...],
    *,
    hours: int = 10,
    routing: Routing | None = None,
) -> Model:
    return Model(
        Periods.of(3600, hours),
        types if isinstance(types, tuple) else (types,),
        groups if isinstance(groups, tuple) else (groups,),
        routing or Routing(),
    )


def within(found: Estimate, true: float, bands: float = 1.6) -> bool:
    """Inside the 95 % interval, a little wider: seeds are fixed, so a right kernel stays right."""
    return abs(found.mean - true) <= bands * found.half_width


def unaccounted(found: Simulation, name: str) -> float:
    """Contacts offered that ended nowhere, in the worst replication: always none."""
    place = found.model.type_names.index(name)
    ended = ["answered", "abandoned", "blocked", "messages", "callbacks_accepted", "left"]
    if found.model.type(name).outbound is not None:
        ended.append("unreached")
    sums = [found.replication_totals(measure)[:, place] for measure in ended]
    return float(abs(found.replication_totals("offered")[:, place] - sum(sums)).max())
