"""Why 43? A requirement opened into the things that make it, each switched on in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import ceil

from floorwalker.science.errors import InvalidInput
from floorwalker.science.explanation import Explanation, Part
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import Goals, smallest_staff
from floorwalker.science.staffing.averaged import ANY_TARGET
from floorwalker.science.staffing.intervals import plan_intervals
from floorwalker.science.staffing.requirement import Requirement
from floorwalker.science.staffing.shrinkage import ROUNDING_NOISE
from floorwalker.science.staffing.workload import Over, Workload

EVEN_CHANCE = Goals(target=None, max_wait_probability=0.5)
GOALS_IN_WORDS = {
    "max_abandon": "at most {:.1%} of callers abandon",
    "max_occupancy": "agents are busy at most {:.1%} of their time",
    "max_asa_seconds": "the answered wait at most {:g} s on average",
    "max_wait_probability": "at most {:.1%} of callers wait at all",
    "max_mean_wait_seconds": "callers wait at most {:g} s on average",
}

Step = tuple[str, float, str]  # name, staff once this is switched on, how it was found


def explain(
    forecast: Forecast,
    index: int,
    goals: Goals,
    *,
    patience_seconds: float | None = None,
    shrinkage: float = 0.0,
    min_staff: int = 0,
    over: str = Over.INTERVAL,
    confidence: float | None = None,
    absence: float = 0.0,
    paths: int = 400,
    seed: int = 0,
) -> Explanation:
    """Open the people scheduled for interval ``index`` by :func:`plan_intervals` with the same settings.

    The parts add up exactly to ``scheduled``. Each is a difference of two staff numbers, both computed, the
    second with one thing more switched on, in this order:

    1. *load*: contacts × handling time ÷ interval, in Erlangs; enough if work could be poured like water.
    2. *whole agents*: up to the next whole number; enough if contacts came evenly and took equally long.
    3. *randomness*: up to where a contact coming at random has an even chance of being answered at once
       (smallest staff of Erlang C with a probability of waiting of at most 50 %); no target yet.
    4. *target*: on to the service target, still with Erlang C. Negative where the target allows more waiting
       than an even chance. The caps on waits and occupancy follow, one part each.
    5. *abandonment*: the same goals with callers that lose patience (Erlang A). Usually negative: those who
       hang up make room for the others. *max_abandon* then adds what the cap on abandonment takes.
    6. *minimum staff*: up to ``min_staff``.
    7. *average*: with ``over`` a day or week, what this interval lends to or borrows from the others.
    8. *forecast uncertainty*: with ``confidence``, what covers counts above the expected ones (and, over a day
       or week, people missing by chance).
    9. *absence allowance*: from agents on the phones to people on the schedule.

    Parts 1-3 are always there for an open interval that expects contacts, later ones where something is set.
    """
    settings = _Settings(
        patience_seconds, shrinkage, min_staff, Over.named(over), confidence, absence, paths, seed
    )
    return _opened(_Plans(forecast, goals, settings), index)


def explain_each(
    forecast: Forecast,
    indexes: Iterable[int],
    goals: Goals,
    *,
    patience_seconds: float | None = None,
    shrinkage: float = 0.0,
    min_staff: int = 0,
    over: str = Over.INTERVAL,
    confidence: float | None = None,
    absence: float = 0.0,
    paths: int = 400,
    seed: int = 0,
) -> Iterator[Explanation]:
    """:func:`explain` of many intervals, in the order given; what needs the whole plan is planned only once."""
    settings = _Settings(
        patience_seconds, shrinkage, min_staff, Over.named(over), confidence, absence, paths, seed
    )
    plans = _Plans(forecast, goals, settings)
    for index in indexes:
        yield _opened(plans, index)


@dataclass(frozen=True)
class _Settings:
    patience_seconds: float | None
    shrinkage: float
    min_staff: int
    over: Over
    confidence: float | None
    absence: float
    paths: int
    seed: int


@dataclass(frozen=True)
class _Plans:
    """A forecast, its goals and settings, and the plans they lead to, made when first asked for."""

    forecast: Forecast
    goals: Goals
    settings: _Settings

    @cached_property
    def work(self) -> Workload:
        return Workload.of(self.forecast)

    @cached_property
    def expected(self) -> Requirement:
        """For the expected contacts, nobody being away."""
        return self._plan(None, 0.0, 0.0)

    @cached_property
    def whole(self) -> Requirement:
        return self._plan(self.settings.confidence, self.settings.shrinkage, self.settings.absence)

    def _plan(self, confidence: float | None, shrinkage: float, absence: float) -> Requirement:
        return plan_intervals(
            self.forecast,
            self.goals,
            patience_seconds=self.settings.patience_seconds,
            shrinkage=shrinkage,
            min_staff=self.settings.min_staff,
            over=self.settings.over,
            confidence=confidence,
            absence=absence,
            paths=self.settings.paths,
            seed=self.settings.seed,
            measured_as=self.goals.target or ANY_TARGET,
        )


def _opened(plans: _Plans, index: int) -> Explanation:
    grid = plans.forecast.grid
    if not 0 <= index < len(grid):
        raise InvalidInput(f"interval {index} is not in a grid of {len(grid)}; count from 0")
    when = f"{plans.forecast.queue} at {grid.local(index).isoformat()}"
    parts, before = [], 0.0
    for name, staff, because in _steps(plans, index):
        parts.append(Part(name, staff - before, because))
        before = staff
    return Explanation(f"people to schedule for {when}", before, "people", tuple(parts))


def _steps(plans: _Plans, index: int) -> Iterator[Step]:
    work, settings = plans.work, plans.settings
    if not work.open[index]:
        yield "closed", 0.0, "nobody is needed while the queue is closed"
        return
    staff = 0.0
    if work.busy[index]:
        demand = (float(work.contacts[index]), float(work.seconds[index]), float(work.aht_seconds[index]))
        for step in _formula_steps(demand, plans.goals, settings.patience_seconds):
            staff = step[1]
            yield step
    if settings.min_staff > staff:
        staff = float(settings.min_staff)
        yield "minimum staff", staff, f"at least {settings.min_staff} while the queue is open"
    yield from _plan_steps(plans, index, staff)


def _formula_steps(
    demand: tuple[float, float, float], goals: Goals, patience_seconds: float | None
) -> Iterator[Step]:
    """Parts 1 to 5: load, whole agents, randomness, the goals, abandonment."""
    contacts, seconds, aht = demand
    load = contacts * aht / seconds
    yield "load", load, f"{contacts:.4g} contacts of {aht:.4g} s in {seconds / 60:g} minutes"
    whole = max(1, ceil(load - ROUNDING_NOISE * max(1.0, load)))
    yield "whole agents", float(whole), "agents come whole"
    even = smallest_staff(*demand, EVEN_CHANCE)
    yield "randomness", float(even), "contacts come at random; with this staff one in two is answered at once"
    so_far: Goals | None = None
    for name, more in _one_by_one(goals):
        so_far = more
        yield name, float(smallest_staff(*demand, more)), _because(name, goals)
    if patience_seconds is not None and so_far is not None:
        staff = smallest_staff(*demand, so_far, patience_seconds)
        yield "abandonment", float(staff), f"callers wait {patience_seconds:g} s on average before they hang up"
    if goals.max_abandon is not None:
        staff = smallest_staff(*demand, goals, patience_seconds)
        yield "max_abandon", float(staff), _because("max_abandon", goals)


def _one_by_one(goals: Goals) -> Iterator[tuple[str, Goals]]:
    """The goals that make sense without abandonment, each joined to those before it."""
    so_far: Goals | None = None
    for each in fields(Goals):
        value = getattr(goals, each.name)
        if value is None or each.name == "max_abandon":
            continue
        so_far = _alone(goals, each.name) if so_far is None else replace(so_far, **{each.name: value})
        yield each.name, so_far


def _alone(goals: Goals, name: str) -> Goals:
    return Goals(**{"target": None, name: getattr(goals, name)})


def _because(name: str, goals: Goals) -> str:
    if goals.target is not None and name == "target":
        return f"{goals.target} under the definition {goals.target.definition}"
    return GOALS_IN_WORDS[name].format(getattr(goals, name))


def _plan_steps(plans: _Plans, index: int, staff: float) -> Iterator[Step]:
    """Parts 7 to 9, read off plans with one setting more each time."""
    settings = plans.settings
    if settings.over is not Over.INTERVAL:
        staff = float(plans.expected.required[index])
        yield "average", staff, f"the goals need only hold over all contacts of the {settings.over}"
    if settings.confidence is not None:
        staff = float(plans.whole.required[index])
        yield "forecast uncertainty", staff, f"enough in {settings.confidence:.0%} of what may come"
    if settings.shrinkage or settings.absence:
        away = f"{settings.shrinkage:.1%} of scheduled time is spent off the phones"
        absent = f", {settings.absence:.1%} of people are absent" if settings.absence else ""
        yield "absence allowance", float(plans.whole.scheduled[index]), away + absent
