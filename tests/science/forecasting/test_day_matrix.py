"""Days × slots, across daylight-saving changes."""

from datetime import date

import numpy as np
import pytest

from floorwalker.science.forecasting.day_matrix import by_day, on_grid
from floorwalker.science.timegrid import TimeGrid


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2023, 3, 26), 23),
        ("Europe/Berlin", date(2023, 10, 29), 25),
        ("Australia/Lord_Howe", date(2023, 10, 1), 23.5),
        ("Australia/Lord_Howe", date(2023, 4, 2), 24.5),
        ("UTC", date(2023, 4, 2), 24),
    ],
)
@pytest.mark.parametrize("step", [900, 1800, 3600])
def test_totals_of_odd_days(zone: str, day: date, hours: float, step: int) -> None:
    """A steady rate gives a day the total of the hours it really has, cut last intervals included."""
    grid = TimeGrid(day, 1, step, zone)
    rates = np.full((1, grid.slots_per_day), 12.0)
    assert on_grid(rates, grid).sum() == pytest.approx(12.0 * hours * 3600 / step)


@pytest.mark.parametrize("day", [date(2023, 3, 26), date(2023, 10, 29), date(2023, 7, 1)])
def test_round_trip(day: date) -> None:
    """What a grid gave to the matrix the matrix gives back; an hour that does not exist stays unknown."""
    grid = TimeGrid(day, 1, 1800, "Europe/Berlin")
    rates = np.arange(48.0)[None, :]
    back = by_day(on_grid(rates, grid), grid)
    known = ~np.isnan(back)
    assert known.sum() == (46 if day.month == 3 else 48)
    np.testing.assert_allclose(back[known], rates[known])


def test_gaps_are_not_zeros() -> None:
    """An unknown interval stays unknown."""
    grid = TimeGrid(date(2023, 7, 1), 1, 3600, "UTC")
    values = np.ones(24)
    values[5] = np.nan
    assert np.isnan(by_day(values, grid)[0, 5])
    assert np.nansum(by_day(values, grid)) == 23


def test_a_day_is_a_day() -> None:
    """On a daily grid a day of 23 hours is not scaled."""
    grid = TimeGrid(date(2023, 3, 25), 3, 86_400, "Europe/Berlin")
    np.testing.assert_array_equal(on_grid(np.array([[5.0], [6.0], [7.0]]), grid), [5, 6, 7])
