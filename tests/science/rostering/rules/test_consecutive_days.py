"""Consecutive days: the longest run of days worked."""

from datetime import date

import pytest

from floorwalker.science.rostering.rules import ConsecutiveDays

from .weeks import week


@pytest.mark.parametrize("start", [0, 2, 4])
def test_a_run_too_long_is_found_at_the_first_the_middle_and_the_last_position(start):
    """Three days where two are allowed: the third is the breach, up to the very last day."""
    roster = week(*[(d, "day") for d in range(start, start + 3)], max_consecutive_days=2)
    assert [b.day for b in ConsecutiveDays().breaches(roster)] == [start + 2]


def test_a_day_off_begins_a_new_run_and_a_single_day_is_none():
    """Two, free, two is fine; so is one."""
    assert list(ConsecutiveDays().breaches(week((0, "day"), (1, "day"), (3, "day"), max_consecutive_days=2))) == []
    assert list(ConsecutiveDays().breaches(week((6, "day"), max_consecutive_days=1))) == []


def test_a_run_goes_on_over_the_border_of_two_weeks():
    """Sunday and Monday are next to each other."""
    roster = week((5, "day"), (6, "day"), (7, "day"), days=14, max_consecutive_days=2)
    assert [b.day for b in ConsecutiveDays().breaches(roster)] == [7]


def test_the_ceiling_of_the_house_lowers_what_a_person_agreed():
    """Six by contract, one by the house."""
    roster = week((0, "day"), (1, "day"))
    assert list(ConsecutiveDays().breaches(roster)) == []
    assert [b.day for b in ConsecutiveDays(ceiling_days=1).breaches(roster)] == [1]


def test_nights_and_the_clock_change_count_by_the_day_they_start():
    """Two nights are two days worked, also when the clocks go back in the second."""
    roster = week((4, "night"), (5, "night"), first=date(2026, 10, 19), max_consecutive_days=1)
    assert [b.day for b in ConsecutiveDays().breaches(roster)] == [5]
