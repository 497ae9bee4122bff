"""Fits and simulator speak of the same things: what is simulated with a known truth is fitted back."""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.science.simulation import (
    AgentGroup,
    Constant,
    ContactType,
    Exponential,
    Gamma,
    LogNormal,
    Model,
    Periods,
    PerPeriod,
    Redial,
    Simulation,
    Skill,
    Weibull,
    simulate,
    watch_contacts,
)
from floorwalker.science.simulation.durations import Patience
from floorwalker.science.simulation.fitting import fit_busyness, fit_handling, fit_patience, fit_redial
from floorwalker.science.simulation.kernel.layout import FREE, HANDLING, PAUSE, REDIALLING, WAITING
from floorwalker.science.simulation.streams import Streams
from floorwalker.science.simulation.tables import Tables
from floorwalker.science.simulation.waits import edges
from floorwalker.science.simulation.workspace import Workspace
from tests.science.simulation.fitting.test_recovery import Recovered, runs

__all__ = ["runs"]  # a fixture


MOST_AT_ONCE = 128  # callers in queue, in hand or about to call again: the first slots, used first


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


@pytest.mark.parametrize("handling", [LogNormal(200.0, 0.9), Gamma(150.0, 0.6)], ids=["lognormal", "gamma"])
def test_handling_comes_back_from_the_answered(handling: LogNormal | Gamma, runs: int) -> None:
    """Four hours of an overloaded queue: who is answered tells how long it takes, whoever gave up beside them."""
    calls = ContactType("calls", Constant(160), handling, patience=Exponential(120.0))
    model, found = (
        Model(Periods.of(3_600, 4), (calls,), (AgentGroup("all", (Skill("calls"),), staff=(7,)),)),
        Recovered(runs),
    )
    for run in range(runs):
        seconds = watch_contacts(model, seed=21, replication=run).handling_seconds
        fit = fit_handling(seconds[~np.isnan(seconds)])
        found.see("mean", fit.mean_seconds, handling.mean_seconds)
        found.see("cv", fit.cv, handling.cv)
    found.check()


def test_redials_come_back_from_a_log_of_callers(runs: int) -> None:
    """Four in ten of those who gave up call again, after five minutes on average: read from who called when."""
    again = Redial(0.4, Exponential(300.0), most=7)
    calls = ContactType("calls", Constant(260), Exponential(180.0), patience=Exponential(90.0), redial=again)
    model = Model(Periods.of(3_600, 4), (calls,), (AgentGroup("all", (Skill("calls"),), staff=(10,)),))
    found = Recovered(runs)
    for run in range(runs):
        fit = fit_redial(*callers(model, run))
        assert fit.delay_seconds is not None
        found.see("share", fit.probability, 0.4)
        found.see("delay", fit.delay_seconds, 300.0)
    found.check()


def callers(model: Model, replication: int) -> tuple[list[int], list[float], list[float], list[bool]]:
    """Every try of one replication: who it was – the luck of a contact is its own – from when to when, and whether
    it was given up. Watched event by event, as the simulator keeps sums only."""
    tables = Tables(model)
    space = Workspace(tables)
    space.begin(Streams(model, 31).of(replication), tables.counting)
    known: dict[int, tuple[int, int, float]] = {}  # slot: state, who, since
    rows: list[tuple[int, float, float, bool]] = []
    while space.run(1) == PAUSE:
        slots, now = space.arrays["contacts"][:MOST_AT_ONCE], float(space.centre["now"][0])
        states = slots["state"].tolist()
        for slot in known.keys() | {slot for slot, state in enumerate(states) if state != FREE}:
            state = states[slot]
            before, who, since = known.get(slot, (FREE, 0, 0.0))
            if state == before:
                continue
            if before == WAITING and state in (REDIALLING, FREE):
                rows.append((who, since, now, True))
            elif before == HANDLING and state != HANDLING:
                rows.append((who, since, now, False))
            if state == FREE:
                known.pop(slot, None)
            else:
                known[slot] = (state, int(slots["luck"][slot]), float(slots["born"][slot]))
    assert space.centre["in_use"][0] == 0
    assert (space.arrays["contacts"]["born"][MOST_AT_ONCE:] == 0).all()  # all of them were seen
    who_, starts, ends, left = zip(*rows, strict=True)
    return list(who_), list(starts), list(ends), list(left)
