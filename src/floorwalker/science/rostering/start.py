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
BALANCES = (0.0, 0.3)  # how much more a day is worth that needs everybody still to come; the better is kept
STRAY = 0.3  # what an hour nobody counted on costs, in counted hours
SHARE_STEP = 2  # hours to which an even share is rounded up
BETTER = 1e-6


def first_roster(empty: Draft, planners: Planners, counts: Counts | None, rounds: int) -> Draft:
    """The best of a few ways to fill an empty draft, those with the least choice first, everybody settled."""
    order = least_choice_first(planners)
    if counts is None or not planners.standard:
        return _settled(_one_by_one(empty, planners, order), planners, order, rounds)
    shared = (share_out(empty.copy(), planners, order, counts.people, balance) for balance in BALANCES)
    return min((_settled(d, planners, order, rounds) for d in shared), key=lambda d: d.objective)


def _one_by_one(empty: Draft, planners: Planners, order: Sequence[int]) -> Draft:
    draft = empty.copy()
    for person in order:
        draft.work(person, _week(planners, person, draft, urgency=URGENCY)[1])
    return draft


def _settled(draft: Draft, planners: Planners, order: Sequence[int], rounds: int) -> Draft:
    for _ in range(rounds):
        if not settle(draft, planners, order):
            break
    return draft


def share_out(draft: Draft, planners: Planners, order: Sequence[int], counts: Ints, balance: float = 0.0) -> Draft:
    """Give the counts to the people in ``order``, each the legal week that uses most of what is left.

    ``balance`` above zero prefers days on which most of those still to come are needed: right where people are
    few, for a day left to the last cannot be worked twice by anybody.
    """
    options, left = draft.options, np.maximum(counts, 0)
    paid = options.paid_hours
    weeks = max(1, ceil(options.grid.days / 7))
    for turn, person in enumerate(order):
        to_come = len(order) - turn
        share = float(left @ paid) / to_come / weeks
        hours = SHARE_STEP * ceil(share / SHARE_STEP)
        busy = np.bincount(options.day, weights=left, minlength=options.grid.days)[options.day] / to_come
        wanted = 1 + balance * busy + CROWD * left / max(1, int(left.max(initial=0)))
        worth = np.where(left > 0, paid * wanted, -STRAY * paid)
        found = planners.up_to(person, hours).best(worth) or _week(planners, person, draft)
        draft.work(person, found[1])
        left[found[1]] = np.maximum(left[found[1]] - 1, 0)
    return draft


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
