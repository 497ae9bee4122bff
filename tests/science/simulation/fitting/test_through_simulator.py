"""Fits and simulator speak of the same things: what is simulated with a known truth is fitted back."""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.science.simulation import (
    AgentGroup,
    Constant,
    ContactType,
    Exponential,
    LogNormal,
    Model,
    Periods,
    PerPeriod,
    Simulation,
    Skill,
    Weibull,
    simulate,
)
from floorwalker.science.simulation.durations import Patience
from floorwalker.science.simulation.fitting import fit_busyness, fit_patience
from floorwalker.science.simulation.waits import edges
from tests.science.simulation.fitting.test_recovery import Recovered, runs

__all__ = ["runs"]  # a fixture


def waits(found: Simulation, batch: int) -> tuple[np.ndarray, np.ndarray]:
    """The waits of one batch in the middle of their bins, and which of them ended in giving up."""
    answered, lost = found.kept.waits[batch, 0, 0].astype(int)
    ends = np.concatenate([[0.0], edges()])
    middles = (ends[1:] + ends[:-1]) / 2
    seconds = np.concatenate([np.repeat(middles, answered), np.repeat(middles, lost)])
    return seconds, np.repeat([False, True], [answered.sum(), lost.sum()])


SHAPES = [
    (Exponential(150.0), 150 * np.log(2)),
    (Weibull(200.0, 0.8), 200 * np.log(2) ** 1.25),
    (LogNormal(180.0, 1.0), 180 / 2**0.5),
]


@pytest.mark.parametrize(("patience", "median"), SHAPES, ids=["exponential", "weibull", "lognormal"])
def test_patience_comes_back_from_an_overloaded_queue(patience: Patience, median: float, runs: int) -> None:
    """Eleven Erlangs on ten agents: most are answered before their patience ends, each replication is a log."""
    calls = ContactType("calls", Constant(220), Exponential(180.0), patience=patience)
    model = Model(Periods.of(3_600, 9), (calls,), (AgentGroup("all", (Skill("calls"),), staff=(10,)),))
    result, found = simulate(model, replications=runs, seed=11), Recovered(runs)
    for batch in range(runs):
        fit = fit_patience(*waits(result, batch), resolution_seconds=1.0)
        found.see("mean", fit.mean_seconds, patience.mean_seconds)
        found.see("median", fit.median_seconds, median)
    found.check()


def test_busyness_comes_back_from_simulated_days(runs: int) -> None:
    """Twelve weeks of two types, days 20 % apart beyond chance and half of it in common, again and again."""
    types = tuple(
        ContactType(name, PerPeriod((mean,), day_cv=0.2), Exponential(1.0), patience=Exponential(60.0))
        for name, mean in (("a", 150.0), ("b", 300.0))
    )
    groups = (AgentGroup("all", (Skill("a"), Skill("b")), staff=(3,)),)
    model = Model(Periods.of(36_000, 1), types, groups, busyness_correlation=0.5)
    counts = simulate(model, replications=84 * runs, seed=5).replication_totals("offered")
    found = Recovered(runs)
    for weeks in np.split(counts, runs):
        fit = fit_busyness({"a": weeks[:, 0], "b": weeks[:, 1]}, np.zeros(84))
        found.see("a", fit.day_cv["a"], 0.2)
        found.see("b", fit.day_cv["b"], 0.2)
        found.see("correlation", fit.correlation, 0.5)
    found.check()
