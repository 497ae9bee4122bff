"""Every measure against 50-digit arithmetic, from one agent to ten thousand."""

from __future__ import annotations

import random
from math import sqrt

import pytest
from mpmath import mpf
from tests.science.queueing import exact

from floorwalker.science.queueing import Definition, QueueMetrics, ServiceTarget, erlang_a, erlang_b, erlang_c

PRECISION = 1e-11  # a hundredth of what is promised
SMALLEST = 1e-290  # below, floats lose digits of their own


def worst_error(found: QueueMetrics, truth: dict[str, mpf]) -> float:
    """Largest relative error of any measure but the service level, whose definition the caller knows."""
    measures = {name: value for name, value in truth.items() if name not in tuple(Definition)}
    return max(relative_error(getattr(found, name), value) for name, value in measures.items())


def relative_error(found: float, truth: mpf) -> float:
    """Against the truth; none where the truth is too small for a float."""
    return float(abs((mpf(found) - truth) / truth)) if abs(truth) > SMALLEST else 0.0


def worst_erlang_a_error(
    agents: int, contacts: float, interval: float, aht: float, patience: float, seconds: float
) -> float:
    """Largest relative error of any measure under any definition."""
    truth = exact.erlang_a(agents, contacts, interval, aht, patience, seconds)
    errors = []
    for definition in Definition:
        found = erlang_a(agents, contacts, interval, aht, patience, ServiceTarget(0.8, seconds, definition))
        errors += [worst_error(found, truth), relative_error(found.service_level, truth[definition])]
    return max(errors)


def random_case(agents: int, rng: random.Random) -> tuple[float, float, float, float, float, float]:
    """Load from next to nothing to twice the agents, patience from seconds to hours, T from 0 to minutes."""
    load = agents * rng.choice(
        [
            rng.uniform(0.001, 2),
            rng.uniform(0.9, 1.1),
            abs(1 + rng.gauss(0, 1) / sqrt(agents)),
            10 ** rng.uniform(-6, 0),
        ]
    )
    aht = rng.choice([30.0, 180.0, 300.0, 612.5])
    interval = rng.choice([300.0, 900.0, 1800.0, 3600.0])
    return load, load * interval / aht, interval, aht, 10 ** rng.uniform(0, 4.2), rng.choice([0, 5, 20, 60, 300])


@pytest.mark.parametrize("seed", range(30))
def test_erlang_a_up_to_some_hundred_agents(seed: int) -> None:
    """All nine measures under every definition, whatever the load, the patience and T."""
    rng = random.Random(seed)
    agents = int(10 ** rng.uniform(0, 2.7))
    _, contacts, interval, aht, patience, seconds = random_case(agents, rng)
    assert worst_erlang_a_error(agents, contacts, interval, aht, patience, seconds) < PRECISION


@pytest.mark.parametrize(
    ("agents", "load", "patience", "seconds"),
    [
        (10_000, 9_900, 120, 20),
        (10_000, 10_000, 30, 0),
        (10_000, 10_400, 60, 10),
        (10_000, 20_000, 5, 1),
        (5_000, 5_050, 3600, 20),
        (5_000, 4_950, 7200, 120),
        (1_000, 1_600, 300, 300),
        (1, 1e-9, 180, 20),
        (1, 2, 7200, 600),
        (400, 0.001, 60, 20),
    ],
)
def test_erlang_a_at_the_corners(agents: int, load: float, patience: float, seconds: float) -> None:
    """Ten thousand agents below, at and far above their load; hours of patience; next to no load."""
    assert worst_erlang_a_error(agents, load * 10, 1800, 180, patience, seconds) < PRECISION


@pytest.mark.parametrize("seed", range(60))
def test_erlang_c(seed: int) -> None:
    """All measures of a stable queue without abandonment, up to ten thousand agents."""
    rng = random.Random(seed)
    agents = int(10 ** rng.uniform(0, 4))
    load, contacts, interval, aht, _, seconds = random_case(agents, rng)
    contacts *= min(1.0, 0.999 * agents / load)
    truth = exact.erlang_c(agents, contacts, interval, aht, seconds)
    for definition in Definition:
        found = erlang_c(agents, contacts, interval, aht, ServiceTarget(0.8, seconds, definition))
        assert worst_error(found, truth) < PRECISION


@pytest.mark.parametrize("agents", [0, 1, 2, 29, 30, 31, 100, 1_000, 10_000])
@pytest.mark.parametrize("share", [0.001, 0.5, 0.95, 1.0, 1.05, 2.0, 50.0])
def test_erlang_b(agents: int, share: float) -> None:
    """Both sums and the short recursion, on either side of their borders (30 agents, load = agents)."""
    load = share * max(agents, 1)
    truth = exact.loss(agents, exact.number(load))
    if truth > SMALLEST:
        assert erlang_b(agents, load) == pytest.approx(float(truth), rel=PRECISION)
    else:
        assert erlang_b(agents, load) <= SMALLEST


def test_erlang_b_loses_nothing_next_to_zero() -> None:
    """A loss of 1e-200 keeps its digits."""
    truth = exact.loss(400, exact.number(100.0))
    assert truth < 1e-60
    assert erlang_b(400, 100.0) == pytest.approx(float(truth), rel=PRECISION)
