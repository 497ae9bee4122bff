"""A period made steady keeps what its contacts meet: the pace of those at work, how far days lie apart."""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.science.simulation import (
    Agent,
    AgentGroup,
    ContactType,
    Exponential,
    Model,
    Paths,
    Periods,
    Skill,
    simulate,
    steady,
)

HOUR = 3600.0


ONE = (Agent("one", ((0.0, 2 * HOUR),)),)


def of_paths(counts, agents=ONE):
    kind = ContactType("calls", Paths(tuple(tuple(row) for row in counts)), Exponential(300.0))
    return Model(Periods.of(HOUR, 2), (kind,), (AgentGroup("all", (Skill("calls", 1, 1.1),), agents=agents),))


def test_those_at_work_bring_their_pace():
    fast, slow, later = (
        Agent("fast", ((0.0, HOUR),)),
        Agent("slow", ((0.0, HOUR),), pace=1.5),
        Agent("later", ((HOUR, 2 * HOUR),), pace=3.0),
    )
    group = steady(of_paths([[5, 5], [6, 6]], (fast, slow, later)), 0).groups[0]
    assert group.staff == (2,)
    assert group.skills[0].handling_factor == pytest.approx(1.1 * 1.2)  # 1 + 1/1.5 contacts where two would do 2


def test_paths_keep_how_far_days_lie_apart_but_not_their_chance_twice():
    rng = np.random.default_rng(7)
    busy = rng.gamma(16.0, 1 / 16.0, 4_000)  # a coefficient of variation of 0.25
    apart = steady(of_paths(rng.poisson(40.0 * busy[:, None], (4_000, 2)).tolist()), 1)
    assert apart.types[0].arrivals.day_cv == pytest.approx(0.25, abs=0.02)
    chance = steady(of_paths(rng.poisson(40.0, (4_000, 2)).tolist()), 1)
    assert chance.types[0].arrivals.day_cv < 0.06
    offered = simulate(apart, replications=2_000).replication_totals("offered")[:, 0]
    assert offered.std() == pytest.approx((40.0 + 10.0**2) ** 0.5, rel=0.06)
