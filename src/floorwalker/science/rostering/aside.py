"""What can still be had when some people have no legal week: they are set aside and named, the rest rostered."""

from __future__ import annotations

from dataclasses import replace

from floorwalker.science.rostering.clashes import Clash, impossible_people
from floorwalker.science.rostering.model import RosterProblem
from floorwalker.science.rostering.options import options_of
from floorwalker.science.rostering.planners import Planners
from floorwalker.science.rostering.rules import STANDARD_RULES


def set_aside(problem: RosterProblem) -> tuple[RosterProblem, tuple[Clash, ...]]:
    """The problem without the people who have no legal week, and why each of them has none."""
    found: list[Clash] = []
    while problem.people:
        clashes = impossible_people(Planners(problem, options_of(problem), problem.rules or STANDARD_RULES))
        if not clashes:
            break
        found += clashes
        named = {clash.person for clash in clashes}
        problem = replace(problem, people=tuple(p for p in problem.people if p.id not in named))
    return problem, tuple(found)
