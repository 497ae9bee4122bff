"""Tiny problems and every roster they have, found by trying all."""

from datetime import date
from itertools import product

from hypothesis import strategies as st

from floorwalker.science.rostering import STANDARD_RULES, Duty, Person, Roster, RosterProblem, Shift, coverage
from floorwalker.science.timegrid import TimeGrid

FIRST = date(2026, 3, 27)  # Friday; the clocks go forward on Sunday
SHIFTS = (Shift("early", 0, 480), Shift("late", 840, 360), Shift("night", 1320, 480))


def weeks(problem, person, rules=STANDARD_RULES):
    """Every legal set of duties of one person, by asking the rules themselves."""
    names = [None, *(s.name for s in problem.shifts)]
    for choice in product(names, repeat=problem.grid.days):
        duties = tuple(Duty(person.id, day, name) for day, name in enumerate(choice) if name)
        roster = Roster(problem.grid, (person,), problem.shifts, duties)
        if not any(True for rule in rules for _ in rule.breaches(roster)):
            yield duties


def cost(problem, roster):
    """Paid hours plus the price of agent-hours short, counted afresh."""
    covered = coverage(roster)
    short = sum(
        max(0, need - there) * length / 3600
        for need, there, length in zip(problem.needed, covered, problem.grid.lengths, strict=True)
    )
    return roster.paid_hours + problem.short_weight * short


def cheapest(problem):
    """The least cost over all legal rosters; None without any."""
    each = [list(weeks(problem, person)) for person in problem.people]
    rosters = (Roster(problem.grid, problem.people, problem.shifts, sum(pick, ())) for pick in product(*each))
    return min((cost(problem, roster) for roster in rosters), default=None)


@st.composite
def problems(draw, people=2, days=3):
    """A few people, three shifts a day, two-hour intervals over the night of a clock change."""
    grid = TimeGrid(FIRST, days, 7200, "Europe/London")
    needed = tuple(draw(st.lists(st.integers(0, 2), min_size=len(grid), max_size=len(grid))))
    crew = tuple(
        Person(
            f"P{n}",
            max_hours=draw(st.sampled_from([8.0, 14.0, 24.0])),
            max_days=draw(st.integers(1, 3)),
            min_rest_hours=draw(st.sampled_from([0.0, 8.0, 11.0])),
            max_consecutive_days=draw(st.integers(1, 3)),
            days_off=frozenset(draw(st.lists(st.sampled_from([*grid.dates]), max_size=1))),
            shifts=draw(st.sampled_from([None, frozenset({"late", "night"})])),
        )
        for n in range(people)
    )
    return RosterProblem(grid, needed, crew, SHIFTS, short_weight=draw(st.sampled_from([0.5, 3.0])))
