"""People at work, counted in plain Python for pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.science.rostering import Duty, Person, Roster, Shift, Stretch, coverage, people_at_work
from floorwalker.science.timegrid import TimeGrid

WEEKS = [
    TimeGrid(date(2026, 3, 23), 7, 900, "Europe/London"),
    TimeGrid(date(2026, 10, 19), 7, 1800, "Europe/London"),
    TimeGrid(date(2026, 9, 28), 7, 1800, "Australia/Lord_Howe"),
    TimeGrid(date(2026, 3, 30), 7, 3600, "Australia/Lord_Howe"),
]


@pytest.mark.parametrize("grid", WEEKS, ids=lambda grid: f"{grid.zone} {grid.first_day}")
@given(
    duties=st.lists(
        st.tuples(
            st.integers(0, 6), st.integers(0, 1435), st.integers(61, 720), st.integers(0, 60), st.integers(0, 60)
        ),
        max_size=12,
    )
)
def test_pages_count_as_the_solvers_do(grid: TimeGrid, duties: list[tuple[int, int, int, int, int]]) -> None:
    """Whatever the shifts, meals and clock changes: the same people in the same intervals as on arrays."""
    people = tuple(Person(str(n)) for n in range(len(duties)))
    shifts, worked = [], []
    for n, (day, start, length, meal, after) in enumerate(duties):
        meal = min(meal, length - after)
        shifts.append(Shift(str(n), start, length, meal, after, after) if meal else Shift(str(n), start, length))
        worked.append(Duty(str(n), day, str(n), start + after if meal else None))
    roster = Roster(grid, people, tuple(shifts), tuple(worked))
    stretches = [Stretch(*roster.span(duty), *(roster.meal(duty) or (None, None))) for duty in worked]
    assert people_at_work(grid, stretches) == coverage(roster).tolist()


def test_a_stretch_may_stand_for_many() -> None:
    """Eleven people with the same hours are one stretch."""
    grid = TimeGrid(date(2026, 6, 1), 1, 3600)
    nine = grid.instant(0, 540)
    assert people_at_work(grid, [Stretch(nine, nine + 7200, people=11)])[8:12] == [0, 11, 11, 0]
