"""The simulator against the formulas, where there is one."""

from __future__ import annotations

import pytest

from floorwalker.science.queueing import ServiceTarget, erlang_a, erlang_b, erlang_c
from floorwalker.science.simulation import (
    AgentGroup,
    Constant,
    ContactType,
    Estimate,
    Exponential,
    Model,
    Periods,
    Skill,
    simulate,
)

TARGET = ServiceTarget(0.8, 20)


def one_queue(contacts_an_hour: float, agents: int, hours: int = 100, **of_type: object) -> Model:
    kind = ContactType("calls", Constant(contacts_an_hour), Exponential(180.0), target=TARGET, **of_type)
    return Model(Periods.of(3600, hours), (kind,), (AgentGroup("all", (Skill("calls"),), staff=(agents,)),))


def within(found: Estimate, true: float, bands: float = 1.6) -> bool:
    """Inside the 95 % interval, a little wider: fixed seeds, so a right kernel never fails by chance twice."""
    return abs(found.mean - true) <= bands * found.half_width


def test_a_queue_with_patience_is_as_erlang_a_says() -> None:
    found = simulate(one_queue(200.0, 10, patience=Exponential(120.0)), warm_up_seconds=3600)
    true = erlang_a(10, 200, 3600, 180, 120, TARGET)
    assert within(found.service_level(), true.service_level)
    assert within(found.mean_wait(), true.asa_seconds)
    assert within(found.share("abandoned", "offered"), true.abandon_rate)
    assert within(found.occupancy(), true.occupancy)
    assert found.metrics().queue_length == pytest.approx(true.queue_length, rel=0.05)


def test_a_queue_without_patience_is_as_erlang_c_says() -> None:
    found = simulate(one_queue(170.0, 10), warm_up_seconds=7200)
    true = erlang_c(10, 170, 3600, 180, TARGET)
    assert within(found.service_level(), true.service_level)
    assert within(found.mean_wait(), true.asa_seconds)
    assert within(found.share("waited", "offered"), true.wait_probability)


def test_a_queue_without_places_is_as_erlang_b_says() -> None:
    found = simulate(one_queue(200.0, 10, capacity=0), warm_up_seconds=3600)
    assert within(found.share("blocked", "offered"), erlang_b(10, 10.0))
