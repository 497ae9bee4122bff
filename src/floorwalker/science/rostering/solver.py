"""Who works what: a legal roster at once, made better in the time left, and its distance from the best."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Outcome, Progress, Status, Stop
from floorwalker.science.rostering.counting import head_counts
from floorwalker.science.rostering.limits import limits_of
from floorwalker.science.rostering.model import Roster, RosterProblem
from floorwalker.science.rostering.options import options_of
from floorwalker.science.rostering.rules import STANDARD_RULES
from floorwalker.science.rostering.start import Draft, first_roster, settle
from floorwalker.science.rostering.week import WeekPlanner


@dataclass(frozen=True)
class SolveParams:
    """``rounds``: how often each person may take a better week before the search turns to groups."""

    rounds: int = 10

    def __post_init__(self) -> None:
        if self.rounds < 0:
            raise InvalidInput(f"rounds cannot be {self.rounds}; give 0 or more")


WITHOUT_LIMIT = Stop()
DEFAULTS = SolveParams()


def solve(
    problem: RosterProblem, *, stop: Stop = WITHOUT_LIMIT, seed: int = 0, params: SolveParams = DEFAULTS
) -> Outcome[Roster]:
    """The best legal roster found before ``stop``. A problem without rules gets the six standard ones.

    Too few people is no failure: hours stay short and are priced. A person whose own data contradict each other
    makes the outcome infeasible.
    """
    clock = stop.clock()
    rules = problem.rules or STANDARD_RULES
    options = options_of(problem)
    limits = [limits_of(person, rules, problem.shifts, problem.grid) for person in problem.people]
    planners = {limit: WeekPlanner(options, limit) for limit in dict.fromkeys(limits)}
    bound = _bound(problem)
    draft = Draft.empty(problem, options)
    first_roster(draft, limits, planners)
    order = list(range(len(limits)))
    for _ in range(params.rounds):
        Random(seed).shuffle(order)
        if not settle(draft, limits, planners, order):
            break
    objective = draft.objective
    seconds = clock.seconds
    status = Status.OPTIMAL if objective <= bound + 1e-6 else Status.FEASIBLE
    history = (Progress(objective, bound, seconds, "first roster"),)
    return Outcome(status, draft.roster(), objective, bound, seconds, 0, history=history)


def _bound(problem: RosterProblem) -> float:
    counted = head_counts(problem)
    least = sum(p.min_hours for p in problem.people) * (problem.grid.days // 7)
    return max(counted.bound or 0.0, least)
