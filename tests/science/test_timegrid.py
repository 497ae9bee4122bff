"""Whole local days cut into intervals: nothing lost, nothing doubled, on any day of any zone."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import ALLOWED_STEPS, DAY_SECONDS, TimeGrid

# zone, day, hours of that day, quarter-hours
ODD_DAYS = [
    ("Europe/London", date(2026, 3, 29), 23, 92),
    ("Europe/London", date(2026, 10, 25), 25, 100),
    ("America/New_York", date(2026, 3, 8), 23, 92),
    ("America/New_York", date(2026, 11, 1), 25, 100),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5, 94),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5, 98),
    ("America/Santiago", date(2026, 9, 6), 23, 92),  # its 00:00 does not exist
    ("Africa/Cairo", date(2026, 4, 24), 23, 92),  # nor does this one
    ("America/Havana", date(2026, 11, 1), 25, 100),  # its 00:00 comes twice
    ("Asia/Kathmandu", date(2026, 6, 1), 24, 96),
]


@pytest.mark.parametrize(("zone", "day", "hours", "quarters"), ODD_DAYS)
def test_a_day_has_as_many_quarters_as_fit(zone: str, day: date, hours: float, quarters: int) -> None:
    """Days of 23, 25, 23.5 and 24.5 hours, from the tz database's own transitions."""
    grid = TimeGrid(day, 1, 900, zone)
    assert (len(grid), sum(grid.lengths)) == (quarters, hours * 3600)


@pytest.mark.parametrize(("zone", "day", "hours", "quarters"), ODD_DAYS)
def test_a_daily_grid_has_one_interval_a_day(zone: str, day: date, hours: float, quarters: int) -> None:
    """However long the day is."""
    grid = TimeGrid(day - timedelta(days=1), 3, DAY_SECONDS, zone)
    assert len(grid) == 3
    assert grid.lengths[1] == hours * 3600


def test_the_last_interval_is_short_where_the_step_does_not_divide() -> None:
    """Lord Howe's day of 24.5 hours in hours: 24 whole ones and a half."""
    grid = TimeGrid(date(2026, 4, 5), 1, 3600, "Australia/Lord_Howe")
    assert list(grid.lengths) == [3600] * 24 + [1800]


def test_slots_follow_the_wall_clock() -> None:
    """In spring the skipped hour's slots are missing, in autumn the repeated hour's come twice."""
    spring = TimeGrid(date(2026, 3, 29), 1, 1800, "Europe/London")
    autumn = TimeGrid(date(2026, 10, 25), 1, 1800, "Europe/London")
    assert list(spring.slots) == [0, 1, *range(4, 48)]
    assert list(autumn.slots) == [0, 1, 2, 3, 2, 3, *range(4, 48)]


def test_starts_carry_their_offset() -> None:
    """The repeated half-hour is told apart by its offset."""
    texts = TimeGrid(date(2026, 10, 25), 1, 1800, "Europe/London").isoformat()
    assert texts[2:6] == [
        "2026-10-25T01:00:00+01:00",
        "2026-10-25T01:30:00+01:00",
        "2026-10-25T01:00:00+00:00",
        "2026-10-25T01:30:00+00:00",
    ]


ZONES = st.sampled_from([zone for zone, *_ in ODD_DAYS])


@given(
    ZONES,
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(1, 20),
    st.sampled_from(ALLOWED_STEPS),
    st.floats(0, 1, exclude_max=True),
)
def test_every_instant_lies_in_exactly_one_interval(
    zone: str, first: date, days: int, step: int, where: float
) -> None:
    """Intervals touch, cover the days, and `find` answers the one that holds an instant."""
    grid = TimeGrid(first, days, step, zone)
    ends = [start + length for start, length in zip(grid.starts, grid.lengths, strict=True)]
    assert list(grid.starts[1:]) == ends[:-1]
    assert (grid.starts[0], ends[-1]) == (grid.day_starts[0], grid.end)
    instant = grid.starts[0] + int(where * (grid.end - grid.starts[0] - 1))
    index = grid.find(instant)
    assert grid.starts[index] <= instant < ends[index]
    assert (grid.find(grid.starts[0] - 1), grid.find(grid.end)) == (-1, -1)


@given(ZONES, st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 20))
def test_day_slices_are_the_days(zone: str, first: date, days: int) -> None:
    """The slices of the days lie end to end and each holds its own local date."""
    grid = TimeGrid(first, days, 1800, zone)
    slices = [grid.day_slice(day) for day in range(days)]
    assert (slices[0].start, slices[-1].stop) == (0, len(grid))
    assert all(a.stop == b.start for a, b in itertools.pairwise(slices))
    for day, part in enumerate(slices):
        assert {grid.local(i).date() for i in range(part.start, part.stop)} == {grid.dates[day]}


def test_instants_of_wall_clock_minutes() -> None:
    """Minutes beyond midnight reach into the next day; a missing wall time is read with the old offset."""
    grid = TimeGrid(date(2026, 3, 28), 2, 1800, "Europe/London")
    utc = ZoneInfo("UTC")
    assert datetime.fromtimestamp(grid.instant(0, 1440 + 150), utc) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert datetime.fromtimestamp(grid.instant(1, 90), utc) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_the_following_days_touch() -> None:
    """`following` begins where the grid ends."""
    grid = TimeGrid(date(2026, 10, 20), 7, 1800, "Europe/London")
    assert grid.following(3).starts[0] == grid.end
    assert grid.last_day + timedelta(days=1) == grid.following(3).first_day


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"days": 0}, "at least one day"),
        ({"step_seconds": 420}, "7 minutes"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"zone": "../etc/passwd"}, "IANA"),
        ({"zone": ""}, "IANA"),
    ],
)
def test_impossible_grids_are_refused(arguments: dict[str, object], says: str) -> None:
    """The value and what is allowed are named."""
    with pytest.raises(InvalidInput, match=says):
        TimeGrid(**{"first_day": date(2026, 1, 1), "days": 1, "step_seconds": 1800, "zone": "UTC", **arguments})  # type: ignore[arg-type]


@pytest.mark.prove
@pytest.mark.parametrize("zone", sorted(available_timezones()))
def test_every_zone_and_every_day_until_2030(zone: str) -> None:
    """Σ lengths = elapsed time, for each zone of the tz database and every day of seven years."""
    grid = TimeGrid(date(2024, 1, 1), 7 * 365, 900, zone)
    assert sum(grid.lengths) == grid.end - grid.starts[0]
    assert all(a + n == b for a, n, b in zip(grid.starts, grid.lengths, grid.starts[1:], strict=False))
    for day in range(grid.days):
        length = grid.day_starts[day + 1] - grid.day_starts[day]
        assert 0 <= length <= 26 * 3600
        assert sum(grid.lengths[grid.day_slice(day)]) == length
