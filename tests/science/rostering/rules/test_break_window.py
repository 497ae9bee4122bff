"""Break window: a meal where the shift has one, inside its window."""

from datetime import date

import pytest

from floorwalker.science.rostering import Shift
from floorwalker.science.rostering.rules import BreakWindow

from .weeks import week


@pytest.mark.parametrize("day", [0, 3, 6])
@pytest.mark.parametrize(("minute", "breaches"), [(659, 1), (660, 0), (780, 0), (781, 1)])
def test_the_window_holds_both_its_ends_on_the_first_and_the_last_day(day, minute, breaches):
    """From 08:00 the meal may start 3 to 5 hours in: 11:00 to 13:00."""
    found = list(BreakWindow().breaches(week((day, "long", minute))))
    assert [b.day for b in found] == [day] * breaches


def test_a_missing_and_a_needless_meal_are_breaches():
    """A long shift has one, a short shift none."""
    assert [b.text for b in BreakWindow().breaches(week((0, "long")))] == [
        "A has no meal in long on Monday 2026-06-01"
    ]
    assert len(list(BreakWindow().breaches(week((0, "day", 700))))) == 1
    assert list(BreakWindow().breaches(week((0, "day")))) == []


def test_the_margin_narrows_the_window():
    """With an hour's margin on both sides only the middle is left."""
    assert list(BreakWindow(margin_minutes=60).breaches(week((0, "long", 720)))) == []
    assert len(list(BreakWindow(margin_minutes=60).breaches(week((0, "long", 690))))) == 1


def test_the_meal_of_a_shift_across_the_clock_change_is_counted_from_its_start():
    """The window is minutes into the shift; the meal lasts its half-hour of elapsed time."""
    roster = week((6, "long", 720), first=date(2026, 3, 23))
    assert list(BreakWindow().breaches(roster)) == []
    low, high = roster.meal(roster.duties[0])
    assert (low - roster.span(roster.duties[0])[0], high - low) == (4 * 3600, 1800)


def test_the_meal_of_a_night_lies_past_midnight():
    """A night from 22:00 eats at 02:00, minute 1560 of the day it began."""
    night = Shift("night", 22 * 60, 510, meal_minutes=30, meal_earliest=180, meal_latest=300)
    assert list(BreakWindow().breaches(week((6, "night", 26 * 60), shifts=(night,)))) == []
    assert len(list(BreakWindow().breaches(week((6, "night", 2 * 60), shifts=(night,))))) == 1
