"""Handling time: credibility by the book, recent level, believed drift, never NaN where anything is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.handling_time import HandlingTime, pooled_means
from floorwalker.science.timegrid import TimeGrid

MONDAY = date(2024, 1, 1)
HOUR = 3600


def demand(days: int = 84, mean: float = 240.0, drift: float = 0.0, seed: int = 1, rate: float = 20.0) -> Demand:
    """Hours 08:00–18:00, evenings 20 % longer, Saturdays and Sundays like any day, exponential-ish times."""
    grid = TimeGrid(MONDAY, days, HOUR)
    slots, day = np.asarray(grid.slots), np.asarray(grid.day_index)
    rng = np.random.default_rng(seed)
    handled = np.where((slots >= 8) & (slots < 18), rng.poisson(rate, len(grid)), 0).astype(float)
    truth = mean * np.where(slots >= 15, 1.2, 1.0) * np.exp(drift * day)
    seconds = rng.gamma(np.maximum(2 * handled, 1e-9), truth / 2) * (handled > 0)
    return Demand("q", grid, handled, handled, seconds)


def test_pooled_means_follow_the_credibility_formula() -> None:
    """Z = n / (n + k) with the variance components of Bühlmann & Straub, worked by hand for two cells."""
    cells = np.array([0, 0, 1, 1])
    handled = np.array([10.0, 10.0, 30.0, 30.0])
    seconds = handled * np.array([90.0, 110.0, 190.0, 210.0])
    means, k = pooled_means(cells, handled, seconds, np.array([150.0, 150.0]))
    within = (10 * 100 + 10 * 100 + 30 * 100 + 30 * 100) / 2
    between = (20 * 50**2 + 60 * 50**2 - within) / (80 - (20**2 + 60**2) / 80)
    assert k == pytest.approx(within / between)
    assert means == pytest.approx([(20 * 100 + k * 150) / (20 + k), (60 * 200 + k * 150) / (60 + k)])


def test_cells_that_do_not_differ_share_one_mean() -> None:
    """Where cells differ by less than their noise everything is the parent."""
    cells = np.array([0, 0, 1, 1])
    means, k = pooled_means(cells, np.ones(4), np.array([50.0, 150.0, 150.0, 50.0]), np.array([100.0, 100.0]))
    assert means.tolist() == [100.0, 100.0]
    assert k == np.inf


def test_planted_pattern_and_level_are_recovered() -> None:
    """Evenings 20 % longer, within noise, in hours learnt from some 1,700 contacts each."""
    history = demand()
    predicted = HandlingTime(trend=False).fit(history).predict(history.grid.following(7))
    slots = np.asarray(history.grid.following(7).slots)
    assert predicted[(slots >= 8) & (slots < 15)] == pytest.approx(240.0, rel=0.045)
    assert predicted[(slots >= 15) & (slots < 18)] == pytest.approx(288.0, rel=0.045)


def test_thin_cells_lean_on_their_slot() -> None:
    """One call of ten times the usual length on a Sunday morning moves its forecast by less than half."""
    history = demand()
    handled, seconds = history.handled.copy(), history.handling_seconds.copy()
    sunday = history.grid.find(history.grid.instant(6, 6 * 60))
    handled[sunday], seconds[sunday] = 1, 2400
    fitted = HandlingTime(trend=False).fit(Demand("q", history.grid, history.offered, handled, seconds))
    following = history.grid.following(7)
    assert fitted.predict(following)[following.find(following.instant(6, 6 * 60))] < 360


def test_weekday_differences_are_learnt() -> None:
    """Mondays 30 % longer at every hour show in the prediction."""
    history = demand()
    monday = np.asarray(history.grid.weekdays)[np.asarray(history.grid.day_index)] == 0
    seconds = history.handling_seconds * np.where(monday, 1.3, 1.0)
    fitted = HandlingTime(trend=False).fit(Demand("q", history.grid, history.offered, history.handled, seconds))
    following = history.grid.following(7)
    predicted = fitted.predict(following)
    at_ten = [predicted[following.find(following.instant(d, 600))] for d in range(7)]
    assert at_ten[0] / np.mean(at_ten[1:]) == pytest.approx(1.3, rel=0.03)


def test_the_half_life_decides_how_fast_a_new_level_counts() -> None:
    """Four weeks after a jump from 200 to 300 seconds a short memory has arrived, a long one has not."""
    history = demand(rate=40)
    jump = np.where(np.asarray(history.grid.day_index) >= 56, 1.5, 1.0)
    jumped = Demand("q", history.grid, history.offered, history.handled, history.handling_seconds * jump)
    following = history.grid.following(1)
    at_ten = following.find(following.instant(0, 600))
    quick, slow = (
        HandlingTime(half_life_days=days, trend=False).fit(jumped).predict(following)[at_ten] for days in (5, 200)
    )
    assert quick == pytest.approx(360, rel=0.06)
    assert slow < 300


def test_a_drift_runs_on_and_noise_does_not() -> None:
    """A planted drift of -0.2 % a day is followed beyond the history; without one, ``trend`` changes little."""
    drifting = demand(drift=-0.002, rate=40)
    following = drifting.grid.following(7)
    morning = slice(3 * 24 + 8, 3 * 24 + 15)
    truth = 240 * np.exp(-0.002 * (84 + 3))
    with_trend = HandlingTime().fit(drifting)
    without = HandlingTime(trend=False).fit(drifting)
    assert with_trend.drift_ == pytest.approx(-0.002, rel=0.3)
    assert abs(with_trend.predict(following)[morning].mean() / truth - 1) < 0.02
    assert abs(without.predict(following)[morning].mean() / truth - 1) > 0.03
    assert abs(HandlingTime().fit(demand(rate=40)).drift_) < 0.0003


def test_a_drift_is_damped_and_bounded() -> None:
    """A year ahead no drift has moved the level by more than a fifth."""
    drifting = demand(drift=-0.01, rate=40)
    fitted = HandlingTime().fit(drifting)
    far = TimeGrid(date(2025, 6, 2), 7, HOUR)
    near = TimeGrid(drifting.grid.last_day, 1, HOUR)  # a Sunday, as the last day of the far week
    ratio = fitted.predict(far)[-24:] / fitted.predict(near)
    assert ratio == pytest.approx(np.exp(-0.2))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 167), st.floats(1, 50), st.floats(1, 3000))
def test_one_interval_is_enough(where: int, handled: float, aht: float) -> None:
    """Any single interval with handling time makes every prediction finite and equal to its mean."""
    grid = TimeGrid(MONDAY, 7, HOUR)
    counts, seconds = np.full(len(grid), np.nan), np.full(len(grid), np.nan)
    counts[where], seconds[where] = handled, handled * aht
    predicted = (
        HandlingTime().fit(Demand("q", grid, np.zeros(len(grid)), counts, seconds)).predict(grid.following(9))
    )
    assert predicted == pytest.approx(aht)


def test_without_handling_times_nothing_is_claimed() -> None:
    """No handling data, or none handled: NaN."""
    grid = TimeGrid(MONDAY, 7, HOUR)
    zeros = np.zeros(len(grid))
    for history in (Demand("q", grid, zeros), Demand("q", grid, zeros, zeros, zeros)):
        assert np.isnan(HandlingTime().fit(history).predict(grid)).all()


def test_days_of_25_hours_have_their_hour_twice() -> None:
    """The repeated hour of an autumn night is predicted like the first."""
    grid = TimeGrid(date(2024, 9, 30), 21, HOUR, "Europe/Berlin")
    handled = np.full(len(grid), 10.0)
    seconds = handled * (100 + 10 * np.asarray(grid.slots))
    fitted = HandlingTime(trend=False).fit(Demand("q", grid, handled, handled, seconds))
    autumn = TimeGrid(date(2024, 10, 27), 1, HOUR, "Europe/Berlin")
    predicted = fitted.predict(autumn)
    assert len(predicted) == 25
    assert predicted[2] == predicted[3] == pytest.approx(120, rel=0.02)


def test_settings_and_steps_are_checked() -> None:
    """A half-life that is not positive and a grid of another step are refused with a sentence."""
    with pytest.raises(InvalidInput, match="half-life of 0"):
        HandlingTime(half_life_days=0)
    with pytest.raises(InvalidInput, match="learnt at 60 minutes"):
        HandlingTime().fit(demand(14)).predict(TimeGrid(MONDAY, 1, 1800))
