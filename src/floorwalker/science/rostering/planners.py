"""Who finds the best legal week of a person: dynamic programming for the standard rules, CP-SAT for any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from floorwalker.science.rostering.crew_model import SCALE, CrewModel
from floorwalker.science.rostering.limits import Limits, limits_of
from floorwalker.science.rostering.model import Person, RosterProblem, Rule
from floorwalker.science.rostering.options import Options
from floorwalker.science.rostering.rules import STANDARD_RULES
from floorwalker.science.rostering.week import WeekPlanner

STANDARD = tuple(type(rule) for rule in STANDARD_RULES)


class Planner(Protocol):
    """The best legal duties of one person, given what each option is worth; None when nothing is legal."""

    def best(self, values: NDArray[np.float64]) -> tuple[float, list[int]] | None: ...


@dataclass(frozen=True)
class AnyRulePlanner:
    """Plans one person under any rules that have a solver side; slower than :class:`WeekPlanner`."""

    person: Person
    options: Options
    rules: Sequence[Rule]

    def best(self, values: NDArray[np.float64]) -> tuple[float, list[int]] | None:
        crew = CrewModel((self.person,), self.options, self.rules)
        top = [max(rows, key=lambda k: (values[k], -k)) for rows in crew.group_rows]
        goal = [round(SCALE * values[k]) * var for k, var in zip(top, crew.works[0], strict=True)]
        crew.cp.maximize(sum(goal))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(crew.cp) != cp_model.OPTIMAL:
            return None
        rows = [k for k, var in zip(top, crew.works[0], strict=True) if solver.value(var)]
        return float(values[rows].sum()), rows


class Planners:
    """A planner for each person of a problem; people with the same limits share one."""

    def __init__(self, problem: RosterProblem, options: Options, rules: Sequence[Rule]) -> None:
        self.problem, self.options, self.rules = problem, options, rules
        self.limits = [limits_of(person, rules, problem.shifts, problem.grid) for person in problem.people]
        self._shared: dict[Limits, WeekPlanner] = {}

    @cached_property
    def standard(self) -> bool:
        """Whether all rules are the ones dynamic programming knows."""
        return all(isinstance(rule, STANDARD) for rule in self.rules)

    def of(self, person: int) -> Planner:
        """The planner of that person."""
        if not self.standard:
            return AnyRulePlanner(self.problem.people[person], self.options, self.rules)
        return self._planner(self.limits[person])

    def up_to(self, person: int, hours: float) -> Planner:
        """The planner of that person with fewer hours a week at most, but never fewer than at least."""
        own = self.limits[person]
        return self._planner(replace(own, max_hours=max(own.min_hours, min(own.max_hours, hours))))

    def _planner(self, limits: Limits) -> WeekPlanner:
        if limits not in self._shared:
            self._shared[limits] = WeekPlanner(self.options, limits)
        return self._shared[limits]
