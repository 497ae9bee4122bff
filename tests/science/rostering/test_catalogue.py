"""The default catalogue: shifts that fit the hours that need people."""

from datetime import date

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Status
from floorwalker.science.rostering import HeadCountParams, RosterProblem, default_catalogue, head_counts
from floorwalker.science.timegrid import TimeGrid


def open_hours(hours_by_weekday, first=date(1999, 2, 7), step=1800, days=7, zone="Asia/Jerusalem"):
    """One person needed from opening to closing hour of each weekday (Monday 0)."""
    grid = TimeGrid(first, days, step, zone)
    needed = []
    for day, slot in zip(grid.day_index, grid.slots, strict=True):
        low, high = hours_by_weekday.get(grid.weekdays[day], (0, 0))
        needed.append(int(low <= slot * step / 3600 < high))
    return grid, tuple(needed)


SUNDAY_TO_THURSDAY = {6: (7, 24), 0: (7, 24), 1: (7, 24), 2: (7, 24), 3: (7, 24), 4: (7, 14), 5: (20, 24)}


def test_an_office_day_has_full_and_short_shifts_with_meals_only_in_the_long():
    """Ten hours: eight-hour shifts from 08:00 to 09:30, six and four hours in between; names are clock times."""
    shifts = default_catalogue(*open_hours({0: (8, 18)}))
    full = [s for s in shifts if s.paid_minutes == 480]
    assert [s.name for s in full] == ["08:00-16:30", "08:30-17:00", "09:00-17:30", "09:30-18:00"]
    assert {(s.meal_minutes, s.meal_earliest, s.meal_latest) for s in full} == {(30, 180, 300)}
    assert {(s.paid_minutes, s.meal_minutes) for s in shifts} == {(480, 30), (360, 0), (240, 0)}
    assert {s.weekdays for s in shifts} == {frozenset({0})}


def test_short_days_get_shifts_that_fit_and_everything_is_coverable():
    """Friday 07-14 has no full shift, Saturday from 20:00 just its four hours; no interval is out of reach."""
    grid, needed = open_hours(SUNDAY_TO_THURSDAY)
    shifts = default_catalogue(grid, needed)
    friday = [s for s in shifts if 4 in s.weekdays]
    assert all(s.start_minute >= 420 and s.start_minute + s.length_minutes <= 840 for s in friday)
    assert {s.paid_minutes for s in friday} == {240, 360}
    assert [s.name for s in shifts if 5 in s.weekdays] == ["20:00-00:00"]
    problem = RosterProblem(grid, needed, (), shifts)
    assert head_counts(problem, params=HeadCountParams(cover=True)).status is Status.OPTIMAL


def test_hours_shorter_than_the_shortest_shift_get_one_of_their_length():
    """Two hours are two hours, not four."""
    (shift,) = default_catalogue(*open_hours({2: (9, 11)}))
    assert (shift.name, shift.paid_minutes) == ("09:00-11:00", 120)


def test_a_lunch_closure_stays_within_the_day_but_a_long_gap_parts_it():
    """A lull of two hours does not end the day; five hours do."""
    grid, needed = open_hours({0: (8, 18)})
    lull = tuple(0 if 24 <= i % 48 < 28 else n for i, n in enumerate(needed))
    assert default_catalogue(grid, lull) == default_catalogue(grid, needed)
    gap = tuple(0 if 22 <= i % 48 < 32 else n for i, n in enumerate(needed))
    assert {s.paid_minutes for s in default_catalogue(grid, gap)} == {180, 120}


def test_a_centre_that_never_closes_has_shifts_at_any_hour_over_midnight_too():
    """48 starts of each length on every weekday, the last night of the week included."""
    shifts = default_catalogue(*open_hours(dict.fromkeys(range(7), (0, 24))))
    assert len(shifts) == 3 * 48
    night = next(s for s in shifts if s.name == "22:00-06:30")
    assert night.weekdays == frozenset(range(7))


@pytest.mark.parametrize("first", [date(2026, 3, 23), date(2026, 10, 19)])
def test_the_week_of_a_clock_change_has_the_shifts_of_any_week(first):
    """Opening hours are wall-clock hours."""
    changing = open_hours(dict.fromkeys(range(7), (0, 24)), first=first, zone="Europe/London")
    assert len(default_catalogue(*changing)) == 3 * 48


def test_every_setting_changes_the_catalogue():
    """Lengths, meal, its slack and the rhythm of starts."""
    hours = open_hours({0: (8, 18)})
    plain = default_catalogue(*hours)
    for setting in (
        {"full_minutes": 450},
        {"short_minutes": (300,)},
        {"meal_minutes": 60},
        {"meal_slack_minutes": 30},
        {"start_every_minutes": 60},
    ):
        assert default_catalogue(*hours, **setting) != plain
    assert {s.meal_minutes for s in default_catalogue(*hours, meal_minutes=0)} == {0}
    hourly = default_catalogue(*open_hours({0: (8, 18)}, step=3600))
    assert {s.start_minute % 60 for s in hourly if s.paid_minutes < 480} == {0}


def test_starts_reach_both_ends_of_odd_opening_hours():
    """From 08:15 to 17:45 some shift starts with the first need and some ends with the last."""
    shifts = default_catalogue(*open_hours({0: (8.25, 17.75)}, step=900))
    assert min(s.start_minute for s in shifts) == 495
    assert max(s.start_minute + s.length_minutes for s in shifts) == 1065


def test_no_need_no_shifts_and_nonsense_is_refused():
    """Nothing to do; whole days; a need of another length; no length."""
    assert default_catalogue(*open_hours({})) == ()
    grid, needed = open_hours({0: (8, 18)})
    with pytest.raises(InvalidInput, match="shorter than a day"):
        default_catalogue(TimeGrid(date(2026, 6, 1), 7, 86400), (1,) * 7)
    with pytest.raises(InvalidInput, match="3 values"):
        default_catalogue(grid, (1, 2, 3))
    with pytest.raises(InvalidInput, match="1 or more"):
        default_catalogue(grid, needed, start_every_minutes=0)
