"""The smallest staff, by counting up from zero."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import (
    Definition,
    Goals,
    QueueMetrics,
    ServiceTarget,
    erlang_a,
    erlang_c,
    smallest_staff,
)

EIGHTY_TWENTY = ServiceTarget(0.8, 20)
NOISE = 1e-12  # the miss that smallest_staff documents as none

targets = st.builds(
    ServiceTarget, st.floats(0.05, 0.999), st.sampled_from([0.0, 5.0, 20.0, 120.0]), st.sampled_from(Definition)
)
all_goals = st.builds(
    Goals,
    targets,
    max_abandon=st.none() | st.floats(0.001, 1),
    max_occupancy=st.none() | st.floats(0.1, 1),
    max_asa_seconds=st.none() | st.floats(0.1, 600),
    max_wait_probability=st.none() | st.floats(0.001, 1),
    max_mean_wait_seconds=st.none() | st.floats(0.1, 600),
)


def meets(found: QueueMetrics, goals: Goals) -> bool:
    """Every goal, spelled out."""
    caps = [
        (found.abandon_rate, goals.max_abandon),
        (found.occupancy, goals.max_occupancy),
        (found.asa_seconds, goals.max_asa_seconds),
        (found.wait_probability, goals.max_wait_probability),
        (found.mean_wait_seconds, goals.max_mean_wait_seconds),
    ]
    target = goals.target
    served = target is None or found.service_level >= target.share * (1 - NOISE)
    return found.stable and served and all(cap is None or value <= cap * (1 + NOISE) for value, cap in caps)


def counted(contacts: float, goals: Goals, patience: float) -> int:
    """Brute force: add agents until every goal is met."""
    for n in range(2000):
        if meets(erlang_a(n, contacts, 1800, 180, patience, goals.target or EIGHTY_TWENTY), goals):
            return n
    raise AssertionError("no staff meets the goals")


@settings(deadline=None)
@given(st.floats(0.0, 400.0), all_goals, st.floats(5.0, 5000.0))
def test_counting_up_finds_the_same(contacts: float, goals: Goals, patience: float) -> None:
    """Galloping and halving end where counting one by one ends, whatever goals are combined, with patience."""
    assert smallest_staff(contacts, 1800, 180, goals, patience) == counted(contacts, goals, patience)


@settings(deadline=None)
@given(st.floats(0.0, 400.0), all_goals)
def test_counting_up_finds_the_same_without_patience(contacts: float, goals: Goals) -> None:
    """The same for Erlang C; whoever gets an answer gets a stable staff."""
    found = smallest_staff(contacts, 1800, 180, goals, inf)
    assert found == counted(contacts, goals, inf)
    assert found > contacts / 10 or contacts == 0


@pytest.mark.parametrize(
    ("goals", "staff"),
    [
        (Goals(EIGHTY_TWENTY), 14),
        (Goals(None, max_occupancy=0.5), 20),
        (Goals(None, max_wait_probability=0.1), 16),
        (Goals(None, max_asa_seconds=60), 12),
        (Goals(None, max_mean_wait_seconds=60), 12),
        (Goals(EIGHTY_TWENTY, max_occupancy=0.6), 17),
    ],
)
def test_each_goal_alone(goals: Goals, staff: int) -> None:
    """Ten Erlangs without abandonment: each goal changes the answer, and one agent fewer misses it."""
    assert smallest_staff(100, 1800, 180, goals) == staff
    assert meets(erlang_c(staff, 100, 1800, 180, EIGHTY_TWENTY), goals)
    assert not meets(erlang_c(staff - 1, 100, 1800, 180, EIGHTY_TWENTY), goals)


def test_abandonment_goal() -> None:
    """5 % may abandon at a patience of two minutes."""
    staff = smallest_staff(100, 1800, 180, Goals(None, max_abandon=0.05), 120)
    rates = [erlang_a(n, 100, 1800, 180, 120, EIGHTY_TWENTY).abandon_rate for n in (staff - 1, staff)]
    assert rates[0] > 0.05 >= rates[1]


@pytest.mark.parametrize("agents", [1, 17, 100, 999, 5000])
def test_a_goal_met_exactly_is_met(agents: int) -> None:
    """The border itself: the goal is what so many agents reach, or misses it by a rounding error; not by more."""
    contacts = agents * 9.7
    reached = erlang_a(agents, contacts, 1800, 180, 120, EIGHTY_TWENTY).service_level
    for share, staff in ((reached, agents), (reached * (1 + 1e-15), agents), (reached * (1 + 1e-9), agents + 1)):
        if share < 1:
            assert smallest_staff(contacts, 1800, 180, Goals(ServiceTarget(share, 20)), 120) == staff


def test_an_occupancy_cap_hit_exactly() -> None:
    """17 Erlangs at 85 % are 20 agents, although 17 ÷ 20 and 0.85 need not be the same float."""
    for aht in (180, 0.1 * 3 * 600, 1 / 3 * 540):
        assert smallest_staff(170, 1800, aht, Goals(None, max_occupancy=0.85)) == 20


def test_no_contacts_need_nobody() -> None:
    """Zero staff where nobody calls."""
    assert smallest_staff(0, 1800, 180, Goals(EIGHTY_TWENTY)) == 0
    assert smallest_staff(0, 1800, 180, Goals(EIGHTY_TWENTY), 60) == 0
    assert smallest_staff(1e-9, 1800, 180, Goals(EIGHTY_TWENTY)) == 1


def test_ten_thousand_agents() -> None:
    """The border holds at the far end: one fewer misses."""
    goals = Goals(EIGHTY_TWENTY)
    for patience in (None, 300):
        staff = smallest_staff(100_000, 1800, 180, goals, patience)
        found = [erlang_a(n, 100_000, 1800, 180, patience or inf, EIGHTY_TWENTY) for n in (staff - 1, staff)]
        assert [meets(f, goals) for f in found] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"target": None}, "no goal is set"),
        ({"max_abandon": 0.0}, "max_abandon is 0"),
        ({"max_abandon": 1.1}, "max_abandon is 1.1"),
        ({"max_occupancy": 85.0}, "max_occupancy is 85"),
        ({"max_asa_seconds": 0.0}, "max_asa_seconds is 0"),
        ({"max_asa_seconds": inf}, "max_asa_seconds is inf"),
        ({"max_wait_probability": -0.1}, "max_wait_probability is -0.1"),
        ({"max_mean_wait_seconds": -1.0}, "max_mean_wait_seconds is -1"),
        ({"max_occupancy": float("nan")}, "max_occupancy is nan"),
    ],
)
def test_goals_that_cannot_be(arguments: dict[str, float], sentence: str) -> None:
    """At least one goal; shares as shares, seconds as seconds."""
    with pytest.raises(InvalidInput, match=sentence):
        Goals(**{"target": None, **arguments})


def test_an_abandonment_cap_needs_patience() -> None:
    """Where nobody abandons, a cap on abandonment would promise nothing."""
    with pytest.raises(InvalidInput, match="patience_seconds"):
        smallest_staff(100, 1800, 180, Goals(EIGHTY_TWENTY, max_abandon=0.05))
    with pytest.raises(InvalidInput, match="patience_seconds is 0"):
        smallest_staff(100, 1800, 180, Goals(EIGHTY_TWENTY), 0)
