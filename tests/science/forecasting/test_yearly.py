"""The course of past years, and dates that come back."""

from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.science.forecasting.recurring import easter, recurring_days, recurring_keys
from floorwalker.science.forecasting.yearly import YearlyPath


def season(days: int, growth: float = 0.0) -> np.ndarray:
    t = np.arange(days)
    return np.asarray(0.5 * np.sin(2 * np.pi * t / 365.25) + growth * t / 365.25)


def test_a_pure_season_comes_back() -> None:
    """A level that only repeats itself is carried on, near days and far, one year known or two."""
    for known in (500, 900):
        truth = season(known + 200)
        path = YearlyPath().fit(truth[:known]).predict(np.arange(1, 201))
        np.testing.assert_allclose(path, truth[known:] - truth[known - 1], atol=0.03)


def test_growth_is_carried_over() -> None:
    """A level shifted for good shifts the whole path."""
    level = season(600)
    level[420:] += 0.3
    path = YearlyPath().fit(level).predict(np.array([60.0]))
    assert path[0] == pytest.approx(season(660)[659] + 0.3 - level[-1], abs=0.04)


def test_settings_matter() -> None:
    """Each setting changes the path of a bumpy level."""
    rng = np.random.default_rng(2)
    level = season(900, 0.2) + np.cumsum(rng.normal(0, 0.02, 900))
    ahead = np.arange(1.0, 60.0)
    plain = YearlyPath().fit(level).predict(ahead)
    for other in (
        YearlyPath(share_before_last=0.0),
        YearlyPath(smooth_days=1.0),
        YearlyPath(growth_days=60.0),
        YearlyPath(return_days=60.0),
    ):
        assert np.max(np.abs(other.fit(level).predict(ahead) - plain)) > 1e-3


def test_more_than_a_year_ahead() -> None:
    """Seventy-eight weeks ahead still lie on a past season."""
    truth = season(500 + 546)
    path = YearlyPath().fit(truth[:500]).predict(np.arange(1, 547))
    np.testing.assert_allclose(path, truth[500:] - truth[499], atol=0.05)


def test_easter() -> None:
    """Published dates, the earliest and the latest possible among them."""
    known = {1818: (3, 22), 1999: (4, 4), 2003: (4, 20), 2015: (4, 5), 2024: (3, 31), 2038: (4, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known


def test_recurring_keys() -> None:
    """A day is known by its distance from Easter and by its date."""
    assert recurring_keys(date(2015, 4, 6)) == ("Easter Monday", "6 April")
    assert recurring_keys(date(2015, 8, 15)) == ("15 August",)


def test_recurring_days_must_agree() -> None:
    """Seen in several years it must agree; the latest weeks do not count."""
    days = [date(2013, 1, 1) + timedelta(days=d) for d in range(800)]
    residual = np.zeros(800)
    for day in (date(2013, 8, 15), date(2014, 8, 15), date(2013, 5, 13), date(2014, 11, 1), date(2015, 3, 2)):
        residual[days.index(day)] = -6.0
    assert recurring_days(days, residual, 1.0) == ("15 August",)
    residual[days.index(date(2013, 11, 1))] = -2.0
    assert recurring_days(days, residual, 1.0) == ("1 November", "15 August")
