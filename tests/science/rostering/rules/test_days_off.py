"""Days off: free from midnight to midnight."""

from datetime import date, timedelta

import pytest

from floorwalker.science.rostering import Shift
from floorwalker.science.rostering.rules import DaysOff

from .weeks import week

FIRST = date(2026, 6, 1)


@pytest.mark.parametrize("day", [0, 3, 6])
def test_work_on_a_day_off_is_found_on_the_first_the_middle_and_the_last_day(day):
    """One breach, on that day, naming it."""
    off = FIRST + timedelta(days=day)
    (breach,) = DaysOff().breaches(week((day, "day"), days_off=frozenset({off})))
    assert (breach.day, breach.person) == (day, "A")
    assert f"{off:%A %Y-%m-%d}, a day off" in breach.text


def test_a_single_duty_beside_a_day_off_is_fine():
    """Only the day itself is free."""
    assert list(DaysOff().breaches(week((2, "late"), days_off=frozenset({date(2026, 6, 4)})))) == []


@pytest.mark.parametrize("day", [2, 6])
def test_the_night_before_may_not_reach_into_it_unless_agreed(day):
    """22:00 to 06:00 takes the morning of the day off, also past the end of the roster."""
    roster = week((day, "night"), days_off=frozenset({FIRST + timedelta(days=day + 1)}))
    assert len(list(DaysOff().breaches(roster))) == 1
    assert list(DaysOff(nights_count=False).breaches(roster)) == []


@pytest.mark.parametrize(("first", "breaches"), [(date(2026, 3, 23), 1), (date(2026, 10, 19), 0)])
def test_a_shift_over_the_hour_of_the_clock_change_ends_when_its_hours_have_passed(first, breaches):
    """23.5 hours from Sunday 00:00 reach 00:30 on the day of 23 hours and 22:30 on the day of 25."""
    allday = Shift("allday", 0, 23 * 60 + 30)
    off = frozenset({first + timedelta(days=7)})
    found = list(DaysOff().breaches(week((6, "allday"), first=first, shifts=(allday,), days_off=off)))
    assert len(found) == breaches
