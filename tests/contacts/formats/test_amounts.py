"""Numbers and durations in the notations of several countries."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.contacts.formats.amounts import count_of, likely_decimal, number_of, seconds_of


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("12", "point", 12),
        ("2.0", "point", 2),
        ("1,234.5", "point", 1234.5),
        ("1,234,567", "point", 1234567),
        ("1.234,5", "comma", 1234.5),
        ("1 234,5", "comma", 1234.5),
        ("3,5", "comma", 3.5),
        ("1.234", "comma", 1234),
        ("1.234", "point", 1.234),
        ("5.36E+00", "point", 5.36),
        ("-4", "point", -4),
    ],
)
def test_numbers(text, decimal, value):
    """Decimal points and commas, grouped thousands, exponents."""
    assert number_of(text, decimal) == value


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "-inf", "1e999", "=1+1", "12a", "1,23,4", "١٢", "0x10", "1_000"]
)
def test_what_is_no_number_is_none(text):
    """Python would take several of these for numbers; a history does not."""
    assert number_of(text) is None


def test_counts_are_not_negative():
    """Minus four calls are no count, nor minus four seconds a duration."""
    assert count_of("-4") is None
    assert seconds_of("-4") is None
    assert count_of("0") == 0


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("00:02:14", 134), ("2:14", 134), ("100:00:00", 360000), ("90:00", 5400)]
)
def test_durations(text, seconds):
    """Seconds, minutes and seconds, hours without limit."""
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["1:60", "1:60:00", "1:2", "::"])
def test_impossible_durations(text):
    """There is no sixtieth second."""
    assert seconds_of(text) is None


def test_the_decimal_mark_is_found_only_where_nothing_else_fits():
    """3,5 must be a decimal comma; 1,234 may be a thousand and stays one."""
    assert likely_decimal(["12", "3,5"]) == "comma"
    assert likely_decimal(["1.234,50"]) == "comma"
    assert likely_decimal(["12", "1,234"]) == "point"
    assert likely_decimal(["2.5"]) == "point"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_written_numbers_come_back(value):
    """Whatever Python writes for a finite number is read as that number."""
    assert math.isclose(number_of(repr(value)), value, rel_tol=1e-15)
