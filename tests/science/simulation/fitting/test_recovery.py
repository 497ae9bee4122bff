"""Fits are judged by recovery: data with a known truth give it back inside the 95 % interval in 9 of 10 runs."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from floorwalker.science.simulation.fitting import (
    Estimated,
    fit_busyness,
    fit_handling,
    fit_patience,
    fit_redial,
)
from tests.science.simulation.fitting import planted

TRUE_MEAN = {"exponential": 180.0, "weibull": 300.0 * 1.26582348, "lognormal": 240.0}
TRUE_MEDIAN = {
    "exponential": 180.0 * np.log(2),
    "weibull": 300.0 * np.log(2) ** (1 / 0.7),
    "lognormal": 240.0 / np.sqrt(1 + 1.3**2),
}


@pytest.fixture
def runs(pytestconfig: pytest.Config) -> int:
    """A hundred in the long proof, else twenty."""
    return 100 if pytestconfig.getoption("--prove") else 20


class Recovered:
    """How often each figure lay inside its interval."""

    def __init__(self, runs: int) -> None:
        self.runs, self.inside = runs, Counter[str]()

    def see(self, name: str, found: Estimated | None, truth: float) -> None:
        assert found is not None
        assert found.low <= found.value <= found.high
        self.inside[name] += found.low <= truth <= found.high

    def check(self) -> None:
        # Twenty runs of a true 95 % interval show 18 or more in 92 of 100 cases, 17 in 98.
        enough = 0.9 * self.runs if self.runs >= 100 else 17
        assert {name: n for name, n in self.inside.items() if n < enough} == {}
        assert self.inside


@pytest.mark.parametrize("family", ["exponential", "weibull", "lognormal"])
def test_patience_is_found_again(family: str, runs: int) -> None:
    """Most are answered first; every second run knows whole seconds only. The shape is told by AIC."""
    found, families = Recovered(runs), Counter[str]()
    for run in range(runs):
        waits, left = planted.waits(family, np.random.default_rng(run), 4_000)
        fit = fit_patience(np.rint(waits) if run % 2 else waits, left)
        found.see("mean", fit.mean_seconds, TRUE_MEAN[family])
        found.see("median", fit.median_seconds, TRUE_MEDIAN[family])
        families[fit.family] += 1
        assert fit.duration.mean_seconds == pytest.approx(fit.mean_seconds.value)
        assert fit.distance < 3 * fit.band
    found.check()
    assert families[family] > 0.7 * runs


@pytest.mark.parametrize(("family", "cv"), [("lognormal", 1.1), ("gamma", 0.6)])
def test_handling_is_found_again(family: str, cv: float, runs: int) -> None:
    """Mean and spread of 1,500 contacts, exact and in whole seconds; the shape is told."""
    found = Recovered(runs)
    for run in range(runs):
        random = np.random.default_rng(run)
        if family == "lognormal":
            seconds = planted.lognormal(random, 240.0, cv, 1_500)
        else:
            seconds = random.gamma(1 / cv**2, 240.0 * cv**2, 1_500)
        fit = fit_handling(np.rint(seconds) if run % 2 else seconds)
        assert fit.duration.kind == family
        found.see("mean", fit.mean_seconds, 240.0)
        found.see("cv", fit.cv, cv)
    found.check()


def test_handling_of_no_shape_is_kept_as_it_is(runs: int) -> None:
    """Two kinds of contact under one name: the values themselves are taken, the mean is right all the same."""
    found = Recovered(runs)
    for run in range(runs):
        random = np.random.default_rng(run)
        short = random.random(1_500) < 0.3
        fit = fit_handling(np.where(short, random.normal(30, 5, 1_500), random.normal(400, 60, 1_500)))
        assert fit.duration.kind == "empirical"
        assert fit.duration.mean_seconds == pytest.approx(fit.mean_seconds.value, rel=0.01)
        found.see("mean", fit.mean_seconds, 289.0)
    found.check()


@pytest.mark.parametrize(("cv", "correlation", "days"), [(0.15, 0.6, 84), (0.4, 0.3, 84), (0.1, 0.8, 56)])
def test_busyness_is_found_again(cv: float, correlation: float, days: int, runs: int) -> None:
    """Eight to twelve weeks of three types, their spread beyond Poisson and how far they share it."""
    found = Recovered(runs)
    for run in range(runs):
        fit = fit_busyness(*planted.days(np.random.default_rng(run), days, cv, correlation))
        for name, spread in fit.day_cv.items():
            found.see(name, spread, cv)
        found.see("correlation", fit.correlation, correlation)
    found.check()


def test_redial_is_found_again(runs: int) -> None:
    """Customers who would have called anyway are not counted as calling again."""
    found, families = Recovered(runs), Counter[str]()
    for run in range(runs):
        calls = planted.repeated_calls(np.random.default_rng(run), 0.45)
        fit = fit_redial(*calls.T)
        found.see("probability", fit.probability, 0.45)
        found.see("delay", fit.delay_seconds, 900.0)
        assert fit.redial is not None
        families[fit.redial.delay.kind] += 1
    found.check()
    assert families["lognormal"] > 0.7 * runs


def test_chance_alone_is_no_redial(runs: int) -> None:
    """Nobody calls again because they gave up: no redial is found in 9 of 10 runs."""
    seen = 0
    for run in range(runs):
        fit = fit_redial(*planted.repeated_calls(np.random.default_rng(run), 0.0).T)
        assert fit.chance > 0.01
        seen += fit.redial is not None
    assert seen <= 0.1 * runs
