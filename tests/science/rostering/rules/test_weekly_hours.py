"""Weekly hours: least and most hours and most days, in each week counted from the first day."""

from datetime import date

import pytest

from floorwalker.science.rostering.rules import WeeklyHours

from .weeks import week


@pytest.mark.parametrize("extra", [0, 6])
def test_one_duty_too_many_is_found_on_the_first_and_the_last_day(extra):
    """Five duties are 40 hours; a sixth breaks the hours and the days wherever it stands."""
    duties = [(d, "day") for d in range(1, 6)]
    assert list(WeeklyHours().breaches(week(*duties))) == []
    texts = [b.text for b in WeeklyHours().breaches(week(*duties, (extra, "day")))]
    assert texts == [
        "A works 48 h, more than 40 h, in the week from 2026-06-01",
        "A works 6 days, more than 5, in the week from 2026-06-01",
    ]


def test_a_single_duty_is_too_little_where_a_least_is_agreed():
    """Eight hours are not thirty; without a least they are fine."""
    assert [b.text for b in WeeklyHours().breaches(week((3, "day"), min_hours=30))] == [
        "A works 8 h, less than 30 h, in the week from 2026-06-01"
    ]
    assert list(WeeklyHours(least=False).breaches(week((3, "day"), min_hours=30))) == []
    assert list(WeeklyHours().breaches(week((3, "day")))) == []


def test_each_week_stands_alone_and_a_part_of_a_week_has_no_least():
    """Ten days: the second, unfinished week need not have the hours, but may not have too many."""
    first = [(d, "day") for d in range(4)]
    assert list(WeeklyHours().breaches(week(*first, (8, "day"), days=10, min_hours=30))) == []
    (breach,) = WeeklyHours().breaches(week((7, "day"), (8, "day"), days=10, max_days=1))
    assert breach.text == "A works 2 days, more than 1, in the week from 2026-06-08"


def test_the_meal_is_not_paid_and_a_night_counts_in_the_week_it_starts():
    """Five long shifts are 40 paid hours though 42.5 are spent; Sunday's night is all in the old week."""
    assert list(WeeklyHours().breaches(week(*[(d, "long", 720) for d in range(5)]))) == []
    assert list(WeeklyHours().breaches(week((6, "night"), days=14, max_hours=8))) == []
    assert len(list(WeeklyHours().breaches(week((6, "night"), days=14, max_hours=7)))) == 1


def test_a_night_of_the_clock_change_pays_what_was_worked():
    """Eight hours are eight hours in the night that has nine on the clock."""
    roster = week((5, "night"), first=date(2026, 10, 19), max_hours=8)  # Saturday 24 October, clocks go back
    assert list(WeeklyHours().breaches(roster)) == []
    start, end = roster.span(roster.duties[0])
    assert end - start == 8 * 3600
