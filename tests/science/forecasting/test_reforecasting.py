"""Re-forecast: the gamma posterior in closed form, calibrated in simulation, honest at the borders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.forecasting.reforecasting import day_factor, reforecast
from floorwalker.science.timegrid import TimeGrid

DAY = date(2024, 3, 5)


def forecast(
    day_cv: float = 0.2, slot_cv: float = 0.0, correlation: float = 0.0, days: int = 3, rate: float = 40.0
) -> Forecast:
    """Hours 08:00–20:00 from 4 March, the same every day."""
    grid = TimeGrid(date(2024, 3, 4), days, 3600)
    slots = np.asarray(grid.slots)
    open_ = (slots >= 8) & (slots < 20)
    contacts = np.where(open_, rate * (1 + 0.5 * np.sin(slots)), 0.0)
    spread = Spread(np.full(days, day_cv), np.full(len(grid), slot_cv), correlation)
    return Forecast("q", grid, contacts, np.full(len(grid), 200.0), open_, spread, "test")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 3, 5, hour, minute, tzinfo=UTC)


def day_of(f: Forecast, number: int = 1) -> slice:
    return f.grid.day_slice(number)


@settings(max_examples=40, deadline=None)
@given(st.integers(9, 20), st.floats(0.05, 0.5), st.floats(0.2, 2.5))
def test_posterior_of_the_day_is_the_gamma_one(hour: int, day_cv: float, busy: float) -> None:
    """Without slot noise: mean (a + observed) / (a + expected), variance share 1 / (a + observed), a = 1 / cv²."""
    prior = forecast(day_cv)
    expected = prior.contacts[day_of(prior)][:hour]
    observed = np.round(expected * busy)
    a = 1 / day_cv**2
    mean = (a + observed.sum()) / (a + expected.sum())
    factor = day_factor(prior, DAY, at(hour), observed)
    assert factor.mean == pytest.approx(mean)
    assert factor.cv == pytest.approx(1 / np.sqrt(a + observed.sum()))
    new = reforecast(prior, DAY, at(hour), observed)
    rest = slice(day_of(prior).start + hour, day_of(prior).stop)
    assert new.contacts[rest] == pytest.approx(prior.contacts[rest] * mean)
    assert new.spread.day_cv[1] == pytest.approx(factor.cv)
    assert new.spread.slot_cv[rest] == pytest.approx(0, abs=1e-6)


def test_what_has_been_counted_is_kept_and_other_days_stay() -> None:
    """Ended intervals hold their counts, a missing one its forecast; yesterday and tomorrow are untouched."""
    prior = forecast()
    observed = np.round(1.3 * prior.contacts[day_of(prior)][:12])
    observed[9] = np.nan
    new = reforecast(prior, DAY, at(12), observed)
    today = new.contacts[day_of(prior)]
    kept = np.delete(np.arange(12), 9)
    np.testing.assert_array_equal(today[kept], observed[kept])
    assert today[9] == prior.contacts[day_of(prior)][9]
    for other in (0, 2):
        np.testing.assert_array_equal(new.contacts[day_of(prior, other)], prior.contacts[day_of(prior, other)])
        assert new.spread.day_cv[other] == prior.spread.day_cv[other]


def test_the_band_narrows_as_the_day_goes_on() -> None:
    """The later it is, the narrower the band of the last interval, also with slot noise."""
    prior = forecast(slot_cv=0.1, correlation=0.5)
    last = day_of(prior).start + 19
    widths = [prior.quantile(0.95)[last] - prior.quantile(0.05)[last]]
    for hour in (10, 13, 16, 19):
        new = reforecast(prior, DAY, at(hour), prior.contacts[day_of(prior)][:hour])
        widths.append(new.quantile(0.95)[last] - new.quantile(0.05)[last])
        assert new.contacts[last] == pytest.approx(prior.contacts[last])
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.75 * widths[0]


@pytest.mark.parametrize(("slot_cv", "correlation"), [(0.0, 0.0), (0.15, 0.0), (0.15, 0.7)])
def test_calibrated_in_simulation(slot_cv: float, correlation: float) -> None:
    """Over 500 days drawn from the forecast itself, 90 % bands after noon hold 90 % and are unbiased."""
    prior = forecast(0.25, slot_cv, correlation, days=1, rate=60)
    paths = prior.paths(500, seed=4)
    inside, errors, stale = [], [], []
    for path in paths:
        new = reforecast(prior, prior.grid.first_day, at(13) - timedelta(days=1), path[:13].astype(float))
        rest = slice(13, 20)
        low, high = new.quantile(0.05)[rest], new.quantile(0.95)[rest]
        inside.append((path[rest] >= low) & (path[rest] <= high))
        errors.append(path[rest].sum() - new.contacts[rest].sum())
        stale.append(path[rest].sum() - prior.contacts[rest].sum())
    assert 0.88 < np.mean(inside) < 0.94
    assert abs(np.mean(errors)) < 3 * np.std(errors) / np.sqrt(500)
    assert np.std(errors) < 0.6 * np.std(stale)


def test_a_burst_next_door_matters_only_where_neighbours_are_alike() -> None:
    """With correlated slots the next hour follows the last one more than the evening does."""
    prior = forecast(0.1, 0.3, 0.8)
    observed = prior.contacts[day_of(prior)][:12].copy()
    observed[11] *= 2
    start = day_of(prior).start
    ratio = (reforecast(prior, DAY, at(12), observed).contacts / np.maximum(prior.contacts, 1))[
        start + 12 : start + 20
    ]
    assert ratio[0] > ratio[-1] > 1
    alone = forecast(0.1, 0.3, 0.0)
    flat = (reforecast(alone, DAY, at(12), observed).contacts / np.maximum(alone.contacts, 1))[
        start + 12 : start + 20
    ]
    assert flat == pytest.approx(flat[0])
    assert flat[0] < ratio[0]


def test_a_certain_day_learns_nothing() -> None:
    """With no doubt in day or slots the forecast stands, whatever came."""
    prior = forecast(0.0)
    new = reforecast(prior, DAY, at(12), np.round(2 * prior.contacts[day_of(prior)][:12]))
    rest = slice(day_of(prior).start + 12, day_of(prior).stop)
    assert new.contacts[rest] == pytest.approx(prior.contacts[rest])


def test_silence_leaves_a_rest() -> None:
    """A morning without a single contact never takes everything away."""
    prior = forecast(3.0, rate=2000)
    new = reforecast(prior, DAY, at(18), np.zeros(18))
    assert new.contacts[day_of(prior).start + 18] == pytest.approx(0.05 * prior.contacts[day_of(prior).start + 18])


def test_persistence_carries_today_into_tomorrow() -> None:
    """With a persistence of one half, half of today's deviation is expected tomorrow."""
    prior = forecast()
    observed = np.round(1.4 * prior.contacts[day_of(prior)][:15])
    factor = day_factor(prior, DAY, at(15), observed)
    new = reforecast(prior, DAY, at(15), observed, persistence=0.5)
    assert new.contacts[day_of(prior, 2)] == pytest.approx(
        prior.contacts[day_of(prior, 2)] * (1 + 0.5 * (factor.mean - 1))
    )
    with pytest.raises(InvalidInput, match="persistence of 2"):
        reforecast(prior, DAY, at(15), observed, persistence=2)


