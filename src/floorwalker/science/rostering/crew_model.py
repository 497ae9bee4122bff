"""Several people's weeks as one CP-SAT model, into which each rule writes its own constraints.

Everybody outside the group keeps their duties. People are told apart by shift and day only; the meals of all
who work the same shift on the same day are counted together, which says the same with far fewer variables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering.model import Person, Rule, Shift
from floorwalker.science.rostering.options import Options
from floorwalker.science.rostering.rules import BreakWindow
from floorwalker.science.timegrid import TimeGrid

SCALE = 1000  # parts of a minute the objective is calculated in


@dataclass
class CrewModel:
    """``works[p][g]`` is true when person ``p`` takes group ``g`` of the options (a shift on a day)."""

    people: tuple[Person, ...]
    options: Options
    rules: Sequence[Rule]
    cp: Any = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        groups = range(len(self.options.group))
        self.works = [[self.cp.new_bool_var("") for _ in groups] for _ in self.people]
        for person in range(len(self.people)):
            for day in range(self.grid.days):
                self.cp.add_at_most_one(self.on_day(person, day))
        for rule in self.rules:
            if not isinstance(rule, BreakWindow):  # the options hold no meal outside its window
                solver_side(rule).add_to(rule, self)

    @property
    def grid(self) -> TimeGrid:
        return self.options.grid

    @cached_property
    def groups_by_day(self) -> list[list[int]]:
        """The groups that start on each day."""
        day = self.options.day[self.options.group]
        return [np.flatnonzero(day == d).tolist() for d in range(self.grid.days)]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """First and last instant of each group, UTC seconds."""
        first = self.options.group
        return list(zip(self.options.start[first].tolist(), self.options.end[first].tolist(), strict=True))

    @cached_property
    def paid_minutes(self) -> list[int]:
        """Paid minutes of each group."""
        minutes: list[int] = self.options.paid_minutes[self.options.group].tolist()
        return minutes

    def shift(self, group: int) -> Shift:
        """The shift of a group."""
        return self.options.shifts[int(self.options.shift[self.options.group[group]])]

    def on_day(self, person: int, day: int) -> list[Any]:
        """Whether the person takes each of the groups of that day."""
        return [self.works[person][g] for g in self.groups_by_day[day]]

    def forbid(self, person: int, group: int) -> None:
        """Never this person on that shift that day."""
        self.cp.add(self.works[person][group] == 0)

    def hint(self, rows: Sequence[Sequence[int]]) -> None:
        """Start the search from the rows each person has now."""
        for person, theirs in enumerate(rows):
            groups = set(np.searchsorted(self.options.group, theirs, side="right") - 1)
            for g, var in enumerate(self.works[person]):
                self.cp.add_hint(var, g in groups)

    def cover(self, needed: NDArray[np.int64], short_weight: float) -> list[Any]:
        """Make paid hours plus the price of what stays short of ``needed`` small; the count of each option."""
        counts = self._counts()
        by_interval: dict[int, list[Any]] = {i: [] for i in np.flatnonzero(needed > 0).tolist()}
        r = self.options.reach
        for k, count in enumerate(counts):
            for i in (*range(r.first[k], r.meal_first[k]), *range(r.meal_last[k], r.last[k])):
                if i in by_interval:
                    by_interval[i].append(count)
        goal = [SCALE * m * var for theirs in self.works for m, var in zip(self.paid_minutes, theirs, strict=True)]
        for i, working in by_interval.items():
            short = self.cp.new_int_var(0, int(needed[i]), "")
            self.cp.add(sum(working) + short >= int(needed[i]))
            goal.append(round(SCALE * short_weight * self.grid.lengths[i] / 60) * short)
        self.cp.minimize(sum(goal))
        return counts

    def _counts(self) -> list[Any]:
        counts = []
        for g, rows in enumerate(self.group_rows):
            total = sum(theirs[g] for theirs in self.works)
            if len(rows) == 1:
                counts.append(total)
                continue
            some = [self.cp.new_int_var(0, len(self.people), "") for _ in rows]
            self.cp.add(sum(some) == total)
            counts.extend(some)
        return counts

    @cached_property
    def group_rows(self) -> list[range]:
        """The rows of the options in each group."""
        bounds = [*self.options.group.tolist(), len(self.options)]
        return [range(low, high) for low, high in pairwise(bounds)]

    def rows(self, solver: Any, counts: Sequence[Any]) -> list[list[int]]:
        """The rows each person takes in a solution; of one shift and day, meals are handed out in turn."""
        meals = {
            g: [k for k in rows for _ in range(solver.value(counts[k]))] for g, rows in enumerate(self.group_rows)
        }
        return [[meals[g].pop(0) for g, var in enumerate(theirs) if solver.value(var)] for theirs in self.works]


def solver_side(rule: Rule) -> Any:
    """The ``_cp`` module beside the module a rule is defined in."""
    name = f"{type(rule).__module__}_cp"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise InvalidInput(
            f"rule {rule.name!r} has no solver side; write {name} with a function add_to(rule, crew)"
        ) from error
