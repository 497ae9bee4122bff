"""Targets met on the contact-weighted average of a day or week, with the fewest agent-hours.

A share of contacts over a whole day, answered in time ÷ counted ≥ s, is the same as

    Σ over intervals of contacts × (answered in time − s × counted) ≥ 0,

so every interval contributes a surplus of its own and the question becomes: raise the sum to zero with the
fewest agents. Each agent goes where it raises the sum most per agent (over the steepest run of agents, as the
first few may only pay off together); at the end agents that are no longer needed are taken back. Where each
further agent of an interval helps less than the one before, always so for Erlang C, this is optimal (Fox,
"Discrete optimization via marginal analysis", Management Science 13, 1966); elsewhere it is checked against
brute force in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.queueing import Definition, Goals, MetricsTable, ServiceTarget, evaluate
from floorwalker.science.staffing.smallest import staff_each
from floorwalker.science.staffing.workload import Floats, Over, Workload
from floorwalker.science.timegrid import TimeGrid

Ints = NDArray[np.int64]

TIGHTER = 20.0  # candidates end where what a goal tolerates is met twenty times over
ANY_TARGET = ServiceTarget(0.8, 20.0)  # the formulas want a target even where no goal has one


def cheapest_staff(
    grid: TimeGrid, work: Workload, goals: Goals, patience_seconds: float | None, min_staff: int, over: Over
) -> Ints:
    """Fewest agent-hours that meet ``goals`` over each day or week; the arguments are checked already."""
    base = floor_staff(work, goals, patience_seconds, min_staff)
    top = np.maximum(base, staff_each(work, _tighter(goals), patience_seconds, 0))
    required = base.copy()
    busy = np.flatnonzero(work.busy)
    if not busy.size:
        return required
    ladder = _Ladder.build(work.part(busy), goals, patience_seconds, base[busy], top[busy])
    for part in over.slices(grid):
        rows = np.arange(*np.searchsorted(busy, (part.start, part.stop)))
        if rows.size:
            required[busy[rows]] += ladder.part(rows).climb()
    return required


def floor_staff(work: Workload, goals: Goals, patience_seconds: float | None, min_staff: int) -> Ints:
    """What no average may undercut: ``min_staff``, one agent where contacts come, stability, the occupancy cap."""
    base = np.where(work.open, min_staff, 0).astype(np.int64)
    lone = 1 if patience_seconds is not None else np.floor(work.load).astype(np.int64) + 1
    base = np.where(work.busy, np.maximum(base, lone), base)
    if goals.max_occupancy is not None:
        cap = Goals(target=None, max_occupancy=goals.max_occupancy)
        base = np.maximum(base, staff_each(work, cap, patience_seconds, 0))
    return base


def surpluses(goals: Goals, contacts: Floats, found: MetricsTable) -> list[Floats]:
    """For each goal on contacts: by how many contacts each entry is above (+) or below (−) it.

    Added up over any set of intervals, a sum of 0 or more means the goal is met over that set.
    """
    answered = 1 - found.abandon_rate
    above: list[Floats] = []
    if goals.target is not None:
        share, definition = goals.target.share, goals.target.definition
        if definition is Definition.LATE_ABANDONS:
            above.append(found.answered_within - share * (1 - found.abandoned_within))
        elif definition is Definition.ALL_OFFERED:
            above.append(found.answered_within - share)
        elif definition is Definition.ANSWERED_ONLY:
            above.append(found.answered_within - share * answered)
        else:
            above.append(found.answered_within + found.abandoned_within - share)
    if goals.max_abandon is not None:
        above.append(goals.max_abandon - found.abandon_rate)
    if goals.max_asa_seconds is not None:
        waits = np.where(answered > 0, found.asa_seconds, 0.0)  # where nobody is answered nobody waited for it
        above.append((goals.max_asa_seconds - waits) * answered)
    if goals.max_mean_wait_seconds is not None:
        above.append(goals.max_mean_wait_seconds - found.mean_wait_seconds)
    if goals.max_wait_probability is not None:
        above.append(goals.max_wait_probability - found.wait_probability)
    some = contacts > 0
    return [np.where(some, contacts, 0.0) * np.where(some, each, 0.0) for each in above]


def _tighter(goals: Goals) -> Goals:
    """Goals so much stricter that nobody would go beyond them for an average's sake."""

    def cut(value: float | None) -> float | None:
        return None if value is None else value / TIGHTER

    target = goals.target
    if target is not None:
        target = replace(target, share=1 - (1 - target.share) / TIGHTER)
    return replace(
        goals,
        target=target,
        max_abandon=cut(goals.max_abandon),
        max_asa_seconds=cut(goals.max_asa_seconds),
        max_wait_probability=cut(goals.max_wait_probability),
        max_mean_wait_seconds=cut(goals.max_mean_wait_seconds),
    )


