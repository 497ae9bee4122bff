"""The formulas against other derivations of the same queue, their identities and their limits."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from floorwalker.science.queueing import Definition, QueueMetrics, ServiceTarget, erlang_a, erlang_b, erlang_c

TARGET = ServiceTarget(0.8, 20)
NOISE = 1e-11
LEAST = 1e-300  # below this doubles themselves lose digits

agents = st.integers(1, 300)
shares = st.floats(0.01, 2.0)  # of load per agent
patiences = st.floats(1.0, 20_000.0)
seconds = st.sampled_from([0.0, 1.0, 10.0, 20.0, 120.0])


def impatient(n: float, load: float, patience: float, target: ServiceTarget = TARGET) -> QueueMetrics:
    """Erlang A at a handling time of three minutes."""
    return erlang_a(n, load * 10, 1800, 180, patience, target)


@pytest.mark.parametrize(
    ("n", "load", "patience", "within"), [(1, 0.5, 60, 20), (4, 3.5, 200, 30), (6, 11, 90, 60), (8, 8, 45, 0)]
)
def test_state_by_state(n: int, load: float, patience: float, within: float) -> None:
    """Birth and death rates, and the fate of a caller who finds k ahead, solved as matrices.

    Shares nothing with the formula: stationary distribution by products, answered and abandoned within T
    by the matrix exponential of the caller's own chain.
    """
    finish, give_up, arrive = 1 / 180, 1 / patience, load / 180
    waiting_room = 120
    weights = [1.0]
    for present in range(1, n + waiting_room):
        leaving = min(present, n) * finish + max(0, present - n) * give_up
        weights.append(weights[-1] * arrive / leaving)
    states = np.array(weights) / sum(weights)
    # The caller with k ahead in the queue: one step forward per departure ahead, from 0 into service.
    size = waiting_room
    rates = np.zeros((size + 2, size + 2))
    served, gone = size, size + 1
    for ahead in range(size):
        rates[ahead, ahead - 1 if ahead else served] = n * finish + ahead * give_up
        rates[ahead, gone] = give_up
        rates[ahead, ahead] = -n * finish - (ahead + 1) * give_up
    fate = expm(rates * within)
    queues = states[n:]
    found = impatient(n, load, patience, ServiceTarget(0.8, within))
    assert found.wait_probability == pytest.approx(queues.sum(), rel=1e-9)
    assert found.queue_length == pytest.approx((queues * np.arange(len(queues))).sum(), rel=1e-9)
    in_time = states[:n].sum() + queues @ fate[: len(queues), served]
    quick = queues @ fate[: len(queues), gone]
    assert found.answered_within == pytest.approx(in_time, rel=1e-9)
    assert found.abandoned_within == pytest.approx(quick, rel=1e-9, abs=1e-15)
    assert found.service_level == pytest.approx(in_time / (1 - quick), rel=1e-9)
    forever = expm(rates * 100_000)
    assert found.abandon_rate == pytest.approx(queues @ forever[: len(queues), gone], rel=1e-8)


@settings(deadline=None)
@given(agents, shares, patiences, seconds)
def test_identities(n: int, share: float, patience: float, within: float) -> None:
    """Little's law, work in = work out, abandonment = mean wait ÷ patience, and the target's own arithmetic."""
    load = n * share
    target = ServiceTarget(0.8, within)
    found = impatient(n, load, patience, target)
    assert found.queue_length == pytest.approx(load / 180 * found.mean_wait_seconds, rel=1e-12)
    assert found.occupancy * n == pytest.approx(load * (1 - found.abandon_rate), rel=1e-9)
    assert found.abandon_rate == pytest.approx(found.mean_wait_seconds / patience, rel=1e-12)
    answered = 1 - found.abandon_rate
    for definition in Definition:
        measured = ServiceTarget(0.8, within, definition)
        level = measured.share_met(found.answered_within, found.abandoned_within, answered, 1.0)
        assert impatient(n, load, patience, measured).service_level == pytest.approx(level, rel=1e-6, abs=1e-12)


@settings(deadline=None)
@given(agents, shares, patiences, seconds)
def test_definitions_keep_their_order(n: int, share: float, patience: float, within: float) -> None:
    """Counting every abandon against is strictest; not counting late ones, or any quick one, is kinder."""
    level = {d: impatient(n, n * share, patience, ServiceTarget(0.8, within, d)).service_level for d in Definition}
    assert level[Definition.ALL_OFFERED] <= level[Definition.LATE_ABANDONS] + NOISE
    assert level[Definition.LATE_ABANDONS] <= level[Definition.QUICK_ABANDONS_MET] + NOISE
    assert level[Definition.LATE_ABANDONS] <= level[Definition.ANSWERED_ONLY] + NOISE
    assert all(0 <= value <= 1 + NOISE for value in level.values())


def worse(one: QueueMetrics, other: QueueMetrics) -> list[str]:
    """The measures in which ``one`` serves worse than ``other``."""
    better_small = ("wait_probability", "abandon_rate", "asa_seconds", "mean_wait_seconds", "occupancy")
    found = [m for m in better_small if getattr(one, m) > getattr(other, m) * (1 + NOISE)]
    if one.service_level < other.service_level * (1 - NOISE):
        found.append("service_level")
    return found


@settings(deadline=None)
@given(agents, shares, patiences, seconds, st.sampled_from(Definition))
def test_one_agent_more_helps_everywhere(
    n: int, share: float, patience: float, within: float, d: Definition
) -> None:
    """The smallest staff is found by halving, which is right only because of this."""
    target = ServiceTarget(0.8, within, d)
    assert worse(impatient(n + 1, n * share, patience, target), impatient(n, n * share, patience, target)) == []
    if share < 1:
        patient = [erlang_c(k, n * share * 10, 1800, 180, target) for k in (n, n + 1)]
        assert worse(patient[1], patient[0]) == []


@settings(deadline=None)
@given(agents, shares, patiences, seconds, st.sampled_from(Definition), st.floats(1.0001, 2.0))
def test_more_load_hurts_everywhere(
    n: int, share: float, patience: float, within: float, d: Definition, growth: float
) -> None:
    """More contacts for the same agents: every measure is worse."""
    target = ServiceTarget(0.8, within, d)
    assert (
        worse(impatient(n, n * share, patience, target), impatient(n, n * share * growth, patience, target)) == []
    )


@settings(deadline=None)
@given(agents, shares, patiences, st.floats(1.001, 50.0))
def test_longer_patience_means_longer_queues(n: int, share: float, patience: float, longer: float) -> None:
    """Who stays longer abandons less and waits more."""
    short, long = (impatient(n, n * share, p) for p in (patience, patience * longer))
    assert long.abandon_rate <= short.abandon_rate * (1 + NOISE) + LEAST
    assert long.mean_wait_seconds >= short.mean_wait_seconds * (1 - NOISE) - LEAST
    assert long.wait_probability >= short.wait_probability * (1 - NOISE) - LEAST


@pytest.mark.parametrize(("n", "load"), [(1, 0.5), (14, 10), (120, 110), (5000, 4950)])
def test_endless_patience_is_erlang_c(n: int, load: float) -> None:
    """As patience grows Erlang A becomes Erlang C; infinite patience is Erlang C."""
    limit = erlang_c(n, load * 10, 1800, 180, TARGET)
    assert impatient(n, load, inf) == limit
    found = impatient(n, load, 1e13)
    for measure in ("service_level", "wait_probability", "asa_seconds", "mean_wait_seconds", "queue_length"):
        assert getattr(found, measure) == pytest.approx(getattr(limit, measure), rel=1e-6)


@pytest.mark.parametrize(("n", "load"), [(1, 0.5), (14, 20), (120, 110), (5000, 5050)])
def test_no_patience_is_a_loss_system(n: int, load: float) -> None:
    """As patience vanishes everybody who would wait is lost: Erlang B."""
    found = impatient(n, load, 1e-7)
    assert found.abandon_rate == pytest.approx(erlang_b(n, load), rel=1e-6)
    assert found.mean_wait_seconds < 1e-7


@settings(deadline=None)
@given(st.integers(1, 400), st.floats(0.001, 800.0))
def test_erlang_b_recursion(n: int, load: float) -> None:
    """B(n) = a·B(n-1) ÷ (n + a·B(n-1)) holds across the change of method at 30 agents."""
    before = erlang_b(n - 1, load)
    assert erlang_b(n, load) == pytest.approx(load * before / (n + load * before), rel=1e-11, abs=1e-300)
