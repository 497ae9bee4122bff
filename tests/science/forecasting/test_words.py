"""The profile in words: planted peaks, tapers, hours and growth are read back as a planner would say them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.forecasting.words import peak_of, profile_in_words
from floorwalker.science.timegrid import TimeGrid

MONDAY = date(2024, 1, 1)


def quarter_hours(days: int = 14) -> tuple[TimeGrid, np.ndarray]:
    """07:00–19:00 at 100, Mondays from 10:15 to 11:45 at 214, from 16:00 on at 60; Sundays closed."""
    grid = TimeGrid(MONDAY, days, 900)
    slots, weekdays = np.asarray(grid.slots), np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
    counts = np.where((slots >= 28) & (slots < 76), 100.0, 0.0)
    counts[(slots >= 64) & (counts > 0)] = 60
    counts[(weekdays == 0) & (slots >= 41) & (slots < 47)] = 214
    counts[weekdays == 6] = 0
    return grid, counts


def test_the_monday_peak_in_words() -> None:
    """Peak, height and taper of a planted Monday."""
    grid, counts = quarter_hours()
    assert (
        "Mondays peak 10:15–11:45 at 214 contacts per quarter-hour and stay below half of that from 11:45."
        in profile_in_words(Demand("q", grid, counts))
    )


def test_busiest_and_quietest_day() -> None:
    """The weekdays are compared by their contacts a day; closed days are not the quietest."""
    grid, counts = quarter_hours()
    first = profile_in_words(Demand("q", grid, counts))[0]
    monday, other = counts[grid.day_slice(0)].sum(), counts[grid.day_slice(1)].sum()
    assert first.startswith(f"Monday is the busiest day with {monday:,.0f} contacts; ")
    assert first.endswith(f"the quietest with {other:,.0f} ({100 * other / monday:.0f} %).")
    assert "Sunday" not in " ".join(profile_in_words(Demand("q", grid, counts)))


def test_first_and_last_interval_with_demand() -> None:
    """The hours of demand, and round the clock where they have no end."""
    grid, counts = quarter_hours()
    assert "The first interval with demand starts at 07:00, the last at 18:45." in profile_in_words(
        Demand("q", grid, counts)
    )
    assert "Contacts come round the clock." in profile_in_words(Demand("q", grid, np.ones(len(grid))))


def test_a_forecast_speaks_like_a_history() -> None:
    """The same counts as a forecast give the same sentences."""
    grid, counts = quarter_hours()
    spread = Spread(np.zeros(grid.days), np.zeros(len(grid)))
    forecast = Forecast("q", grid, counts, np.full(len(grid), np.nan), counts > 0, spread, "test")
    assert profile_in_words(forecast) == profile_in_words(Demand("q", grid, counts))


@pytest.mark.parametrize(
    ("weekly", "said"), [(0.02, "grows by about 2.0 % a week"), (-0.03, "shrinks by about 3.0 %")]
)
def test_growth_is_named(weekly: float, said: str) -> None:
    """A planted growth of some percent a week over half a year."""
    grid = TimeGrid(MONDAY, 26 * 7, 86_400)
    level = 1000 * (1 + weekly) ** (np.arange(26 * 7) / 7)
    assert any(said in sentence for sentence in profile_in_words(Demand("q", grid, level)))


def test_growth_over_years_is_told_by_the_year() -> None:
    """Ten percent a year over three years."""
    grid = TimeGrid(MONDAY, 156 * 7, 86_400)
    level = 1000 * 1.1 ** (np.arange(156 * 7) / 365.25)
    assert "Volume grows by about 10.0 % a year over these 156 weeks." in profile_in_words(
        Demand("q", grid, level)
    )


def test_noise_is_no_growth_and_five_weeks_are_too_few() -> None:
    """A steady queue shows no clear growth; a short history says nothing of it."""
    grid = TimeGrid(MONDAY, 26 * 7, 86_400)
    said = []
    for seed in range(20):
        steady = np.random.default_rng(seed).poisson(1000, 26 * 7).astype(float)
        said.append(profile_in_words(Demand("q", grid, steady))[-1])
    assert said.count("Volume shows no clear growth or decline over these 26 weeks.") >= 18
    short = profile_in_words(Demand("q", TimeGrid(MONDAY, 35, 86_400), steady[:35]))
    assert not any("Volume" in sentence for sentence in short)


def test_unknown_values_are_left_out() -> None:
    """A missing Monday does not halve the Mondays."""
    grid, counts = quarter_hours()
    counts[grid.day_slice(7)] = np.nan
    assert any("at 214 contacts" in sentence for sentence in profile_in_words(Demand("q", grid, counts)))


def test_without_demand_there_is_nothing_to_say() -> None:
    """Only zeros, or nothing known."""
    grid = TimeGrid(MONDAY, 7, 3600)
    assert profile_in_words(Demand("q", grid, np.zeros(len(grid)))) == ()
    assert profile_in_words(Demand("q", grid, np.full(len(grid), np.nan))) == ()


def test_peak_borders() -> None:
    """Peaks in the first and the last interval, and a day of a single interval."""
    first = peak_of(np.array([10.0, 4, 4, 0]))
    assert (first.first, first.stop, first.taper, first.opens, first.closes) == (0, 1, 1, 0, 3)
    last = peak_of(np.array([np.nan, 4, 4, 10.0]))
    assert (last.first, last.stop, last.taper, last.opens, last.closes) == (3, 4, 4, 1, 4)
    assert peak_of(np.array([5.0])).stop == 1


def test_small_counts_keep_a_decimal() -> None:
    """A queue of less than ten contacts an interval is told with one decimal."""
    grid = TimeGrid(MONDAY, 7, 3600)
    assert any(
        "at 2.5 contacts per hour" in s for s in profile_in_words(Demand("q", grid, np.full(len(grid), 2.5)))
    )
