"""Shifts in the nights and days the clocks change: by the wall where they start, paid by what passes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.schedules.rules.checking import findings
from floorwalker.apps.schedules.rules.cover import day_cover, stretch_of
from floorwalker.apps.schedules.rules.stints import (
    Worker,
    at_wall,
    day_bounds,
    monday_of,
    stint_at,
    wall_of,
    week_bounds,
)

# (zone, Sunday or other day of the change, hours of that day)
CHANGES = [
    ("Europe/London", date(2026, 3, 29), 23.0),
    ("Europe/London", date(2026, 10, 25), 25.0),
    ("America/New_York", date(2026, 3, 8), 23.0),
    ("America/New_York", date(2026, 11, 1), 25.0),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
    ("Pacific/Chatham", date(2026, 4, 5), 25.0),
    ("Africa/Cairo", date(2026, 4, 24), 23.0),
    ("America/Santiago", date(2026, 9, 6), 23.0),
    ("Asia/Beirut", date(2026, 3, 29), 23.0),
    ("America/Havana", date(2026, 3, 8), 23.0),
    ("Asia/Manila", date(2026, 3, 29), 24.0),
]
zones = pytest.mark.parametrize(("zone", "day", "hours"), CHANGES, ids=lambda value: str(value))


@zones
def test_a_night_shift_over_the_change_keeps_its_length_and_is_paid_for_it(
    zone: str, day: date, hours: float
) -> None:
    """22:00 the evening before, eight hours and a half, half an hour of meal: eight paid, whatever the clock."""
    night = stint_at(
        "n", 1, day=day - timedelta(days=1), start_minute=22 * 60, length_minutes=510, zone=zone, meal_minutes=30,
        meal_after=240,
    )  # fmt: skip
    assert night.paid_hours == 8
    assert (night.end - night.start) == timedelta(minutes=510)
    local = night.end.astimezone(ZoneInfo(zone))
    # By the wall it ends as much later, or earlier, as the clocks went back, or forward.
    assert (local.hour * 60 + local.minute) == round((22 * 60 + 510 - 1440) + (24 - hours) * 60) % 1440


@zones
def test_a_days_coverage_has_each_moment_once(zone: str, day: date, hours: float) -> None:
    """One who works all day is there in every quarter-hour, and the quarters make up the day."""
    start, end = day_bounds(day, zone)
    assert (end - start) == timedelta(hours=hours)
    all_day = stint_at("d", 1, day=day, start_minute=0, length_minutes=round(hours * 60), zone=zone)
    cover = day_cover(day, zone, [], [stretch_of(all_day)])
    first = at_wall(day, 0, zone)
    assert sum(cover.grid.lengths) == hours * 3600
    expected = [1 if moment >= first else 0 for moment in cover.starts]
    assert list(cover.there) == expected


@zones
def test_rest_over_the_change_is_counted_in_hours_that_pass(zone: str, day: date, hours: float) -> None:
    """Home at 23:00, back at 10:00: eleven hours on any night, one less when the clocks go forward."""
    monday = monday_of(day)
    late = stint_at("l", 1, day=day - timedelta(days=1), start_minute=17 * 60, length_minutes=360, zone=zone)
    early = stint_at("e", 1, day=day, start_minute=10 * 60, length_minutes=360, zone=zone)
    found = [f.rule for f in findings(monday, zone, [Worker(1, "Ada")], [late, early])]
    assert found == (["rest"] if hours < 24 else [])


@given(
    case=st.sampled_from(CHANGES),
    days=st.integers(-3, 3),
    minute=st.integers(0, 1439),
    length=st.integers(30, 960),
)
def test_what_is_meant_on_the_wall_is_found_again(
    case: tuple[str, date, float], days: int, minute: int, length: int
) -> None:
    """From the wall to the moment and back, but for the hour that never is; the length always stays."""
    zone, change, _hours = case
    day = change + timedelta(days=days)
    made = stint_at("s", 1, day=day, start_minute=minute, length_minutes=length, zone=zone)
    assert made.end - made.start == timedelta(minutes=length)
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60)
    there = wall.replace(tzinfo=ZoneInfo(zone))
    exists = there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall
    if exists:
        assert wall_of(made.start, zone) == (day, minute)
    assert (made.day, made.wall_minute) == (day, minute)


@zones
def test_a_week_begins_where_the_week_before_ends(zone: str, day: date, hours: float) -> None:
    """No moment is lost or doubled between two weeks."""
    monday = monday_of(day)
    start, end = week_bounds(monday, zone)
    assert week_bounds(monday + timedelta(days=7), zone)[0] == end
    assert (end - start) == timedelta(hours=6 * 24 + hours)
