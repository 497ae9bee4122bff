"""Numbers and durations as the report says them."""

from __future__ import annotations

from datetime import date
from math import inf, nan

import pytest

from floorwalker.cli.report import words


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1, "1"), (0.3, "0.3"), (9.97, "10"), (1234.4, "1,234"), (-6.0, "−6"), (nan, "–"), (inf, "–")],
)
def test_count(value: float, text: str) -> None:
    """Whole numbers, one decimal where a small amount needs it, a dash for the unknown."""
    assert words.count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 s"),
        (0.01, "0 s"),
        (0.4, "0.4 s"),
        (20, "20 s"),
        (99, "99 s"),
        (185, "3 min 05 s"),
        (120, "2 min"),
        (3600, "1 h"),
        (4800, "1 h 20 min"),
        (inf, "without limit"),
        (nan, "–"),
    ],
)
def test_seconds(value: float, text: str) -> None:
    """Durations as people say them; a queue that grows for ever waits without limit."""
    assert words.seconds(value).replace(words.NARROW, " ") == text


def test_a_missed_target_is_never_printed_as_met() -> None:
    """79.96 % is not 80.0 %: what has a target to reach is rounded down."""
    assert words.attained(0.7996) == f"79.9{words.NARROW}%"
    assert words.attained(0.8) == f"80.0{words.NARROW}%"
    assert words.percent(0.7996) == f"80.0{words.NARROW}%"


def test_signs_are_typographic_and_zero_has_none() -> None:
    """−3, 0, +4: a real minus, no sign on nothing."""
    assert [words.signed(v) for v in (-3, 0, 4, nan)] == ["−3", "0", "+4", "–"]
    assert words.signed_percent(0.021) == f"+2.1{words.NARROW}%"
    assert words.signed_percent(-0.012) == f"−1.2{words.NARROW}%"


def test_plurals_and_lists() -> None:
    """One person, two people; a, b and c."""
    assert [words.people(n) for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
    assert [words.plural(n, "contact") for n in (1, 1.4, 3)] == ["1 contact", "1.4 contacts", "3 contacts"]
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_dates_do_not_depend_on_the_locale() -> None:
    """Weekdays and months are spelt out here."""
    assert words.day_short(date(2003, 9, 1)) == "Mon 1 Sep"
    assert words.day_long(date(2003, 12, 31)) == "Wednesday 31 December 2003"
