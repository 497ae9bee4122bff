"""Rest: elapsed hours between two duties."""

from datetime import date

import pytest

from floorwalker.science.rostering.rules import Rest

from .weeks import week


@pytest.mark.parametrize("day", [0, 3, 5])
def test_late_then_early_is_found_on_the_first_the_middle_and_the_last_pair_of_days(day):
    """23:00 to 06:00 is 7 hours; the breach is on the later day."""
    (breach,) = Rest().breaches(week((day, "late"), (day + 1, "early")))
    assert breach.day == day + 1
    assert "rests 7 h before early" in breach.text


def test_a_single_duty_needs_no_rest():
    """Nothing before, nothing after."""
    assert list(Rest().breaches(week((6, "late")))) == []


def test_exactly_the_rest_agreed_is_enough_and_the_floor_may_ask_more():
    """Day to day is 16 hours: enough for 16, not for a house that asks 17."""
    two = week((0, "day"), (1, "day"), min_rest_hours=16)
    assert list(Rest().breaches(two)) == []
    assert len(list(Rest(floor_hours=17).breaches(two))) == 1


def test_two_duties_at_once_are_no_rest_even_for_who_needs_none():
    """Overlapping work is always a breach."""
    (breach,) = Rest().breaches(week((0, "day"), (0, "early"), min_rest_hours=0))
    assert "rests -5 h" in breach.text


def test_after_a_night_the_rest_runs_over_the_next_day():
    """A night ends at 06:00: the late shift of that day comes after 9 hours, the next morning after 24."""
    assert len(list(Rest().breaches(week((0, "night"), (1, "late"))))) == 1
    assert list(Rest().breaches(week((0, "night"), (2, "early")))) == []


@pytest.mark.parametrize(
    ("first", "rested"), [(date(2026, 3, 23), 15), (date(2026, 10, 19), 17), (date(2026, 6, 1), 16)]
)
def test_rest_across_a_clock_change_is_what_passes(first, rested):
    """Saturday 17:00 to Sunday 09:00 is 15, 17 or 16 hours."""
    roster = week((5, "day"), (6, "day"), first=first)
    assert list(Rest(floor_hours=rested).breaches(roster)) == []
    assert len(list(Rest(floor_hours=rested + 0.5).breaches(roster))) == 1