def test_before_opening_the_forecast_stands() -> None:
    """Until the first open interval has ended nothing changes but a note."""
    prior = forecast()
    new = reforecast(prior, DAY, at(8), np.zeros(8))
    np.testing.assert_array_equal(new.contacts, prior.contacts)
    assert "no counts yet" in new.notes[-1]
    assert day_factor(prior, DAY, at(0), np.empty(0)).cv == 0.2


def test_after_closing_everything_is_known() -> None:
    """At midnight all counts stand; nothing is left to forecast."""
    prior = forecast()
    observed = np.round(prior.contacts[day_of(prior)])
    new = reforecast(prior, DAY, at(0) + timedelta(days=1), observed)
    np.testing.assert_array_equal(new.contacts[day_of(prior)], observed)


def test_the_note_says_how_the_day_runs() -> None:
    """The planner reads a percentage."""
    prior = forecast(0.5, rate=400)
    observed = 1.2 * prior.contacts[day_of(prior)][:19]
    note = reforecast(prior, DAY, at(19), observed).notes[-1]
    assert note == "Re-forecast at 2024-03-05 19:00: the day runs 20 % busier than forecast."


def test_an_interval_under_way_does_not_count() -> None:
    """At half past nine the nine o'clock hour has not ended: nine counts are wanted, not ten."""
    prior = forecast()
    reforecast(prior, DAY, at(9, 30), np.zeros(9))
    with pytest.raises(InvalidInput, match="10 counts were given for 2024-03-05, but 9 intervals have ended"):
        reforecast(prior, DAY, at(9, 30), np.zeros(10))


def test_inputs_are_checked() -> None:
    """A day outside, an instant without zone, counts below zero."""
    prior = forecast()
    with pytest.raises(InvalidInput, match="runs from 2024-03-04 to 2024-03-06"):
        reforecast(prior, date(2024, 3, 7), at(9), np.zeros(9))
    with pytest.raises(InvalidInput, match="no zone"):
        reforecast(prior, DAY, at(9).replace(tzinfo=None), np.zeros(9))
    with pytest.raises(InvalidInput, match="negative"):
        reforecast(prior, DAY, at(9), np.full(9, -1.0))
