"""The cheapest number of people on each shift of each day that covers the requirement: the bound of any roster.

No roster, whoever works it, can cost less than the head counts: they forget rest, hours and wishes. So they
size the need before anybody is named, and say how far a roster is from the best that could exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

import numpy as np

from floorwalker.science.outcome import Clock, Outcome, Progress, Status, Stop
from floorwalker.science.rostering.count_model import ROUNDING, CountModel, Counts
from floorwalker.science.rostering.model import Person, RosterProblem
from floorwalker.science.rostering.options import Options, options_of
from floorwalker.science.rostering.presence import Ints

WEEK = 7


@dataclass(frozen=True)
class HeadCountParams:
    """``cover=True`` refuses to leave anything short: what no shift covers makes the outcome infeasible."""

    cover: bool = False


WITHOUT_LIMIT = Stop()
DEFAULTS = HeadCountParams()


@dataclass(frozen=True)
class HeadCounts:
    """``people[k]`` people take option ``k`` of ``options``; what that covers and costs."""

    problem: RosterProblem
    options: Options
    people: Ints

    @property
    def by_day_and_shift(self) -> Mapping[tuple[int, str], int]:
        """People on each shift of each day, shifts nobody works left out."""
        found: dict[tuple[int, str], int] = {}
        for k in np.flatnonzero(self.people):
            key = int(self.options.day[k]), self.options.shifts[self.options.shift[k]].name
            found[key] = found.get(key, 0) + int(self.people[k])
        return found

    @property
    def covered(self) -> Ints:
        """People at work and not at their meal in each interval."""
        return self.options.reach.people(self.people, len(self.problem.grid))

    @property
    def short(self) -> Ints:
        """People missing in each interval."""
        missing: Ints = np.maximum(np.asarray(self.problem.needed) - self.covered, 0)
        return missing

    @property
    def over(self) -> Ints:
        """People above the need in each interval."""
        above: Ints = np.maximum(self.covered - np.asarray(self.problem.needed), 0)
        return above

    @property
    def duties(self) -> int:
        return int(self.people.sum())

    @property
    def paid_hours(self) -> float:
        return float(self.people @ self.options.paid_hours)

    @property
    def short_hours(self) -> float:
        """Agent-hours missing."""
        return float(self.short @ np.asarray(self.problem.grid.lengths)) / 3600

    def people_needed(self, like: Person | None = None) -> int:
        """The fewest people of a contract who could work these counts, by their hours, duties and days."""
        contract = like or Person("any")
        most = 0
        for low in range(0, self.problem.grid.days, WEEK):
            week = (self.options.day >= low) & (self.options.day < low + WEEK)
            hours = float(self.people[week] @ self.options.paid_hours[week])
            fewest = [int(self.people[self.options.day == day].sum()) for day in range(low, low + WEEK)]
            fewest.append(ceil(hours / contract.max_hours - ROUNDING) if hours else 0)
            fewest.append(ceil(int(self.people[week].sum()) / contract.max_days))
            most = max(most, *fewest)
        return most


def head_counts(
    problem: RosterProblem, *, stop: Stop = WITHOUT_LIMIT, params: HeadCountParams = DEFAULTS
) -> Outcome[HeadCounts]:
    """The cheapest head counts: paid hours plus ``short_weight`` × agent-hours short, proven when optimal.

    The people of the problem are not looked at. Days that no shift ties together are solved one by one. With
    ``params.cover`` an interval no shift reaches makes the outcome infeasible; the clashes name it and the
    repair says which shift to add.
    """
    clock, options = stop.clock(), options_of(problem)
    needed = np.asarray(problem.needed, dtype=np.int64)
    if params.cover and (clashes := list(_unreachable(problem, options, needed))):
        texts, repairs = zip(*clashes, strict=True)
        return Outcome(Status.INFEASIBLE, None, seconds=clock.seconds, clashes=texts, repair="; ".join(repairs))
    people, bound, proven = np.zeros(len(options), dtype=np.int64), 0.0, True
    for days in _blocks(options):
        rows = np.flatnonzero((options.day >= days.start) & (options.day < days.stop))
        here = np.isin(problem.grid.day_index, days)
        answer = (
            None
            if clock.over()
            else _solve_block(problem, options.take(rows), np.where(here, needed, 0), clock, params)
        )
        if answer is None:
            return Outcome(Status.OUT_OF_TIME, None, seconds=clock.seconds)
        people[rows] = answer.people
        bound, proven = bound + answer.bound, proven and answer.proven
    value = HeadCounts(problem, options, people)
    objective = value.paid_hours + problem.short_weight * value.short_hours
    bound = objective if proven else min(bound, objective)
    seconds = clock.seconds
    history = (Progress(objective, bound, seconds, "head counts"),)
    status = Status.OPTIMAL if proven else Status.FEASIBLE
    return Outcome(status, value, objective, bound, seconds, 1, history=history)


def _solve_block(
    problem: RosterProblem, options: Options, needed: Ints, clock: Clock, params: HeadCountParams
) -> Counts | None:
    return CountModel(options, needed, problem.short_weight, may_be_short=not params.cover).solve(clock)


def _blocks(options: Options) -> Iterator[range]:
    """Runs of days tied together by shifts that reach past a midnight."""
    grid, first = options.grid, 0
    for day in range(1, grid.days):
        before = options.day < day
        midnight = grid.day_slice(day).start
        if not np.any(options.reach.last[before & (options.day >= first)] > midnight):
            yield range(first, day)
            first = day
    yield range(first, grid.days)


def _unreachable(problem: RosterProblem, options: Options, needed: Ints) -> Iterator[tuple[str, str]]:
    """For each run of intervals in need that no option works: what it is, and the shift that would reach it."""
    grid = problem.grid
    reached = options.reach.people(np.ones(len(options), dtype=np.int64), len(grid)) > 0
    open_ = np.flatnonzero((needed > 0) & ~reached)
    for run in np.split(open_, np.flatnonzero(np.diff(open_) > 1) + 1):
        if len(run) == 0:
            continue
        start = grid.local(int(run[0]))
        end = datetime.fromtimestamp(grid.starts[run[-1]] + grid.lengths[run[-1]], start.tzinfo)
        when = f"{start:%A %Y-%m-%d %H:%M}-{end:%H:%M}"
        people = int(needed[run].max())
        yield (
            f"{when} needs {people} people, but no shift works all of an interval in it",
            f"add a shift that works {start:%A} {start:%H:%M}-{end:%H:%M}",
        )
