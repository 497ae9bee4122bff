"""A legal roster at once: people share out the head counts, then each in turn takes the best week there is.

Deterministic. The counts are those of fractions of people (a linear program, so quick), within what the crew
can work together. One person after the other takes the legal week that uses most of what is left of them, an
even share of its hours; what nobody could take is then made good: with everybody else's duties as they are, what
a duty is worth to one person is exact, so each turn finds the best week of that person, and no turn makes the
roster worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from floorwalker.science.errors import Infeasible
from floorwalker.science.rostering.count_model import Counts
from floorwalker.science.rostering.draft import Draft, gains
from floorwalker.science.rostering.planners import Planners
from floorwalker.science.rostering.presence import Ints

URGENCY = 0.5  # how much more the interval missing most people is worth than one missing hardly any
CROWD = 0.1  # how much more a shift that misses most people is worth than one that misses one
STRAY = 0.3  # what an hour nobody counted on costs, in counted hours
SHARE_STEP = 2  # hours to which an even share is rounded up
BETTER = 1e-6


def first_roster(draft: Draft, planners: Planners, counts: Counts | None, rounds: int) -> None:
    """Fill an empty draft, those with the least choice first, and let everybody settle."""
    order = least_choice_first(planners)
    if counts is None or not planners.standard:
        for person in order:
            draft.work(person, _week(planners, person, draft, urgency=URGENCY)[1])
    else:
        share_out(draft, planners, order, counts.people)
    for _ in range(rounds):
        if not settle(draft, planners, order):
            return


def share_out(draft: Draft, planners: Planners, order: Sequence[int], counts: Ints) -> None:
    """Give the counts to the people in ``order``, each the legal week that uses most of what is left."""
    options, left = draft.options, np.maximum(counts, 0)
    paid = options.paid_hours
    weeks = max(1, ceil(options.grid.days / 7))
    for turn, person in enumerate(order):
        share = float(left @ paid) / (len(order) - turn) / weeks
        hours = SHARE_STEP * ceil(share / SHARE_STEP)
        worth = np.where(left > 0, paid * (1 + CROWD * left / max(1, int(left.max(initial=0)))), -STRAY * paid)
        found = planners.up_to(person, hours).best(worth) or _week(planners, person, draft)
        draft.work(person, found[1])
        left[found[1]] = np.maximum(left[found[1]] - 1, 0)


def settle(draft: Draft, planners: Planners, order: Sequence[int]) -> int:
    """One round in which each person in ``order`` takes their best week; how many weeks got better."""
    better = 0
    for person in order:
        before = draft.rows[person]
        draft.work(person, ())
        worth, rows = _week(planners, person, draft)
        is_better = worth > float(gains(draft)[before].sum()) + BETTER
        draft.work(person, rows if is_better else before)
        better += is_better
    return better


def least_choice_first(planners: Planners) -> list[int]:
    """People by how many shifts on how many days they may work, then by how many hours they must."""
    choice = {limits: int(limits.allowed(planners.options).sum()) for limits in set(planners.limits)}
    hours = [-limits.min_hours for limits in planners.limits]
    return sorted(range(len(hours)), key=lambda p: (choice[planners.limits[p]], hours[p], p))


def _week(planners: Planners, person: int, draft: Draft, urgency: float = 0.0) -> tuple[float, list[int]]:
    found = planners.of(person).best(gains(draft, urgency=urgency))
    if found is None:
        name = draft.problem.people[person].id
        raise Infeasible(f"the rules leave {name!r} no legal week; loosen one of them or the person's limits")
    return found
