"""The calendar of special days."""

from datetime import date

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Calendar


def test_public_holidays_by_country_and_subdivision() -> None:
    """Codes of the holidays package, with a subdivision after a dash; names in English."""
    assert Calendar(("US",)).name(date(2003, 7, 4)) == "Independence Day"
    assert Calendar(("DE",)).name(date(2024, 1, 6)) is None
    assert Calendar(("DE-BY",)).name(date(2024, 1, 6)) == "Epiphany"


def test_observed_holidays_share_the_name() -> None:
    """A holiday observed on another day is the same kind of day."""
    assert Calendar(("US",)).name(date(2021, 7, 5)) == "Independence Day"


def test_own_list_comes_first() -> None:
    """The user's name wins over the country's."""
    calendar = Calendar(("US",), special={date(2003, 7, 4): "launch"})
    assert calendar.names([date(2003, 7, 3), date(2003, 7, 4)]) == [None, "launch"]


def test_unknown_country_is_refused_at_once() -> None:
    """A wrong code fails when the calendar is made, with what to do."""
    with pytest.raises(InvalidInput, match="ISO country code"):
        Calendar(("XX",))


def test_days_near_special_ones() -> None:
    """Reached from both sides, by special and by closed days, and no further than asked."""
    calendar = Calendar(special={date(2023, 3, 10): "fair"}, closed=frozenset({date(2023, 3, 20)}))
    days = [date(2023, 3, d) for d in range(5, 25)]
    near = [day.day for day, found in zip(days, calendar.near_special(days, 2), strict=True) if found]
    assert near == [8, 9, 10, 11, 12, 18, 19, 20, 21, 22]
    assert [day for day, found in zip(days, calendar.near_special(days, 0), strict=True) if found] == [
        date(2023, 3, 10),
        date(2023, 3, 20),
    ]
