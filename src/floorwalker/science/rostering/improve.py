"""The search in the time left: neighbourhoods of changing size, in an order that only the seed decides.

One unit of work is one neighbourhood carried to its end. Each is limited by deterministic time, never by the
clock; the clock only decides whether another is begun, and one it cuts is thrown away. So the same seed and the
same units give the same roster on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from floorwalker.science.outcome import Clock
from floorwalker.science.rostering.draft import Draft
from floorwalker.science.rostering.halfway import Pace
from floorwalker.science.rostering.neighbourhoods import choose_people, recount, solve_exactly
from floorwalker.science.rostering.planners import Planners

BETTER = 1e-6
FEWEST, RECOUNT_SHARE, FEWEST_RECOUNTED = 2, 0.2, 10


@dataclass(frozen=True)
class Step:
    """The best draft after some units of work, and how far the search is."""

    draft: Draft
    pace: Pace


def improve(
    draft: Draft,
    planners: Planners,
    clock: Clock,
    seed: int,
    *,
    bound: float,
    pace: Pace,
    effort: float,
    patience: int,
) -> Iterator[Step]:
    """Ever better drafts until the clock, the work, the ``patience`` (units without a gain) or the bound ends it.

    ``pace`` says how many people are solved together at first; more when that turns out easy, fewer when hard.
    ``effort`` is the deterministic time of each exact neighbourhood.
    """
    size, work, idle, people = pace.group, pace.work, pace.idle, len(draft.rows)
    proven = pace.proven
    while people and not proven and idle < patience and draft.objective > bound + BETTER and not clock.over(work):
        random = Random(f"{seed} {work}")
        if work % 3 and planners.standard:
            share = max(FEWEST_RECOUNTED, round(RECOUNT_SHARE * people))
            chosen = choose_people(draft, share, random)
            tried = recount(draft, planners, chosen, clock)
        else:
            chosen = choose_people(draft, size, random)
            tried = solve_exactly(draft, planners, chosen, clock, random.getrandbits(30), effort)
            size = min(people, size + 1) if tried.proven else max(min(FEWEST, people), size - 1)
        if clock.left <= 0:
            return
        work += 1
        gained = tried.draft is not None and tried.draft.objective < draft.objective - BETTER
        idle = 0 if gained else idle + 1
        if tried.draft is not None and tried.draft.objective <= draft.objective + BETTER:
            draft = tried.draft
        proven = tried.proven and len(chosen) == people
        yield Step(draft, Pace(size, work, idle, proven))
