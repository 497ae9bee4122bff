"""A roster while it is being made, and what one more duty would be worth to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.rostering.model import Roster, RosterProblem
from floorwalker.science.rostering.options import Options
from floorwalker.science.rostering.presence import Ints


@dataclass
class Draft:
    """A roster being made: the rows of the options each person works, and the people at work in each interval."""

    problem: RosterProblem
    options: Options
    rows: list[list[int]]
    covered: Ints

    @classmethod
    def empty(cls, problem: RosterProblem, options: Options) -> Draft:
        return cls(problem, options, [[] for _ in problem.people], np.zeros(len(problem.grid), dtype=np.int64))

    def copy(self) -> Draft:
        return Draft(self.problem, self.options, [list(rows) for rows in self.rows], self.covered.copy())

    def work(self, person: int, rows: Sequence[int]) -> None:
        """Give a person these duties in place of the ones they have."""
        self._count(self.rows[person], -1)
        self.rows[person] = list(rows)
        self._count(self.rows[person], 1)

    def _count(self, rows: Sequence[int], sign: int) -> None:
        r = self.options.reach
        for k in rows:
            self.covered[r.first[k] : r.meal_first[k]] += sign
            self.covered[r.meal_last[k] : r.last[k]] += sign

    @property
    def short(self) -> Ints:
        return np.maximum(np.asarray(self.problem.needed) - self.covered, 0)

    @property
    def objective(self) -> float:
        """Paid hours plus ``short_weight`` × agent-hours short."""
        paid = sum(int(self.options.paid_minutes[k]) for rows in self.rows for k in rows) / 60
        short = float(self.short @ np.asarray(self.problem.grid.lengths)) / 3600
        return paid + self.problem.short_weight * short

    def roster(self) -> Roster:
        people = self.problem.people
        duties = (self.options.duty(p.id, k) for p, rows in zip(people, self.rows, strict=True) for k in rows)
        return Roster(self.problem.grid, people, self.problem.shifts, tuple(sorted(duties)))


def gains(draft: Draft, *, urgency: float = 0.0) -> NDArray[np.float64]:
    """What each option would lower the objective by, for one more person.

    ``urgency`` above zero favours intervals that miss many: right while most of the roster is still empty.
    """
    short = draft.short
    hours = np.asarray(draft.problem.grid.lengths) / 3600
    worth = draft.problem.short_weight * hours * (short > 0)
    worth = worth * (1 + urgency * short / max(1, int(short.max(initial=0))))
    found: NDArray[np.float64] = draft.options.reach.total(worth) - draft.options.paid_hours
    return found
