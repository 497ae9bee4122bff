"""The best week of one person: as good as trying all, and always legal."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.rostering import STANDARD_RULES, Person, Roster, RosterProblem, Shift
from floorwalker.science.rostering.limits import limits_of
from floorwalker.science.rostering.options import options_of
from floorwalker.science.rostering.planners import AnyRulePlanner
from floorwalker.science.rostering.week import WeekPlanner
from floorwalker.science.timegrid import TimeGrid

from .tiny import FIRST, SHIFTS, problems, weeks


def best_by_trying(problem, options, values):
    worth = {(d.day, d.shift): v for v, d in ((v, options.duty("", k)) for k, v in enumerate(values))}
    return max(
        (sum(worth[d.day, d.shift] for d in duties) for duties in weeks(problem, problem.people[0])), default=None
    )


@settings(deadline=None, max_examples=40)
@given(problem=problems(people=1, days=4), data=st.data())
def test_finds_the_best_legal_duties(problem, data):
    """For any limits and any worth of each duty, the value is the best there is and the duties break no rule."""
    options = options_of(problem)
    values = np.array(data.draw(st.lists(st.integers(-9, 9), min_size=len(options), max_size=len(options))), float)
    limits = limits_of(problem.people[0], STANDARD_RULES, problem.shifts, problem.grid)
    value, rows = WeekPlanner(options, limits).best(values)
    roster = Roster(problem.grid, problem.people, problem.shifts, tuple(options.duty("P0", k) for k in rows))
    assert value == values[rows].sum() == best_by_trying(problem, options, values)
    assert [b for rule in STANDARD_RULES for b in rule.breaches(roster)] == []


@pytest.mark.parametrize("least", [0, 14, 16, 22, 30, 38, 41])
def test_the_least_hours_of_a_whole_week_are_met_or_nothing_is_legal(least):
    """With early (8 h) and late (6 h) shifts and five days, the least is met exactly when some week meets it."""
    grid = TimeGrid(FIRST, 7, 7200, "Europe/London")
    person = Person("P0", min_hours=least, max_hours=max(least, 40), max_days=5)
    problem = RosterProblem(grid, (0,) * len(grid), (person,), SHIFTS[:2])
    options = options_of(problem)
    values = -options.paid_hours  # nobody works more than they must
    found = WeekPlanner(options, limits_of(person, STANDARD_RULES, problem.shifts, grid)).best(values)
    assert (found and found[0]) == best_by_trying(problem, options, values)


def test_two_weeks_each_have_their_own_hours_and_a_row_goes_on():
    """Every day is worth working: five days of each week, and never more than three in a row."""
    grid = TimeGrid(FIRST, 14, 14400, "Europe/London")
    person = Person("P0", max_days=5, max_consecutive_days=3)
    problem = RosterProblem(grid, (0,) * len(grid), (person,), (Shift("day", 480, 480),))
    options = options_of(problem)
    _, rows = WeekPlanner(options, limits_of(person, STANDARD_RULES, problem.shifts, grid)).best(
        np.ones(len(options))
    )
    days = options.day[rows].tolist()
    assert [sum(d < 7 for d in days), sum(d >= 7 for d in days)] == [5, 5]
    roster = Roster(grid, (person,), problem.shifts, tuple(options.duty("P0", k) for k in rows))
    assert [b for rule in STANDARD_RULES for b in rule.breaches(roster)] == []


@settings(deadline=None, max_examples=10)
@given(problem=problems(people=1, days=3), data=st.data())
def test_the_solver_side_of_each_rule_says_what_the_rule_says(problem, data):
    """The same week, planned through every rule's ``add_to``, is worth the same as by trying all."""
    options = options_of(problem)
    values = np.array(data.draw(st.lists(st.integers(-9, 9), min_size=len(options), max_size=len(options))), float)
    value, _ = AnyRulePlanner(problem.people[0], options, STANDARD_RULES).best(values)
    assert value == pytest.approx(best_by_trying(problem, options, values))
