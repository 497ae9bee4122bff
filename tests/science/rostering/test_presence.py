"""Who is there when: whole intervals, meals, midnights, and clock changes."""

from datetime import date

import pytest

from floorwalker.science.rostering import Duty, Person, Roster, Shift, coverage
from floorwalker.science.timegrid import TimeGrid

LONG = Shift("long", 8 * 60, 510, meal_minutes=30, meal_earliest=180, meal_latest=300)


def hours_there(shift, day=0, meal=None, first=date(2026, 6, 1), step=1800, days=2):
    """The local times of the intervals at which one person counts."""
    grid = TimeGrid(first, days, step, "Europe/London")
    roster = Roster(grid, (Person("A"),), (shift,), (Duty("A", day, shift.name, meal),))
    return [f"{grid.local(i):%d %H:%M}" for i, people in enumerate(coverage(roster)) if people]


def test_a_person_counts_from_start_to_end_but_for_the_meal():
    """08:00 to 16:30 with the meal at noon: 16 half-hours, none of them the meal's."""
    there = hours_there(LONG, meal=720)
    assert (len(there), there[0], there[-1]) == (16, "01 08:00", "01 16:00")
    assert "01 12:00" not in there
    assert "01 11:30" in there
    assert "01 12:30" in there


@pytest.mark.parametrize(("start", "length", "count"), [(485, 475, 7), (480, 475, 7), (480, 480, 8), (481, 59, 0)])
def test_a_part_of_an_interval_does_not_count(start, length, count):
    """Late by a minute or gone a minute early, the interval is not counted; an interval is never covered twice."""
    assert len(hours_there(Shift("s", start, length), step=3600)) == count


def test_a_meal_takes_every_interval_it_touches():
    """A quarter past to a quarter to in hours of whole intervals: the hour is gone."""
    shift = Shift("s", 480, 480, meal_minutes=30, meal_earliest=0, meal_latest=450)
    assert "01 12:00" not in hours_there(shift, meal=735, step=3600)
    assert len(hours_there(shift, meal=735, step=3600)) == 7
    assert len(hours_there(shift, meal=765, step=3600)) == 6  # over the hour


def test_a_night_goes_on_over_midnight_and_ends_with_the_grid():
    """22:00 to 06:00 on the first day, cut off at the end of the last."""
    night = Shift("night", 22 * 60, 480)
    assert hours_there(night, step=7200) == ["01 22:00", "02 00:00", "02 02:00", "02 04:00"]
    assert hours_there(night, day=1, step=7200) == ["02 22:00"]


@pytest.mark.parametrize(("first", "last"), [(date(2026, 3, 28), "29 06:00"), (date(2026, 10, 24), "25 04:00")])
def test_a_night_of_the_clock_change_covers_the_hours_that_pass(first, last):
    """Eight hours from 22:00 end at 07:00 in spring and at 05:00 in autumn: always eight intervals."""
    there = hours_there(Shift("night", 22 * 60, 480), first=first, step=3600)
    assert (len(there), there[-1]) == (8, last)


def test_people_add_up_and_an_empty_roster_covers_nothing():
    """Two people are two; nobody is zero everywhere."""
    grid = TimeGrid(date(2026, 6, 1), 1, 3600)
    shift = Shift("s", 480, 120)
    two = Roster(grid, (Person("A"), Person("B")), (shift,), (Duty("A", 0, "s"), Duty("B", 0, "s")))
    assert coverage(two).tolist() == [0] * 8 + [2, 2] + [0] * 14
    assert coverage(Roster(grid, (), (shift,), ())).tolist() == [0] * 24
