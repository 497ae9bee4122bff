"""Widths that cover what they claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from floorwalker.science.forecasting import Calendar, Forecast, Spread
from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.width import Outcomes, Width, _quantile, busiest_quarter, weekly_outcomes
from floorwalker.science.timegrid import TimeGrid

SLOTS = 24


def outcomes(
    day_cv: float, slot_cv: float, days: int = 400, volume: float = 100.0, growing: bool = False
) -> Outcomes:
    rng = np.random.default_rng(9)
    lead = np.tile(np.arange(1.0, 41.0), days // 40)
    meant = volume * np.tile(1 + np.sin(np.arange(SLOTS) / SLOTS * np.pi), (days, 1))
    cv = day_cv * np.sqrt(lead / 20) if growing else np.full(days, day_cv)
    factor = 1 + cv[:, None] * rng.standard_normal((days, 1))
    slot = 1 + slot_cv * rng.standard_normal((days, SLOTS))
    return seen(rng.poisson(np.maximum(meant * factor * slot, 0)).astype(float), meant, lead)


def seen(came: np.ndarray, meant: np.ndarray, lead: np.ndarray, near: np.ndarray | None = None) -> Outcomes:
    """Outcomes of forecasts that begin where the lead is one; no day near a special one unless told."""
    return Outcomes(came, meant, lead, np.zeros(len(lead), bool) if near is None else near, lead == 1)


def forecast(days: int, volume: float = 100.0) -> Forecast:
    grid = TimeGrid(date(2023, 1, 2), days, 3600)
    contacts = np.tile(volume * (1 + np.sin(np.arange(SLOTS) / SLOTS * np.pi)), days)
    plain = Spread(np.zeros(days), np.zeros(len(grid)))
    return Forecast("q", grid, contacts, np.full(len(grid), np.nan), np.ones(len(grid), bool), plain, "m")


@pytest.mark.parametrize(("day_cv", "slot_cv"), [(0.2, 0.05), (0.02, 0.2), (0.1, 0.1)])
def test_planted_variances_are_found(day_cv: float, slot_cv: float) -> None:
    """Day and slot factors are told apart, and p05-p95 covers 90 % of new outcomes, the peak's too."""
    width = Width().fit(outcomes(day_cv, slot_cv), pieces=400)
    assert np.sqrt(width.day_[0] + 20 * width.day_[1]) == pytest.approx(max(day_cv, 0.02), rel=0.35, abs=0.025)
    assert np.sqrt(width.slot_[0]) == pytest.approx(slot_cv, rel=0.35, abs=0.02)
    made = width.apply(forecast(40), Calendar())
    rng = np.random.default_rng(1)
    mean = made.contacts.reshape(40, SLOTS)
    low, high = (made.quantile(p).reshape(40, SLOTS) for p in (0.05, 0.95))
    peak = busiest_quarter(mean)
    inside = []
    for _ in range(60):
        factor = (1 + day_cv * rng.standard_normal((40, 1))) * (1 + slot_cv * rng.standard_normal((40, SLOTS)))
        came = rng.poisson(np.maximum(mean * factor, 0))
        inside.append((came >= low) & (came <= high))
    assert np.mean(inside) == pytest.approx(0.9, abs=0.03)
    assert np.mean(np.array(inside)[:, peak]) == pytest.approx(0.9, abs=0.04)


def test_far_days_are_wider() -> None:
    """Errors that grow with the lead make widths that grow with it, and beyond what was seen."""
    width = Width().fit(outcomes(0.15, 0.02, growing=True), pieces=400)
    near = width.apply(forecast(3), Calendar()).spread.day_cv
    far = width.apply(forecast(3), Calendar(), first_lead=80).spread.day_cv
    assert far[0] > 1.8 * near[0]


def test_few_pieces_are_wider() -> None:
    """The same errors seen on fewer independent pieces give a wider forecast."""
    past = outcomes(0.1, 0.05)
    many, few = (Width().fit(past, pieces).apply(forecast(2), Calendar()).variance()[0] for pieces in (400, 3))
    assert few > 1.5 * many


def test_too_little_says_so() -> None:
    """Under eight days the width is a first guess and known as one."""
    past = outcomes(0.1, 0.1)
    width = Width().fit(seen(past.came[:4], past.meant[:4], past.lead[:4]), pieces=1)
    assert not width.known_
    assert width.apply(forecast(1), Calendar()).spread.day_cv[0] == pytest.approx(0.15)


def test_neighbours_alike() -> None:
    """Errors that wander through the day are found to do so, independent ones are not."""
    rng = np.random.default_rng(4)
    meant = np.full((300, SLOTS), 400.0)
    wander = np.zeros((300, SLOTS))
    for s in range(1, SLOTS):
        wander[:, s] = 0.9 * wander[:, s - 1] + 0.06 * rng.standard_normal(300)
    lead = np.ones(300)
    alike = Width().fit(seen(rng.poisson(meant * np.exp(wander)).astype(float), meant, lead), 300)
    apart = Width().fit(outcomes(0.05, 0.12, volume=400), 300)
    assert alike.correlation_ > 0.3
    assert apart.correlation_ < 0.15


