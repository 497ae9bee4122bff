"""The integer program behind every bound: how many people take each option, whoever they are (HiGHS).

Dantzig's set-covering model of shift scheduling (G. B. Dantzig, "A comment on Edie's 'Traffic delays at toll
booths'", Operations Research 2, 1954), with the hours left short as a priced variable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import gcd

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from floorwalker.science.outcome import Clock
from floorwalker.science.rostering.options import Options
from floorwalker.science.rostering.presence import Ints

ROUNDING = 1e-6


@dataclass(frozen=True)
class Totals:
    """What a crew can do together on some days: duties at most, paid hours at least and at most.

    Where the program hires, the figures are for one person of as many as it chooses.
    """

    days: frozenset[int]
    max_duties: float
    min_hours: float = 0.0
    max_hours: float = float("inf")


@dataclass(frozen=True)
class Counts:
    """An answer of the program: people per option, hired crew, objective, bound, and whether it is proven."""

    people: Ints
    crew: float
    objective: float
    bound: float
    proven: bool


@dataclass(frozen=True)
class CountModel:
    """Cover ``needed`` by counts of ``options`` at the least paid hours + ``short_weight`` × agent-hours short.

    With a ``hire_price`` (paid hours for each person hired) the program also chooses how many people there are.
    """

    options: Options
    needed: NDArray[np.int64]
    short_weight: float
    totals: tuple[Totals, ...] = ()
    hire_price: float | None = None
    may_be_short: bool = True

    def solve(self, clock: Clock, *, whole: bool = True, node_limit: int | None = None) -> Counts | None:
        """The cheapest counts found before the clock or ``node_limit`` ends the search; None without any.

        ``whole=False`` allows fractions of people: quicker, and a bound still.
        """
        model, rows, opts = mathopt.Model(), self._rows(), self.options
        counts = [model.add_variable(lb=0.0, is_integer=whole) for _ in range(len(opts))]
        crew = None if self.hire_price is None else model.add_variable(lb=0.0, is_integer=whole)
        covered = {
            i: model.add_linear_constraint(lb=float(self.needed[i])) for i in np.flatnonzero(self.needed).tolist()
        }
        for count, intervals in zip(counts, rows, strict=True):
            for i in covered.keys() & intervals:
                covered[i].set_coefficient(count, 1.0)
        hours = np.asarray(opts.grid.lengths) / 3600
        goal = mathopt.LinearSum(float(h) * c for h, c in zip(opts.paid_hours, counts, strict=True)) + 0.0
        if self.may_be_short:
            for i, constraint in covered.items():
                short = model.add_variable(lb=0.0)
                constraint.set_coefficient(short, 1.0)
                goal += self.short_weight * float(hours[i]) * short
        if crew is not None and self.hire_price is not None:
            goal += self.hire_price * crew
        model.minimize(goal)
        for total in self.totals:
            self._add_total(model, total, counts, crew)
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=self._parameters(clock, node_limit))
        if not result.has_primal_feasible_solution():
            return None
        values = result.variable_values(counts)
        # Fractions are rounded as running totals, so neighbouring shifts make up for each other.
        people = np.diff(np.rint(np.cumsum(values)), prepend=0.0).astype(np.int64)
        proven = result.termination.reason == mathopt.TerminationReason.OPTIMAL
        objective = float(result.objective_value())
        bound = self._rounded_up(float(result.dual_bound()))
        hired = result.variable_values(crew) if crew is not None else 0.0
        return Counts(people, hired, objective, objective if proven and whole else bound, proven)

    def _rows(self) -> list[list[int]]:
        r = self.options.reach
        edges = zip(r.first, r.meal_first, r.meal_last, r.last, strict=True)
        return [[*range(first, eats), *range(back, last)] for first, eats, back, last in edges]

    def _add_total(
        self,
        model: mathopt.Model,
        total: Totals,
        counts: Sequence[mathopt.Variable],
        crew: mathopt.Variable | None,
    ) -> None:
        rows = np.flatnonzero(np.isin(self.options.day, sorted(total.days))).tolist()
        duties = mathopt.LinearSum(counts[k] for k in rows)
        people = 1.0 if crew is None else crew
        model.add_linear_constraint(duties - total.max_duties * people <= 0)
        paid = mathopt.LinearSum(float(self.options.paid_hours[k]) * counts[k] for k in rows)
        if total.min_hours > 0:
            model.add_linear_constraint(paid - total.min_hours * people >= 0)
        if total.max_hours < float("inf"):
            model.add_linear_constraint(paid - total.max_hours * people <= 0)

    def _grain(self) -> float:
        """All objectives are multiples of this many hours; zero when they have no common measure."""
        seconds = [int(p) * 60 for p in np.unique(self.options.paid_minutes)]
        short = (
            {self.short_weight * length for length in self.options.grid.lengths} if self.may_be_short else set()
        )
        if any(abs(s - round(s)) > ROUNDING for s in short):
            return 0.0
        return gcd(*seconds, *(round(s) for s in short)) / 3600

    def _rounded_up(self, bound: float) -> float:
        grain = self._grain()
        return float(np.ceil(bound / grain - ROUNDING) * grain) if grain else bound

    def _parameters(self, clock: Clock, node_limit: int | None) -> mathopt.SolveParameters:
        left = None if clock.left == float("inf") else timedelta(seconds=max(clock.left, 0.01))
        # Within less than one grain of the bound, nothing better exists: the proof needs no more.
        gap = max(self._grain() * 0.99, ROUNDING)
        return mathopt.SolveParameters(
            time_limit=left, node_limit=node_limit, relative_gap_tolerance=0.0, absolute_gap_tolerance=gap
        )
