"""People for a plan that names none: as many full-time agents as the head counts need."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Stop
from floorwalker.science.rostering.count_model import ROUNDING, CountModel, Totals
from floorwalker.science.rostering.counting import WEEK, HeadCounts
from floorwalker.science.rostering.model import Person
from floorwalker.science.timegrid import TimeGrid

# Full time starts at 30 hours a week where the Affordable Care Act draws the line (26 U.S.C. 4980H(c)(4)(A)).
FULL_TIME = Person("full-time", min_hours=30.0, max_hours=40.0, max_days=5)


def people_for(head_counts: HeadCounts, *, like: Person = FULL_TIME, spare: float = 0.0) -> tuple[Person, ...]:
    """People A001, A002 …, each like ``like``, as many as cover the need at the least paid hours.

    Hours, days and minimum of the contract are held by the crew as a whole (each day's duties are no more than
    the people), which the counts alone would not know: five short days are a week for nobody. ``spare`` adds
    that share of people on top, for holidays and illness.
    """
    if not 0 <= spare < 10:
        raise InvalidInput(f"a spare of {spare:g} is not a share of people such as 0.1")
    problem = head_counts.problem
    if not any(problem.needed):
        return ()
    model = CountModel(
        head_counts.options,
        np.asarray(problem.needed, dtype=np.int64),
        problem.short_weight,
        contract_totals(problem.grid, like),
        hire=True,
    )
    answer = model.solve(Stop().clock(), whole=False)
    count = 0 if answer is None else ceil(answer.crew * (1 + spare) - ROUNDING)
    width = max(3, len(str(count)))
    return tuple(replace(like, id=f"A{number:0{width}d}") for number in range(1, count + 1))


def contract_totals(grid: TimeGrid, contract: Person) -> tuple[Totals, ...]:
    """What each person hired on a contract can do in each week and on each day."""
    weeks = []
    for low in range(0, grid.days, WEEK):
        days = frozenset(range(low, min(low + WEEK, grid.days)))
        least = contract.min_hours if len(days) == WEEK else 0.0
        weeks.append(Totals(days, contract.max_days, least, contract.max_hours))
    return (*weeks, *(Totals(frozenset({day}), 1) for day in range(grid.days)))
