"""Dates and times as people write them."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.contacts.formats.clock import (
    clock_of,
    date_orders,
    day_of,
    epoch_seconds,
    iso_seconds,
    seconds_of_clock,
    split_stamp,
)

DAY = (date(2021, 3, 4) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    "text",
    ["2021-03-04", "2021/3/4", "2021.03.04", "20210304", "210304", "4 Mar 2021", "04-MAR-21", "March 4, 2021"],
)
def test_dates_that_can_only_be_read_one_way(text):
    """Each is the fourth of March 2021 under every order."""
    assert {day_of(text, order) for order in ("ymd", "dmy", "mdy")} == {DAY}


def test_the_order_settles_what_is_ambiguous():
    """4/3/2021 is the fourth of March day-month and the third of April month-day."""
    assert day_of("4/3/2021", "dmy") == DAY
    assert day_of("3/4/2021", "mdy") == DAY
    assert day_of("4-3-21", "dmy") == DAY


@pytest.mark.parametrize("text", ["", "today", "2021-02-29", "2021-13-01", "31/31/2021", "1821-01-01", "99999999"])
def test_what_is_no_date_is_none(text):
    """Impossible days, absurd years and words."""
    assert day_of(text, "dmy") is None


def test_two_digit_years_turn_at_seventy():
    """990201 is 1999, 690201 is 2069: no history is older than 1970."""
    assert day_of("990201") == (date(1999, 2, 1) - date(1970, 1, 1)).days
    assert day_of("690201") == (date(2069, 2, 1) - date(1970, 1, 1)).days


def test_orders_are_counted():
    """13/1 can only be day-month, 1/13 only month-day, 1/2 either, 2/2 tells nothing."""
    assert date_orders(["13/1/2020", "1/13/2020", "1/2/2020", "2/2/2020", "2020-01-01"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("text", "seconds", "offset"),
    [
        ("0:00:00", 0, None),
        ("7:02:47", 25367, None),
        ("23:59", 86340, None),
        ("24:00", 86400, None),
        ("25:10:00", 90600, None),
        ("12:00:01 AM", 1, None),
        ("12:30 pm", 45000, None),
        ("1:30 p.m.", 48600, None),
        ("07:00:00Z", 25200, 0),
        ("07:00+05:30", 25200, 19800),
        ("07:00:00.250-0300", 25200.25, -10800),
        ("07:00 +02", 25200, 7200),
    ],
)
def test_clock_times(text, seconds, offset):
    """Hours past 24, twelve-hour clocks, fractions and offsets."""
    assert clock_of(text) == (seconds, offset)


@pytest.mark.parametrize("text", ["", "7", "7:60", "13:00 PM", "0:30 AM", "49:00", "-1:00", "7:00 XM"])
def test_what_is_no_clock_time_is_none(text):
    """No minute 60, no hour 13 in the afternoon."""
    assert clock_of(text) is None


def test_hours_and_ranges_are_times_of_day():
    """Reports write 9, or 09:00 - 09:30, for the interval that begins at nine."""
    assert seconds_of_clock("9") == seconds_of_clock("09:00 - 09:30") == seconds_of_clock("09:00-09:30") == 32400
    assert seconds_of_clock("25") is None


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2199, 1, 1)))
def test_iso_moments_come_back_exactly(moment):
    """Any ISO moment is read as what it is."""
    day, clock = split_stamp(moment.isoformat())
    seconds, offset = clock_of(clock)
    assert offset is None
    expected = (moment - datetime(1970, 1, 1)).total_seconds()
    assert day_of(day) * 86400 + seconds == pytest.approx(expected, abs=1e-3)


def test_stamps_split_before_the_clock():
    """However date and clock are joined."""
    assert split_stamp("March 4, 2021 9:05 AM") == ("March 4, 2021", "9:05 AM")
    assert split_stamp("2021-03-04T09:05") == ("2021-03-04", "09:05")
    assert split_stamp("2021-03-04") == ("2021-03-04", "")


def test_seconds_since_1970():
    """Ten digits are seconds, thirteen milliseconds, anything else is not a moment."""
    assert epoch_seconds("1596191926") == epoch_seconds("1596191926000") == 1596191926
    assert epoch_seconds("1690325492.2") == 1690325492.2
    assert epoch_seconds("159619192") is None


def test_the_fast_way_agrees_with_the_slow_one():
    """Cells in the plain ISO shape are read as the general parser reads them, all others are left to it."""
    texts = ["2024-02-29T09:00:01", "2023-02-29 09:00:01", "1970-01-01 00:00:00", "2024-05-06 24:00:00"]
    texts += ["2024-05-06T09:60:00", "2024-05-06T09:00", "2024-05-06T09:00:00Z", "", "2024-05-06T49:00:00"]
    expected = []
    for text in texts:
        day, clock = split_stamp(text)
        days, seconds = day_of(day), clock_of(clock)
        plain = len(text) == 19 and days is not None and seconds is not None
        expected.append(days * 86400 + seconds[0] if plain else None)
    found = [None if np.isnan(value) else value for value in iso_seconds(pd.Series(texts))]
    assert found == expected
    assert len(iso_seconds(pd.Series([], dtype=object))) == 0
