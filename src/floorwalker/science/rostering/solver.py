"""Who works what: a legal roster at once, made better in the time left, and its distance from the best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Outcome, Progress, Status, Stop
from floorwalker.science.rostering.clashes import impossible_people
from floorwalker.science.rostering.crew_counts import crew_counts
from floorwalker.science.rostering.draft import Draft
from floorwalker.science.rostering.halfway import Halfway, Pace
from floorwalker.science.rostering.improve import BETTER, improve
from floorwalker.science.rostering.model import Roster, RosterProblem
from floorwalker.science.rostering.options import options_of
from floorwalker.science.rostering.planners import Planners
from floorwalker.science.rostering.rules import STANDARD_RULES
from floorwalker.science.rostering.start import first_roster

WITHOUT_LIMIT = Stop()


@dataclass(frozen=True)
class SolveParams:
    """How hard to search.

    ``rounds``: how often everybody may take a better week before the search turns to groups. ``group``: people
    planned together at first. ``effort``: CP-SAT's deterministic time for each group, about a second on one
    core of 2020. ``patience``: units of work without a gain after which the search ends by itself.
    """

    rounds: int = 3
    group: int = 4
    effort: float = 0.5
    patience: int = 60

    def __post_init__(self) -> None:
        if min(self.rounds, self.patience) < 0 or self.group < 1 or not self.effort > 0:
            raise InvalidInput(
                f"{self} cannot be: rounds and patience are 0 or more, group 1 or more, effort above 0"
            )


DEFAULTS = SolveParams()


def forget(_halfway: Halfway) -> None:
    """Nobody keeps the search."""


def solve(
    problem: RosterProblem,
    *,
    stop: Stop = WITHOUT_LIMIT,
    seed: int = 0,
    params: SolveParams = DEFAULTS,
    start: Halfway | None = None,
    keep: Callable[[Halfway], object] = forget,
) -> Outcome[Roster]:
    """The best legal roster found before ``stop``; a legal one always exists before the search begins.

    A problem without rules gets the six standard ones. The objective is paid hours plus ``short_weight`` ×
    agent-hours short; the bound is that of the head counts within what the people can work together, so
    ``Outcome.gap`` compares like with like. Too few people is no failure: hours stay short and are priced. A
    person whose own data contradict each other makes the outcome infeasible. A unit of ``work`` is one
    neighbourhood carried to its end: ``Stop(work=outcome.work)`` with the same seed repeats the roster.

    ``keep`` is given the search after the first roster and after every unit of work. Given as ``start`` with the
    same problem, seed and parameters, the search goes on from there and ends with the same roster.
    """
    clock = stop.clock()
    options = options_of(problem)
    planners = Planners(problem, options, problem.rules or STANDARD_RULES)
    if clashes := impossible_people(planners):
        texts, repairs = tuple(c.text for c in clashes), "; ".join(c.repair for c in clashes)
        return Outcome(Status.INFEASIBLE, None, seconds=clock.seconds, clashes=texts, repair=repairs)
    draft, halfway = _begin(problem, planners, params) if start is None else _go_on(problem, planners, start)
    bound, pace = halfway.bound, halfway.pace
    note = "first roster" if start is None else f"taken up again after {pace.work} units of work"
    history = [Progress(draft.objective, bound, clock.seconds, note)]
    stop.told(history[0])
    if start is None:  # else it was kept already, and the next unit is worth more
        keep(halfway)
    steps = improve(
        draft,
        planners,
        clock,
        seed,
        bound=bound,
        pace=pace,
        effort=params.effort,
        patience=params.patience,
    )
    for step in steps:
        if step.draft.objective < draft.objective - BETTER:
            history.append(
                Progress(step.draft.objective, bound, clock.seconds, f"after {step.pace.work} units of work")
            )
        draft, pace = step.draft, step.pace
        stop.told(Progress(draft.objective, bound, clock.seconds, f"{pace.work} units of work"))
        keep(Halfway.of(draft, bound, pace))
    bound = draft.objective if pace.proven else min(bound, draft.objective)
    best = pace.proven or draft.objective <= bound + BETTER
    return Outcome(
        Status.OPTIMAL if best else Status.FEASIBLE,
        draft.roster(),
        draft.objective,
        bound,
        clock.seconds,
        pace.work,
        history=tuple(history),
    )


def _begin(problem: RosterProblem, planners: Planners, params: SolveParams) -> tuple[Draft, Halfway]:
    """The first roster and its bound."""
    draft = Draft.empty(problem, planners.options)
    counts = crew_counts(draft, planners, range(len(problem.people)), Stop().clock())
    bound = 0.0 if counts is None else counts.bound
    draft = first_roster(draft, planners, counts, params.rounds)
    return draft, Halfway.of(draft, bound, Pace(params.group))


def _go_on(problem: RosterProblem, planners: Planners, start: Halfway) -> tuple[Draft, Halfway]:
    """The roster a search was interrupted at."""
    return start.draft(Draft.empty(problem, planners.options), planners), start
