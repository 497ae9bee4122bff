"""Availability: the hours people can work, the shifts they may, and the weekdays a shift exists on."""

from datetime import date

import pytest

from floorwalker.science.rostering import Duty, Person, Roster, Shift
from floorwalker.science.rostering.rules import Availability
from floorwalker.science.timegrid import TimeGrid

from .weeks import DAY, LATE, week


@pytest.mark.parametrize("day", [0, 3, 6])
def test_a_shift_outside_the_available_hours_is_found_on_any_day(day):
    """Available from 9 to 17: the day shift fits to the minute, the late one does not."""
    assert list(Availability().breaches(week((day, "day"), available=((540, 1020),)))) == []
    (breach,) = Availability().breaches(week((day, "late"), available=((540, 1020),)))
    assert breach.day == day
    assert "outside the hours and shifts they can work" in breach.text


def test_a_single_minute_too_early_is_too_early():
    """Borders count to the minute at both ends."""
    assert len(list(Availability().breaches(week((0, "day"), available=((541, 1100),))))) == 1
    assert len(list(Availability().breaches(week((0, "day"), available=((0, 1019),))))) == 1


def test_one_of_several_stretches_is_enough_but_two_do_not_add_up():
    """Mornings or evenings, but nothing across the pause."""
    stretches = ((0, 840), (900, 1440))
    assert list(Availability().breaches(week((0, "early"), (2, "late"), available=stretches))) == []
    assert len(list(Availability().breaches(week((0, "day"), available=stretches)))) == 1


def test_a_night_needs_hours_past_midnight():
    """22:00 to 06:00 is minutes 1320 to 1800."""
    assert list(Availability().breaches(week((6, "night"), available=((1320, 1800),)))) == []
    assert len(list(Availability().breaches(week((6, "night"), available=((0, 1440),))))) == 1


def test_only_the_shifts_a_person_may_work():
    """A named set of shifts; none named means any."""
    grid = TimeGrid(date(2026, 6, 1), 7, 1800, "Europe/London")
    person = Person("A", shifts=frozenset({"late"}))
    roster = Roster(grid, (person,), (DAY, LATE), (Duty("A", 0, "day"), Duty("A", 2, "late")))
    assert [b.day for b in Availability().breaches(roster)] == [0]


def test_a_shift_is_worked_only_on_its_weekdays():
    """A shift of Monday to Friday does not exist on Saturday."""
    office = Shift("office", 540, 480, weekdays=frozenset(range(5)))
    (breach,) = Availability().breaches(week((4, "office"), (5, "office"), shifts=(office,)))
    assert breach.text == "A works office on Saturday 2026-06-06, but that shift is not worked on a Saturday"


def test_the_clock_change_does_not_move_available_hours():
    """Availability is wall-clock time: nine to five is nine to five on the day of 23 hours."""
    assert list(Availability().breaches(week((6, "day"), first=date(2026, 3, 23), available=((540, 1020),)))) == []
