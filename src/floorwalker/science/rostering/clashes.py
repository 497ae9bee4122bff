"""Why a person has no legal week, and the cheapest change that gives them one.

Costs are in hours: asking an hour less (or allowing one more) than agreed costs an hour; any other concession –
a day off given up, a day more in the week or in a row, a shorter rest, shifts outside the agreed ones – costs
as much as a day's work. All sets of concessions cheaper than the best one found are tried, so the repair is
the cheapest there is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from math import ceil, inf

import numpy as np

from floorwalker.science.rostering.limits import Limits
from floorwalker.science.rostering.model import Person
from floorwalker.science.rostering.planners import AnyRulePlanner, Planners
from floorwalker.science.rostering.week import WeekPlanner

CONCESSION_HOURS = 8.0
SHORTER_REST = 2.0  # hours by which a rest may give way: 9 instead of 11
MOST_NAMED = 5
DAY_MINUTES = 1440
_ANY_HOUR = ((0, 2 * DAY_MINUTES),)  # as a person has it unless told otherwise
STEP_MINUTES = 15  # how finely the hours to ask or to allow are searched


@dataclass(frozen=True)
class Clash:
    """What cannot be had together for one person, the cheapest repair, and what that repair costs in hours."""

    person: str
    text: str
    repair: str
    cost: float


def impossible_people(planners: Planners) -> list[Clash]:
    """The people without any legal duties at all, and why; the first few where there are many."""
    found: list[Clash] = []
    nothing = np.zeros(len(planners.options))
    possible: set[Limits] = set()
    for number, limits in enumerate(planners.limits):
        if planners.standard and limits in possible:
            continue
        if planners.of(number).best(nothing) is not None:
            possible.add(limits)
            continue
        found.append(explain_clash(planners, number))
        if len(found) == MOST_NAMED:
            break
    return found


def explain_clash(planners: Planners, number: int) -> Clash:
    """Why that person has no legal week, and the cheapest repair."""
    person, limits = planners.problem.people[number], planners.limits[number]
    if _feasible(planners, limits):
        return _clash_of_rules(planners, person)
    free = _without_limits(planners, limits)
    reasons = [name for name in _LIMITS if getattr(free, name) != getattr(limits, name)]
    for name in tuple(reasons):  # leave out what the clash does not need: what remains is a smallest reason
        fewer = {other: getattr(limits, other) for other in reasons if other != name}
        if not _feasible(planners, replace(free, **fewer)):
            reasons.remove(name)
    words = " and ".join(_words(planners, limits, name, person) for name in reasons) or "the shifts there are"
    cost, repair = _cheapest(planners, limits)
    least, most = f"{limits.min_hours:g}", f"{limits.max_hours:g}"
    hours = most if least == most else f"{least} to {most}"
    text = f"{person.id} is to work {hours} h a week, impossible with {words}"
    return Clash(person.id, text, f"for {person.id}: {repair}", cost)


_LIMITS = ("days_off", "shifts", "min_rest_hours", "max_consecutive_days", "max_days")


def _without_limits(planners: Planners, limits: Limits) -> Limits:
    """Nothing but the hours a week."""
    shifts = frozenset(s.name for s in planners.problem.shifts)
    return Limits(limits.min_hours, limits.max_hours, shifts=shifts)


def _words(planners: Planners, limits: Limits, name: str, person: Person) -> str:
    dates = (*planners.problem.grid.dates, "the day after")
    return {
        "days_off": f"days off on {', '.join(str(dates[d]) for d in sorted(limits.days_off))}",
        "shifts": f"{len(limits.shifts)} of {len(planners.problem.shifts)} shifts within "
        f"their availability{_when(person, planners.problem.grid.zone)}",
        "min_rest_hours": f"{limits.min_rest_hours:g} h of rest",
        "max_consecutive_days": f"{limits.max_consecutive_days} days in a row",
        "max_days": f"{limits.max_days} days a week",
    }[name]


def _when(person: Person, zone: str) -> str:
    """The hours a person can work, on the clock of the plan: one kept on another clock shows at once."""
    if person.available == _ANY_HOUR:
        return ""
    return f" ({', '.join(map(_window, person.available))} in {zone})"


def _window(window: tuple[int, int]) -> str:
    start, end = window
    if end >= _ANY_HOUR[0][1]:
        return f"from {_clock(start)}"
    return f"{_clock(start)}–{_clock(end if end <= DAY_MINUTES else end - DAY_MINUTES)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _clash_of_rules(planners: Planners, person: Person) -> Clash:
    """A clash dynamic programming does not know: the smallest set of rules that leaves nothing legal."""
    rules = list(planners.rules)
    nothing = np.zeros(len(planners.options))
    for rule in tuple(rules):
        fewer = [r for r in rules if r is not rule]
        if AnyRulePlanner(person, planners.options, fewer).best(nothing) is None:
            rules = fewer
    names = " and ".join(repr(rule.name) for rule in rules)
    text = f"{person.id} has no legal week under {names} together"
    return Clash(person.id, text, f"for {person.id}: leave out {rules[-1].name!r}", inf)


def _feasible(planners: Planners, limits: Limits) -> bool:
    return WeekPlanner(planners.options, limits).best(np.zeros(len(planners.options))) is not None


def _cheapest(planners: Planners, limits: Limits) -> tuple[float, str]:
    """The cheapest set of concessions, tried from none upwards until more of them cannot be cheaper."""
    best, words = inf, ""
    possible = list(_concessions(planners, limits))
    for size in range(len(possible) + 1):
        if CONCESSION_HOURS * size >= best:
            break
        for chosen in combinations(possible, size):
            less_than = best - CONCESSION_HOURS * size
            hours, change = _hours_to_give(planners, _ease(limits, chosen), less_than)
            if hours < less_than:
                best = CONCESSION_HOURS * size + hours
                words = " and ".join([text for text, _ in chosen] + ([change] if change else []))
    return best, words


Concession = tuple[str, Callable[[Limits], Limits]]


def _concessions(planners: Planners, limits: Limits) -> Iterator[Concession]:
    dates = planners.problem.grid.dates
    for day in sorted(limits.days_off):
        name = str(dates[day]) if day < len(dates) else "the day after the roster"
        yield f"give up the day off on {name}", partial(_without_day_off, day)
    if limits.max_days < 7:
        days = limits.max_days + 1
        yield f"allow {days} days a week", partial(replace, max_days=days)
    if limits.max_consecutive_days < len(dates):
        row = limits.max_consecutive_days + 1
        yield f"allow {row} days in a row", partial(replace, max_consecutive_days=row)
    if limits.min_rest_hours > SHORTER_REST:
        rest = limits.min_rest_hours - SHORTER_REST
        yield f"allow a rest of {rest:g} h", partial(replace, min_rest_hours=rest)
    everything = _without_limits(planners, limits).shifts
    if limits.shifts != everything:
        yield "allow any shift at any hour", partial(replace, shifts=everything)


def _without_day_off(day: int, limits: Limits) -> Limits:
    return replace(limits, days_off=limits.days_off - {day})


def _ease(limits: Limits, chosen: Sequence[Concession]) -> Limits:
    for _, ease in chosen:
        limits = ease(limits)
    return limits


def _hours_to_give(planners: Planners, limits: Limits, less_than: float) -> tuple[float, str]:
    """The fewest hours by which the least must be lowered or the most raised, if fewer than ``less_than``."""
    if _feasible(planners, limits):
        return 0.0, ""
    step = STEP_MINUTES / 60
    most = ceil(min(limits.min_hours, less_than) / step)

    def lowered(steps: int) -> Limits:
        return replace(limits, min_hours=max(0.0, limits.min_hours - steps * step))

    def raised(steps: int) -> Limits:
        return replace(limits, max_hours=limits.max_hours + steps * step)

    down = _fewest(lambda n: _feasible(planners, lowered(n)), most)
    up = _fewest(lambda n: _feasible(planners, raised(n)), down - 1)
    if up < down:
        return up * step, f"allow {raised(up).max_hours:g} h a week"
    if down > most:
        return inf, ""
    return limits.min_hours - lowered(down).min_hours, f"ask no more than {lowered(down).min_hours:g} h a week"


def _fewest(enough: Callable[[int], bool], most: int) -> int:
    """The smallest number from 1 to ``most`` that is enough, ``most + 1`` when none is (more is never worse)."""
    if most < 1 or not enough(most):
        return most + 1
    return bisect_left(range(1, most + 1), True, key=enough) + 1
