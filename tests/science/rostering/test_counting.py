"""Head counts: proven cheapest, honest about what is short, and clear about what no shift reaches."""

from datetime import date
from itertools import product

import pytest

from floorwalker.science.outcome import Status, Stop
from floorwalker.science.rostering import (
    Duty,
    HeadCountParams,
    Person,
    Roster,
    RosterProblem,
    Shift,
    head_counts,
)
from floorwalker.science.timegrid import TimeGrid

from .centres import bell_problem, day_problem, plain_shift
from .tiny import cost


def brute_force(problem, most=3):
    """The least objective over all counts up to ``most`` of shifts without meals, one day in hours."""
    best = float("inf")
    for counts in product(range(most + 1), repeat=len(problem.shifts)):
        paid = sum(n * s.paid_minutes / 60 for n, s in zip(counts, problem.shifts, strict=True))
        short = 0
        for hour, need in enumerate(problem.needed):
            there = sum(
                n
                for n, s in zip(counts, problem.shifts, strict=True)
                if s.start_minute <= 60 * hour and 60 * hour + 60 <= s.start_minute + s.length_minutes
            )
            short += max(0, need - there)
        best = min(best, paid + problem.short_weight * short)
    return best


@pytest.mark.parametrize("short_weight", [0.5, 1.5, 20.0])
def test_equals_brute_force_at_any_price_of_being_short(short_weight):
    """With cheap shortness it pays to leave hours open, with dear shortness it does not; both are found."""
    shifts = (plain_shift("a", 0, 4), plain_shift("b", 2, 3), plain_shift("c", 3, 4), plain_shift("d", 5, 2))
    problem = day_problem((1, 1, 2, 3, 2, 1, 0), shifts, short_weight=short_weight)
    outcome = head_counts(problem)
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective == pytest.approx(brute_force(problem))
    assert outcome.bound == outcome.objective


def test_counts_say_what_they_cover_and_cost():
    """Cover, shortage, surplus, hours and duties all follow from the counts."""
    problem = day_problem((2, 2, 0, 1), (plain_shift("a", 0, 3),), short_weight=20)
    counts = head_counts(problem).value
    assert counts.by_day_and_shift == {(0, "a"): 2}
    assert counts.covered[:5].tolist() == [2, 2, 2, 0, 0]
    assert counts.short[:5].tolist() == [0, 0, 0, 1, 0]
    assert counts.over[:5].tolist() == [0, 0, 2, 0, 0]
    assert (counts.paid_hours, counts.short_hours, counts.duties) == (6, 1, 2)


def test_cover_refuses_what_no_shift_reaches_and_names_the_shift_to_add():
    """The uncovered run is named by its weekday and clock, and the repair is a shift for just that run."""
    problem = day_problem((2, 2, 1), (plain_shift("late", 1, 2),))
    outcome = head_counts(problem, params=HeadCountParams(cover=True))
    assert outcome.status is Status.INFEASIBLE
    assert outcome.clashes == (
        "Monday 2026-06-01 00:00-01:00 needs 2 people, but no shift works all of an interval in it",
    )
    assert outcome.repair == "add a shift that works Monday 00:00-01:00"
    mended = RosterProblem(problem.grid, problem.needed, (), (*problem.shifts, plain_shift("early", 0, 1)))
    assert head_counts(mended, params=HeadCountParams(cover=True)).value.short_hours == 0


def test_cover_never_leaves_anything_short():
    """Where being short is cheap, only ``cover`` insists."""
    problem = day_problem((1,), (plain_shift("a", 0, 8),), short_weight=1.0)
    assert head_counts(problem).value.short_hours == 1
    assert head_counts(problem, params=HeadCountParams(cover=True)).value.short_hours == 0


@pytest.mark.parametrize("step_minutes", [30, 60])
def test_bounds_rosters_whose_meals_start_at_any_minute(step_minutes):
    """A shift off the grid's rhythm: no meal the rule allows, to the minute, makes a roster cheaper than that."""
    grid = TimeGrid(date(2026, 6, 1), 1, 60 * step_minutes)
    shift = Shift("a", 8 * 60 + 15, 510, meal_minutes=30, meal_earliest=180, meal_latest=300)
    people = (Person("A"),)
    for free in range(11 * 60, 13 * 60, step_minutes):
        minutes = [slot * step_minutes for slot in grid.slots]
        needed = tuple(int(540 <= minute < 960 and minute != free) for minute in minutes)
        problem = RosterProblem(grid, needed, people, (shift,))
        rosters = [Roster(grid, people, (shift,), (Duty("A", 0, "a", 675 + late),)) for late in range(121)]
        assert head_counts(problem).bound <= min(cost(problem, roster) for roster in rosters)


def test_nothing_needed_costs_nothing():
    """An empty requirement has the empty answer, proven."""
    outcome = head_counts(day_problem((), (plain_shift("a", 0, 8),)))
    assert (outcome.status, outcome.objective, outcome.value.duties) == (Status.OPTIMAL, 0.0, 0)


def test_without_shifts_everything_is_short():
    """No shift is no failure: the whole need is left short at its price."""
    outcome = head_counts(day_problem((1, 2), (), short_weight=20))
    assert outcome.objective == 60


def test_stop_with_no_time_says_so():
    """A search that may not run has no value."""
    assert head_counts(bell_problem(), stop=Stop(seconds=0)).status is Status.OUT_OF_TIME


def test_people_needed_by_hours_days_and_the_busiest_day():
    """Each of the three limits decides in its turn."""
    one_day = head_counts(day_problem((3, 3), (plain_shift("a", 0, 2),))).value
    assert one_day.people_needed() == 3  # all at once
    week = head_counts(bell_problem()).value
    busiest = max(sum(n for (d, _), n in week.by_day_and_shift.items() if d == day) for day in range(7))
    assert week.people_needed(Person("x", max_days=1)) == week.duties
    assert week.people_needed(Person("x", max_hours=10)) == -(-week.paid_hours // 10)
    assert week.people_needed(Person("x", max_days=7, max_hours=100)) == busiest
