"""Head counts within what given people can work together: the bound of their rosters, and the aim of a search.

Stronger than the head counts alone: people who must have their hours, who are off on a day, or who are too few
are counted in, each group of limits as one sum. Every legal roster obeys these sums, so what is cheapest under
them is a bound.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from floorwalker.science.outcome import Clock
from floorwalker.science.rostering.count_model import CountModel, Counts, Totals
from floorwalker.science.rostering.draft import Draft
from floorwalker.science.rostering.planners import Planners
from floorwalker.science.rostering.week import WEEK


def crew_counts(draft: Draft, planners: Planners, people: Sequence[int], clock: Clock) -> Counts | None:
    """The cheapest counts, in fractions of people, of what ``people`` add to the duties the others have."""
    needed = np.maximum(np.asarray(draft.problem.needed, dtype=np.int64) - draft.covered, 0)
    totals = crew_totals(planners, people)
    return CountModel(draft.options, needed, draft.problem.short_weight, totals).solve(clock, whole=False)


def crew_totals(planners: Planners, people: Sequence[int]) -> tuple[Totals, ...]:
    """What people can work together in each week and on each day."""
    limits = [planners.limits[p] for p in people]
    grid, totals = planners.options.grid, []
    for low in range(0, grid.days, WEEK):
        days = frozenset(range(low, min(low + WEEK, grid.days)))
        least = sum(one.min_hours for one in limits) if len(days) == WEEK else 0.0
        most = sum(one.max_hours for one in limits)
        totals.append(Totals(days, sum(min(one.max_days, WEEK) for one in limits), least, most))
    day_of = planners.options.day[planners.options.group]
    may_work = {one: {*day_of[one.allowed(planners.options)].tolist()} for one in set(limits)}
    daily = (Totals(frozenset({day}), sum(day in may_work[one] for one in limits)) for day in range(grid.days))
    return (*totals, *daily)