def test_busiest_quarter_by_hand() -> None:
    """Two of eight served slots, the closed ones apart; an empty day has none."""
    meant = np.array([[0, 0, 1, 2, 3, 8, 9, 4, 5, 6], [0] * 10], dtype=float)
    assert np.flatnonzero(busiest_quarter(meant)[0]).tolist() == [5, 6]
    assert not busiest_quarter(meant)[1].any()


@pytest.mark.parametrize("mean", [0.5, 3.0, 50.0, 2000.0])
@pytest.mark.parametrize("extra", [0.001, 0.05, 0.2])
def test_quick_quantiles_agree_with_the_exact(mean: float, extra: float) -> None:
    """Within one contact, or half a percent, of the negative binomial's."""
    size = 1 / extra
    for z in (-1.6448536, 1.6448536):
        exact = stats.nbinom.ppf(stats.norm.cdf(z), size, size / (size + mean))
        assert _quantile(z, np.array([mean]), np.array([extra]))[0] == pytest.approx(exact, abs=1.01, rel=0.005)


def test_weekly_outcomes_of_a_steady_queue() -> None:
    """A steady queue has no error; gaps are left out."""
    rates = np.full((28, 2), 5.0)
    rates[25, 1] = np.nan
    days = tuple(date(2023, 1, 2) + timedelta(days=d) for d in range(28))
    past = weekly_outcomes(DayMatrix(days, rates), Calendar(special={date(2023, 1, 20): "fair"}))
    assert np.nanmax(np.abs(past.came - past.meant)) == 0
    assert np.isnan(past.came).sum() == 1
    assert past.near.sum() == 9
    assert np.flatnonzero(past.first).tolist() == [0, 7, 14]


def test_days_near_special_ones_are_wider() -> None:
    """Days near a special one are twice as wide before any was seen, and as wide as they proved afterwards."""
    fair = Calendar(special={date(2023, 1, 20): "fair"})
    calm = outcomes(0.1, 0.02)
    unseen = Width().fit(calm, 400).apply(forecast(19), fair).spread.day_cv
    assert unseen[13] == pytest.approx(unseen[0])  # 15 January, five days before
    assert unseen[14:19] == pytest.approx(2 * unseen[0])
    near = np.arange(400) % 4 == 0
    tame = Width().fit(seen(calm.came, calm.meant, calm.lead, near), 400).apply(forecast(19), fair).spread.day_cv
    assert tame[14] < 1.35 * tame[0]
    wild = np.where(near[:, None], np.maximum(calm.meant + 4 * (calm.came - calm.meant), 0), calm.came)
    known = Width().fit(seen(wild, calm.meant, calm.lead, near), 400).apply(forecast(19), fair).spread.day_cv
    assert known[14] > 2.5 * known[0]
    assert known[0] == pytest.approx(unseen[0], rel=0.25)


def test_misjudged_levels_stay() -> None:
    """Days that err alike make next days alike, days that err by themselves do not; a week's total knows it."""
    rng = np.random.default_rng(6)
    meant = np.full((280, SLOTS), 100.0)
    lead = np.tile(np.arange(1.0, 8.0), 40)
    level = 1 + 0.1 * np.repeat(rng.standard_normal(40), 7)
    alone = 1 + 0.1 * rng.standard_normal(280)
    found = [
        Width().fit(seen(rng.poisson(meant * factor[:, None]).astype(float), meant, lead), 100)
        for factor in (level, alone)
    ]
    assert found[0].day_correlation_ > 0.8
    assert found[1].day_correlation_ < 0.15
    totals = [w.apply(forecast(7), Calendar()).paths(2000, seed=1).sum(axis=1) for w in found]
    assert totals[0].std() > 1.7 * totals[1].std()


def test_paths_and_quantiles_agree() -> None:
    """Nine of ten sampled counts lie within p05-p95, whatever is alike, and the alike are."""
    plain = forecast(7, volume=20.0)
    spread = Spread(np.full(7, 0.2), np.full(len(plain.grid), 0.15), 0.6, 0.9)
    made = replace(plain, spread=spread)
    paths = made.paths(4000, seed=2)
    assert np.mean(paths <= made.quantile(0.05)) == pytest.approx(0.055, abs=0.015)  # whole numbers overshoot
    assert np.mean(paths > made.quantile(0.95)) == pytest.approx(0.047, abs=0.01)
    days = paths.reshape(4000, 7, SLOTS).sum(axis=2)
    assert np.corrcoef(days[:, 2], days[:, 3])[0, 1] > 0.75
    assert np.corrcoef(days[:, 0], days[:, 6])[0, 1] == pytest.approx(0.9**6, abs=0.1)
