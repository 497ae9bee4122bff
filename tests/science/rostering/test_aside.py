"""People without any legal week are set aside and named; the others are rostered."""

from __future__ import annotations

from datetime import date

from floorwalker.science.outcome import Status, Stop
from floorwalker.science.rostering import Person, RosterProblem, Shift, set_aside, solve
from floorwalker.science.timegrid import TimeGrid

GRID = TimeGrid(date(2026, 6, 1), 7, 3600, "Europe/London")
NEEDED = tuple(2 if 9 <= slot < 17 else 0 for slot in GRID.slots)
DAY = (Shift("day", 540, 480),)


def test_all_who_cannot_be_rostered_are_named_however_many_and_the_rest_works() -> None:
    """Seven impossible contracts, more than one answer names, and two good ones."""
    impossible = tuple(Person(f"X{n}", min_hours=36, max_days=4) for n in range(7))
    problem = RosterProblem(GRID, NEEDED, (*impossible, Person("Ada"), Person("Ben")), DAY)
    assert solve(problem).status is Status.INFEASIBLE
    left, clashes = set_aside(problem)
    assert [clash.person for clash in clashes] == [f"X{n}" for n in range(7)]
    assert [person.id for person in left.people] == ["Ada", "Ben"]
    roster = solve(left, stop=Stop(work=1)).value
    assert roster is not None
    assert {duty.person for duty in roster.duties} == {"Ada", "Ben"}


def test_a_possible_problem_is_left_alone() -> None:
    """Nobody is named, nothing changes."""
    problem = RosterProblem(GRID, NEEDED, (Person("Ada"),), DAY)
    assert set_aside(problem) == (problem, ())
