"""Nobody can work a week: the reason is a smallest one and the repair the cheapest, by exhaustive search."""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import pytest

from floorwalker.science.outcome import Status, Stop
from floorwalker.science.rostering import STANDARD_RULES, Duty, Person, Roster, RosterProblem, Shift, solve
from floorwalker.science.rostering.clashes import CONCESSION_HOURS, SHORTER_REST, explain_clash
from floorwalker.science.rostering.options import options_of
from floorwalker.science.rostering.planners import Planners
from floorwalker.science.timegrid import TimeGrid

GRID = TimeGrid(date(2026, 6, 1), 7, 3600, "Europe/London")
SHIFTS = (Shift("early", 360, 480),)
CASES = {
    "days off": {"min_hours": 36.0, "days_off": frozenset(GRID.dates[d] for d in (0, 2, 4))},
    "days a week": {"min_hours": 40.0, "max_days": 3},
    "days in a row": {"min_hours": 40.0, "max_consecutive_days": 1},
    "odd hours": {"min_hours": 34.0, "max_hours": 38.0},
    "many at once": {"min_hours": 40.0, "max_days": 4, "days_off": frozenset(GRID.dates[d] for d in (0, 1, 2))},
    "no shift": {"min_hours": 24.0, "available": ((0, 60),)},
    "rest": {"min_hours": 32.0, "min_rest_hours": 41.0},
}


def problem_of(**person):
    return RosterProblem(GRID, (0,) * len(GRID), (Person("A", **person),), SHIFTS)


@cache
def feasible(person):
    """Some week keeps every rule, by trying all of 2^7."""
    shifts = [None, *(s.name for s in SHIFTS)]
    least = max(0, int(person.min_hours // 8))
    for choice in product(shifts, repeat=7):
        if sum(map(bool, choice)) < least:
            continue
        duties = tuple(Duty("A", d, name) for d, name in enumerate(choice) if name)
        roster = Roster(GRID, (person,), SHIFTS, duties)
        if not any(True for rule in STANDARD_RULES for _ in rule.breaches(roster)):
            return True
    return False


def cheapest(person):
    """The least cost of any set of concessions, all sets tried, hours in steps of two."""
    days_off = sorted(person.days_off)
    best = float("inf")
    for kept in product([True, False], repeat=len(days_off)):
        for more_days, more_row, rest, anytime in product([0, 1], repeat=4):
            concessions = kept.count(False) + more_days + more_row + rest + anytime
            if CONCESSION_HOURS * concessions >= best:
                continue
            eased = replace(
                person,
                days_off=frozenset(d for d, k in zip(days_off, kept, strict=True) if k),
                max_days=person.max_days + more_days,
                max_consecutive_days=person.max_consecutive_days + more_row,
                min_rest_hours=person.min_rest_hours - SHORTER_REST * rest,
                available=((0, 2880),) if anytime else person.available,
            )
            best = min(best, CONCESSION_HOURS * concessions + hours_to_give(eased))
    return best


def hours_to_give(person):
    for hours in range(0, int(person.min_hours) + 1, 2):
        lower = replace(person, min_hours=person.min_hours - hours)
        if feasible(lower) or feasible(replace(person, max_hours=person.max_hours + hours)):
            return hours
    return float("inf")


@pytest.mark.parametrize("case", CASES)
def test_the_repair_is_the_cheapest_of_all(case):
    """Its cost is that of an exhaustive search through the rules themselves."""
    problem = problem_of(**CASES[case])
    clash = explain_clash(Planners(problem, options_of(problem), STANDARD_RULES), 0)
    assert clash.cost == cheapest(problem.people[0])


@pytest.mark.parametrize(
    ("case", "reason", "repair"),
    [
        (
            "days off",
            "days off on 2026-06-01, 2026-06-03, 2026-06-05",
            "ask no more than 32 h a week",
        ),
        ("days a week", "impossible with 3 days a week", "ask no more than 24 h a week"),
        ("days in a row", "impossible with 1 days in a row", "ask no more than 32 h a week"),
        ("odd hours", "impossible with the shifts there are", "ask no more than 32 h a week"),
        (
            "no shift",
            "impossible with 0 of 1 shifts within their availability (00:00–01:00 in Europe/London)",
            "allow any shift at any hour",
        ),
    ],
)
def test_solve_names_person_reason_and_repair(case, reason, repair):
    """The outcome is infeasible, its sentence names the person and only what clashes."""
    outcome = solve(problem_of(**CASES[case]), stop=Stop(work=0))
    assert outcome.status is Status.INFEASIBLE
    (text,) = outcome.clashes
    assert text.startswith("A is to work ")
    assert text.endswith(reason)
    assert repair in outcome.repair


def test_only_the_impossible_are_named_and_only_the_first_few():
    """One in the middle is found; of many, five."""
    wrong = {"min_hours": 40.0, "max_days": 3}
    people = [Person("ok"), Person("bad", **wrong), Person("fine")]
    one = solve(replace(problem_of(), people=tuple(people)))
    assert [text.split()[0] for text in one.clashes] == ["bad"]
    many = solve(replace(problem_of(), people=tuple(Person(f"B{n}", **wrong) for n in range(9))))
    assert len(many.clashes) == 5
