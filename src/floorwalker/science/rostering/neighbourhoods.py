"""Ways to better a roster by planning some people afresh while everybody else keeps their duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from ortools.sat.python import cp_model

from floorwalker.science.outcome import Clock
from floorwalker.science.rostering.crew_counts import crew_counts
from floorwalker.science.rostering.crew_model import CrewModel
from floorwalker.science.rostering.draft import Draft
from floorwalker.science.rostering.planners import Planners
from floorwalker.science.rostering.start import settle, share_out

GRACE_SECONDS = 0.5  # CP-SAT may stop a little before its limit; a search it cut itself must be seen as cut
SETTLING_ROUNDS = 3


@dataclass(frozen=True)
class Tried:
    """A new draft (None when nothing was found), and whether it is proven best for the people planned."""

    draft: Draft | None
    proven: bool = False


def solve_exactly(
    draft: Draft, planners: Planners, people: Sequence[int], clock: Clock, seed: int, effort: float
) -> Tried:
    """The best weeks of a few people together (CP-SAT, one worker, ``effort`` of its deterministic time)."""
    others = without(draft, people)
    needed = np.maximum(np.asarray(draft.problem.needed, dtype=np.int64) - others.covered, 0)
    crew = CrewModel(tuple(draft.problem.people[p] for p in people), draft.options, planners.rules)
    counts = crew.cover(needed, draft.problem.short_weight)
    crew.hint([draft.rows[p] for p in people])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # proves where the default is still far off
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    if clock.left < float("inf"):
        solver.parameters.max_time_in_seconds = clock.left + GRACE_SECONDS
    status = solver.solve(crew.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Tried(None)
    for person, rows in zip(people, crew.rows(solver, counts), strict=True):
        others.work(person, rows)
    return Tried(others, status == cp_model.OPTIMAL)


def recount(draft: Draft, planners: Planners, people: Sequence[int], clock: Clock) -> Tried:
    """Count afresh what many people are needed for (HiGHS), share it out among them, and let them settle."""
    others = without(draft, people)
    counts = crew_counts(others, planners, people, clock)
    if counts is None:
        return Tried(None)
    share_out(others, planners, people, counts.people)
    for _ in range(SETTLING_ROUNDS):
        if not settle(others, planners, people):
            break
    return Tried(others)


def without(draft: Draft, people: Sequence[int]) -> Draft:
    """The draft in which these people have no duties."""
    others = draft.copy()
    for person in people:
        others.work(person, ())
    return others


def choose_people(draft: Draft, size: int, random: Random) -> list[int]:
    """Half of them among those at work around the worst hours of one day, half at random.

    Worst is where most people are missing or too many: there is something to win in moving those who are near.
    """
    everybody = range(len(draft.rows))
    if size >= len(everybody):
        return list(everybody)
    off = np.abs(np.asarray(draft.problem.needed) - draft.covered)
    worst = random.choices(range(len(off)), weights=(off + 1e-3).tolist())[0]
    near = [p for p in everybody if any(_near(draft, k, worst) for k in draft.rows[p])]
    chosen = set(random.sample(near, min(len(near), size // 2)))
    others = [p for p in everybody if p not in chosen]
    return sorted(chosen | set(random.sample(others, size - len(chosen))))


def _near(draft: Draft, row: int, interval: int) -> bool:
    """Whether that duty is on the day of the interval."""
    return int(draft.options.day[row]) == draft.problem.grid.day_index[interval]