@dataclass(frozen=True)
class _Ladder:
    """Surplus of every goal at every number of agents beyond the floor: ``rungs[goal]`` is (intervals, steps).

    Rows are padded by repeating their last value, so a step beyond the top gains nothing.
    """

    rungs: Floats
    seconds: Floats

    @classmethod
    def build(cls, work: Workload, goals: Goals, patience_seconds: float | None, base: Ints, top: Ints) -> _Ladder:
        steps = np.arange(int((top - base).max()) + 1)
        agents = np.minimum(base[:, None] + steps, top[:, None]).astype(np.float64)
        column = (work.contacts[:, None], work.seconds[:, None], work.aht_seconds[:, None])
        found = evaluate(agents, *column, goals.target or ANY_TARGET, patience_seconds)
        above = surpluses(goals, work.contacts[:, None], found)
        return cls(np.array(above) if above else np.zeros((0, *agents.shape)), work.seconds)

    def part(self, rows: Ints) -> _Ladder:
        """The ladder of some of the intervals."""
        return _Ladder(self.rungs[:, rows], self.seconds[rows])

    def climb(self) -> Ints:
        """Agents beyond the floor, interval by interval."""
        at = np.zeros(self.seconds.size, dtype=np.int64)
        for goal in range(len(self.rungs)):
            at = self._raise(goal, at)
        return self._take_back(at)

    def _sums(self, at: Ints) -> Floats:
        return np.asarray(self.rungs[:, np.arange(at.size), at].sum(axis=1), dtype=np.float64)

    def _raise(self, goal: int, at: Ints) -> Ints:
        """Add agents where they help this goal most, until it is met."""
        rung = self.rungs[goal]
        at = at.copy()
        runs, rates = np.zeros_like(at), np.zeros(at.size)
        for row in range(at.size):
            runs[row], rates[row] = self._steepest(rung[row], int(at[row]), row)
        total = float(rung[np.arange(at.size), at].sum())
        while total < 0:
            row = int(np.argmax(rates))
            if rates[row] <= 0:
                break
            total += float(rung[row, at[row] + runs[row]] - rung[row, at[row]])
            at[row] += runs[row]
            runs[row], rates[row] = self._steepest(rung[row], int(at[row]), row)
        return at

    def _steepest(self, rung: Floats, at: int, row: int) -> tuple[int, float]:
        """The run of agents from ``at`` that gains most per agent-second, and that gain."""
        ahead = rung[at + 1 :] - rung[at]
        if not ahead.size:
            return 0, 0.0
        rates = ahead / np.arange(1, ahead.size + 1)
        run = int(np.argmax(rates))
        return run + 1, float(rates[run] / self.seconds[row])

    def _take_back(self, at: Ints) -> Ints:
        """Remove agents that no goal needs, the longest and least useful first."""
        at = at.copy()
        rows = np.arange(at.size)
        sums = self._sums(at)
        while True:
            lower = np.maximum(at - 1, 0)
            loss = self.rungs[:, rows, at] - self.rungs[:, rows, lower]
            free = (at > 0) & np.all(sums[:, None] - loss >= 0, axis=0)
            if not np.any(free):
                return at
            worth = np.where(free, loss.sum(axis=0) / self.seconds, np.inf)
            row = int(np.argmin(worth))
            sums = sums - loss[:, row]
            at[row] -= 1
