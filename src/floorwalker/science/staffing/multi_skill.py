"""Fewest or cheapest agents by group where skills overlap: every type's target met, shown by simulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import Any

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Clock, Outcome, Status, Stop
from floorwalker.science.queueing import Goals, ServiceTarget, smallest_staff
from floorwalker.science.simulation import (
    AgentGroup,
    ContactType,
    Estimate,
    Model,
    steady,
    tell_loading,
    with_staff,
)
from floorwalker.science.staffing.out_of_reach import nobody_for, out_of_reach, repair
from floorwalker.science.staffing.pooled import Work, least_cost, pooled_staff
from floorwalker.science.staffing.skill_judge import Judge
from floorwalker.science.staffing.skill_search import Search, Staff, Verdict

GENERALISTS = 0.6  # a second start splits the work as if groups of many skills cost this share less
AMPLE = 1.5  # so many times the agents one group would need alone for all its types is more than enough


@dataclass(frozen=True)
class MultiSkillStaff:
    """Agents by group for one steady period, and what they achieve.

    ``service`` is per type, from numbers the search has not seen, each with its 95 % band; no type's lower edge
    is under its target by more than ``tolerance``. ``pooled`` is what the formula alone would have said,
    ``model`` the period with these agents: simulate it for every other measure. ``refused`` cheaper staffs looked
    enough in the search and were not on fresh numbers; each verdict has numbers of its own.
    """

    agents: dict[str, int]
    cost_per_hour: float
    service: dict[str, Estimate]
    targets: dict[str, ServiceTarget]
    tolerance: float
    pooled: dict[str, int]
    model: Model
    refused: int = 0

    @property
    def total(self) -> int:
        """Agents over all groups."""
        return sum(self.agents.values())

    def to_dict(self) -> dict[str, object]:
        """Plain values; service as shares with their bands."""
        return {
            "agents": dict(self.agents),
            "cost_per_hour": self.cost_per_hour,
            "pooled": dict(self.pooled),
            "tolerance": self.tolerance,
            "refused": self.refused,
            "service": [
                {
                    "type": name,
                    "target": str(self.targets[name]),
                    "definition": str(self.targets[name].definition),
                    "reached": found.mean,
                    "low": found.low,
                    "high": found.high,
                }
                for name, found in self.service.items()
            ],
        }


def staff_multi_skill(
    model: Model,
    *,
    period: int | None = None,
    costs: Mapping[str, float] | None = None,
    fewest: Mapping[str, int] | None = None,
    most: Mapping[str, int] | None = None,
    tolerance: float = 0.01,
    seed: int = 0,
    stop: Stop | None = None,
    workers: int | None = None,
) -> Outcome[MultiSkillStaff]:
    """Cheapest agents by group under which every type for which somebody waits meets its target.

    The staff in ``model`` is not looked at. ``period``: which of its periods, as a steady state; needed where
    there are several. ``costs`` an hour by group (left out: ``cost_per_hour`` of the groups, so the fewest
    agents where all cost the same); ``fewest`` and ``most`` limit groups. A staff whose true service is at its
    targets counts as enough, one that is under any of them by more than ``tolerance`` (service points, 0.01 is
    one) does not; between the two either may happen. The work of ``stop`` is counted in staffs tried.

    The answer is feasible, or infeasible with the types that cannot meet their target and why.
    """
    if not 0 < tolerance < 0.5:
        raise InvalidInput(f"tolerance is {tolerance:g}; give a share above 0, as 0.01 for one point")
    stop = stop or Stop()
    clock = stop.clock()
    flat = steady(model, period)
    names = flat.group_names
    work = Work.of(flat)
    limits = _counts(flat, fewest, "fewest"), _counts(flat, most, "most")
    for name in limits[0].keys() & limits[1].keys():
        if limits[0][name] > limits[1][name]:
            both = f"at least {limits[0][name]} and at most {limits[1][name]}"
            raise InvalidInput(f"{name!r} is to have {both} agents; give limits that leave room")
    price = {group.name: group.cost_per_hour for group in flat.groups} | _known(flat, costs, "costs")
    nobody = nobody_for(work)
    if nobody or not work.aimed:
        return _none_needed(work, price, limits[0], tolerance, clock) if not nobody else _infeasible(clock, nobody)
    ample = {group.name: _ample(work, group, *limits) for group in flat.groups}
    pooled = pooled_staff(work, price, limits[1])
    tell_loading(clock)
    judge = Judge(work, tolerance, seed, workers)
    search = Search(
        [price[name] for name in names],
        tuple(limits[0].get(name, 0) for name in names),
        tuple(limits[1].get(name, 4 * ample[name]) for name in names),
        judge,
        clock,
        least_cost(work, price, tolerance),
    )
    plenty = _plenty(search, tuple(ample.values()))
    found = None
    if search.look(plenty).enough:
        generalists = pooled_staff(work, price, limits[1], favoured=GENERALISTS)
        found = _verified(search, judge, plenty, tuple(pooled.values()), tuple(generalists.values()))
    if found is None:
        verdict, agents = search.look(plenty), dict(zip(names, plenty, strict=True))
        why = out_of_reach(work, verdict, agents, limits[1], tolerance)
        return _infeasible(clock, why, repair(work, verdict, limits[1], tolerance), len(search.known))
    staff, service, refused = found
    agents = dict(zip(names, staff, strict=True))
    targets = {kind.name: kind.target for kind in work.aimed}
    value = MultiSkillStaff(
        agents, search.cost(staff), service, targets, tolerance, pooled, with_staff(flat, agents), refused
    )
    return Outcome(
        Status.FEASIBLE,
        value,
        objective=value.cost_per_hour,
        bound=search.bound,
        seconds=clock.seconds,
        work=len(search.known),
        history=tuple(search.history),
    )


def staff_each_period(
    model: Model, periods: Sequence[int] | None = None, **settings: Any
) -> dict[int, Outcome[MultiSkillStaff]]:
    """:func:`staff_multi_skill` for each of ``periods`` (None: all); periods alike are searched once.

    ``settings`` are those of that function; a limit of time holds for each search.
    """
    found: dict[int, Outcome[MultiSkillStaff]] = {}
    alike: dict[tuple[ContactType, ...], Outcome[MultiSkillStaff]] = {}
    for period in range(len(model.periods)) if periods is None else periods:
        types = steady(model, period).types
        if types not in alike:
            alike[types] = staff_multi_skill(model, period=period, **settings)
        found[period] = alike[types]
    return found


def _verified(
    search: Search, judge: Judge, plenty: Staff, *starts: Staff
) -> tuple[Staff, dict[str, Estimate], int] | None:
    """The cheapest staff found that holds on fresh numbers, and how many did not: too few from then on."""
    refused = 0
    while True:
        enough = [search.climb(start, plenty) for start in starts]
        cheap = min(enough, key=search.cost) if search.over() else search.descend(*enough)
        verdict, service = judge.fresh(cheap, refused)
        if verdict.enough:
            return cheap, service, refused
        refused += 1
        search.known[cheap] = Verdict(False, verdict.slack)
        if search.over():
            break
        starts = (cheap,)
    others = [staff for staff, found in search.known.items() if found.enough]
    for staff in sorted(others, key=search.cost):
        verdict, service = judge.fresh(staff, refused)
        if verdict.enough:
            return staff, service, refused
        refused += 1
    return None


def _plenty(search: Search, ample: Staff) -> Staff:
    """More than enough of every group, as far as their limits go."""
    for _ in range(3):
        staff = tuple(min(count, most) for count, most in zip(ample, search.highest, strict=True))
        if search.look(staff).enough:
            break
        ample = tuple(2 * count for count in ample)
    return staff


def _ample(work: Work, group: AgentGroup, fewest: Mapping[str, int], most: Mapping[str, int]) -> int:
    """Agents with which this group alone could do everything it can do."""
    kinds = [kind for kind in work.model.types if work.rates[kind.name] and work.seconds(kind, group) < inf]
    rate = sum(work.rates[kind.name] for kind in kinds)
    if not rate:
        return fewest.get(group.name, 0)
    seconds = sum(work.rates[kind.name] * work.seconds(kind, group) for kind in kinds) / rate
    share = max(kind.target.share for kind in kinds)
    alone = smallest_staff(rate * 3600, 3600.0, seconds, Goals(ServiceTarget(share, 0.0)))
    kept = max(skill.keep_idle for skill in group.skills)
    return min(max(ceil(AMPLE * alone) + kept, fewest.get(group.name, 0)), most.get(group.name, 10**6))


def _none_needed(
    work: Work, price: Mapping[str, float], fewest: Mapping[str, int], tolerance: float, clock: Clock
) -> Outcome[MultiSkillStaff]:
    """Nobody waits for anything that comes: the fewest allowed."""
    agents = {name: fewest.get(name, 0) for name in work.model.group_names}
    cost = sum(price[name] * count for name, count in agents.items())
    value = MultiSkillStaff(agents, cost, {}, {}, tolerance, dict(agents), with_staff(work.model, agents))
    return Outcome(Status.OPTIMAL, value, objective=cost, bound=cost, seconds=clock.seconds)


def _infeasible(
    clock: Clock, clashes: tuple[str, ...], change: str = "give a group the skill", work: int = 0
) -> Outcome[MultiSkillStaff]:
    return Outcome(Status.INFEASIBLE, None, seconds=clock.seconds, work=work, clashes=clashes, repair=change)


def _counts(model: Model, given: Mapping[str, int] | None, what: str) -> dict[str, int]:
    found = _known(model, given, what)
    for name, count in found.items():
        if count != int(count):
            raise InvalidInput(f"{what} of {name!r} is {count}; give a whole number of agents")
    return {name: int(count) for name, count in found.items()}


def _known(model: Model, given: Mapping[str, float] | None, what: str) -> dict[str, float]:
    """Values by group, each of a group that exists and none negative."""
    for name, value in (given or {}).items():
        model.group(name)
        if not 0 <= value < inf:
            raise InvalidInput(f"{what} of {name!r} is {value:g}; give a finite number, 0 or more")
    return dict(given or {})
