"""People for a plan that names none: as many full-time agents as the head counts need."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor, inf

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Stop
from floorwalker.science.rostering.count_model import ROUNDING, CountModel, Counts, Totals
from floorwalker.science.rostering.counting import WEEK, HeadCounts
from floorwalker.science.rostering.limits import limits_of
from floorwalker.science.rostering.model import Person
from floorwalker.science.rostering.rules import STANDARD_RULES
from floorwalker.science.rostering.week import WeekPlanner
from floorwalker.science.timegrid import TimeGrid

TINY = 1e-3  # paid hours; decides between crews that cost the same, and nothing else
COMFORT = 1 / 3
DEARER = 5  # when hiring, an hour short costs so much more: better one more person than a busiest day left short
# Full time starts at 30 hours a week where the Affordable Care Act draws the line (26 U.S.C. 4980H(c)(4)(A)).
FULL_TIME = Person("full-time", min_hours=30.0, max_hours=40.0, max_days=5)


def people_for(head_counts: HeadCounts, *, like: Person = FULL_TIME, spare: float = 0.0) -> tuple[Person, ...]:
    """People A001, A002 …, each like ``like``, as many as cover the need at the least paid hours.

    Hours, days and minimum of the contract are held by the crew as a whole, which the counts alone would not
    know: five short days are a week for nobody. Mostly a range of crews can do it for the same paid hours, from
    few with full weeks to many with short ones; a third of the way up leaves room for rest and days off. A
    minimum that no opening hours could fill is waived. ``spare`` adds that share of people on top, for holidays
    and illness.
    """
    if not 0 <= spare < 10:
        raise InvalidInput(f"a spare of {spare:g} is not a share of people such as 0.1")
    if not any(head_counts.problem.needed):
        return ()
    if not _has_a_week(head_counts, like):
        like = replace(like, min_hours=0.0)
    fewest, most = (_crew(head_counts, like, price) for price in (TINY, -TINY))
    about = fewest + COMFORT * (most - fewest)
    count = min((ceil(about - ROUNDING), floor(about)), key=lambda n: (_cost(head_counts, like, n), -n))
    count = ceil(max(1, count) * (1 + spare) - ROUNDING)
    width = max(3, len(str(count)))
    return tuple(replace(like, id=f"A{number:0{width}d}") for number in range(1, count + 1))


def _has_a_week(head_counts: HeadCounts, contract: Person) -> bool:
    problem, options = head_counts.problem, head_counts.options
    limits = limits_of(contract, STANDARD_RULES, problem.shifts, problem.grid)
    return WeekPlanner(options, limits).best(np.zeros(len(options))) is not None


def _crew(head_counts: HeadCounts, contract: Person, price: float) -> float:
    """The people (a fraction) who cover the need most cheaply, fewest at a price above zero, most below."""
    answer = _model(head_counts, contract_totals(head_counts.problem.grid, contract), price)
    return 0.0 if answer is None else answer.crew


def _cost(head_counts: HeadCounts, contract: Person, people: int) -> float:
    """The least cost at which that many people can cover the need together."""
    totals = (
        Totals(t.days, people * t.max_duties, people * t.min_hours, people * t.max_hours)
        for t in contract_totals(head_counts.problem.grid, contract)
    )
    answer = _model(head_counts, tuple(totals), None)
    return inf if answer is None else answer.objective


def _model(head_counts: HeadCounts, totals: tuple[Totals, ...], hire_price: float | None) -> Counts | None:
    problem = head_counts.problem
    needed = np.asarray(problem.needed, dtype=np.int64)
    price = DEARER * problem.short_weight
    model = CountModel(head_counts.options, needed, price, totals, hire_price)
    return model.solve(Stop().clock(), whole=False)


def contract_totals(grid: TimeGrid, contract: Person) -> tuple[Totals, ...]:
    """What each person hired on a contract can do in each week and on each day."""
    weeks = []
    for low in range(0, grid.days, WEEK):
        days = frozenset(range(low, min(low + WEEK, grid.days)))
        least = contract.min_hours if len(days) == WEEK else 0.0
        weeks.append(Totals(days, contract.max_days, least, contract.max_hours))
    return (*weeks, *(Totals(frozenset({day}), 1) for day in range(grid.days)))
