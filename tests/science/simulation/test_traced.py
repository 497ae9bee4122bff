"""What a description can say, one word at a time: contacts followed by hand, and every duration by its shape."""

from __future__ import annotations

from dataclasses import replace
from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from scipy import stats

from floorwalker.science.queueing import Definition, ServiceTarget
from floorwalker.science.simulation import (
    Callback,
    ContactType,
    Deterministic,
    Empirical,
    Exponential,
    Gamma,
    LogNormal,
    QueueChoice,
    Redial,
    Routing,
    Simulation,
    Skill,
    Trace,
    Uniform,
    Weibull,
    simulate,
    watch_contacts,
)
from floorwalker.science.simulation.durations import Duration
from tests.science.simulation.centres import calls, centre, group

HOUR, MANY = 3_600.0, 2_000
WIDTH = sqrt(log(1 + 0.8**2))
SHAPES: dict[str, tuple[Duration, Any]] = {
    "exponential": (Exponential(40.0), stats.expon(scale=40.0)),
    "lognormal": (LogNormal(40.0, 0.8), stats.lognorm(WIDTH, scale=40.0 * np.exp(-(WIDTH**2) / 2))),
    "gamma": (Gamma(40.0, 0.5), stats.gamma(4.0, scale=10.0)),
    "gamma, below shape 1": (Gamma(40.0, 1.5), stats.gamma(1.5**-2, scale=40.0 * 1.5**2)),
    "weibull": (Weibull(40.0, 1.7), stats.weibull_min(1.7, scale=40.0)),
    "uniform": (Uniform(10.0, 70.0), stats.uniform(10.0, 60.0)),
}


def seconds(duration: Duration, what: str) -> np.ndarray:
    """So many draws of it: of handling, or of patience where nobody answers."""
    given: dict[str, Any] = {what: duration}
    kind = calls(arrivals=Trace(tuple(float(n) for n in range(MANY))), **given)
    found = watch_contacts(centre(kind, group(0 if what == "patience" else 400), hours=1), seed=5)
    return found.wait_seconds if what == "patience" else found.handling_seconds


@pytest.mark.parametrize("what", ["handling", "patience"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_duration_has_the_shape_it_says(shape: str, what: str) -> None:
    """Two thousand draws against the distribution function: mean, spread and all between them."""
    duration, true = SHAPES[shape]
    drawn = seconds(duration, what)
    assert duration.mean_seconds == pytest.approx(true.mean())
    assert len(drawn) == MANY
    assert stats.kstest(drawn, true.cdf).statistic < 1.63 / MANY**0.5  # one in a hundred; the seed is fixed
    assert drawn.mean() == pytest.approx(true.mean(), abs=3 * true.std() / MANY**0.5)
    assert drawn.std() == pytest.approx(true.std(), rel=0.15)


def test_values_seen_come_as_often_as_they_were_seen() -> None:
    """One seen twice comes twice as often as the others, the last as often as the first."""
    drawn = seconds(Empirical((60.0, 5.0, 20.0, 20.0)), "handling")
    values, counts = np.unique(np.round(drawn, 9), return_counts=True)
    assert values.tolist() == [5.0, 20.0, 60.0]
    assert counts / MANY == pytest.approx([0.25, 0.5, 0.25], abs=3 * 0.5 / MANY**0.5)
    assert seconds(Deterministic(7.0), "handling") == pytest.approx(np.full(MANY, 7.0))


def at(*moments: float, name: str = "calls", takes: float = 100.0, **more: Any) -> ContactType:
    return calls(name=name, arrivals=Trace(moments), handling=Deterministic(takes), **more)


def once(*parts: Any, **more: Any) -> Simulation:
    return simulate(centre(*parts, **more), replications=1)


def total(found: Simulation, measure: str, of: str | None = None) -> float:
    return found.total(measure, type=of).mean


def handled(**more: Any) -> float:
    """Handling of a hundred who come in the first hour; with a redial they find somebody in the second only."""
    staff = (0, 100) if more else (100, 100)
    kind = calls(arrivals=Trace((0.0,) * 100), handling=LogNormal(100.0, 1.0), **more)
    return total(once(kind, group(staff), hours=2), "handling_seconds")


def test_the_next_try_keeps_its_handling_or_draws_it_anew() -> None:
    """Kept, it takes what the first try would have taken, to the second; anew it takes something else."""
    again = Redial(1.0, Deterministic(HOUR), most=1, keep_handling=True)
    patience = Deterministic(10.0)
    assert handled(patience=patience, redial=again) == pytest.approx(handled(), rel=1e-12)
    anew = handled(patience=patience, redial=replace(again, keep_handling=False))
    assert anew != pytest.approx(handled(), rel=1e-6)
    assert anew == pytest.approx(handled(), rel=0.5)


@pytest.mark.parametrize(
    ("turned_away", "gave_up", "redial"),
    [
        (10, 0, Redial(0.0, Deterministic(60.0), most=1, blocked_probability=1.0)),
        (0, 10, Redial(1.0, Deterministic(60.0), most=1, blocked_probability=0.0)),
        (10, 10, Redial(1.0, Deterministic(60.0), most=1)),
    ],
)
def test_the_blocked_try_again_with_a_share_of_their_own(turned_away: int, gave_up: int, redial: Redial) -> None:
    """Ten find no place to wait, ten others give up; left out, the share is the same for both."""
    came = tuple(float(n) for n in range(10))
    full = once(at(*came, capacity=0, redial=redial), group(0), hours=1)
    waited = once(at(*came, patience=Deterministic(30.0), redial=redial), group(0), hours=1)
    assert [total(found, "redialled") for found in (full, waited)] == [turned_away, gave_up]


def test_who_gives_up_sooner_than_the_limit_is_counted_apart() -> None:
    """At 19 s they are short abandons, at the 20 s of the limit not any more; both are abandons."""
    for patience, short in ((19.0, 2), (20.0, 0)):
        kind = at(0.0, 1.0, patience=Deterministic(patience), short_abandon_seconds=20.0)
        found = once(kind, group(0), hours=1)
        assert (total(found, "abandoned"), total(found, "short_abandoned")) == (2, short)


def test_work_takes_what_the_period_says_in_which_it_begins() -> None:
    """Factors 1, 2 and a half. One begins in the first hour, and the work after it in the second."""
    factors = (1.0, 2.0, 0.5)

    def busy(moment: float) -> float:
        kind = at(moment, takes=100.0, after_contact=Deterministic(50.0), handling_factors=factors)
        return once(kind, group(1), hours=3).total("busy_seconds", group="all").mean

    assert [busy(moment) for moment in (0.0, HOUR, 2 * HOUR)] == [150, 300, 75]
    assert busy(HOUR - 10.0) == 100 + 2 * 50
    assert busy(2 * HOUR - 10.0) == 200 + 25


def test_after_the_end_the_last_factor_holds() -> None:
    """Waiting at the end, served after it: seconds of the last period's kind."""
    kind = at(0.0, 10.0, takes=3_500.0, handling_factors=(2.0,))
    assert total(once(kind, group(1), hours=1), "handling_seconds") == 2 * 7_000


@pytest.mark.parametrize(("limit", "offered"), [(100.0, 1), (101.0, 0)])
def test_a_call_back_is_offered_from_the_expected_wait_on(limit: float, offered: int) -> None:
    """Answers at 0 and 100 s, one waits: who comes at 150 s has 100 s to expect."""
    kind = at(0.0, 1.0, 2.0, 150.0, callback=Callback(1.0, expected_wait_seconds=limit))
    assert total(once(kind, group(1), hours=1), "callbacks_offered") == offered


def waits_of_other(came: float, **more: Any) -> float:
    """The agent is busy until 1,000 s; a call of 10 s waits, one of 20 s is called back, somebody else came."""
    kinds = (
        at(0.0, name="busy", takes=1_000.0),
        at(10.0, 20.0, callback=Callback(1.0, queue_length=1, unanswered=0.0, **more)),
        at(came, name="other"),
    )
    routing = Routing(queues=QueueChoice.PRIORITY if more else QueueChoice.FIRST_COME)
    found = once(kinds, group(1, "busy", "calls", "other"), hours=1, routing=routing)
    assert total(found, "callbacks_answered", "calls") == 1
    return total(found, "wait_seconds", "other")


def test_who_is_called_back_keeps_the_place_in_the_line() -> None:
    """Called after those who came before, before those who came later, of whatever type."""
    assert waits_of_other(5.0) == 1_000 - 5
    assert waits_of_other(15.0) == 1_100 - 15
    assert waits_of_other(25.0) == 1_200 - 25


def test_a_call_back_may_go_before_or_after_those_who_wait() -> None:
    """By priority: sooner at −1, after everybody at +1, by arrival at 0."""
    assert waits_of_other(15.0, priority_change=0, attempts=1) == 1_100 - 15
    assert waits_of_other(15.0, priority_change=-1) == 1_200 - 15
    assert waits_of_other(25.0, priority_change=1) == 1_100 - 25


def test_a_group_may_take_what_it_takes() -> None:
    """Fifty seconds in these hands, times the factor of the skill; in others what the type takes."""
    own = group(1, Skill("calls", handling=Deterministic(50.0)), name="own")
    slow = group(1, Skill("calls", handling=Deterministic(50.0), handling_factor=3.0), name="slow")
    other = group(1, "calls", name="other")
    found = once(at(0.0, 0.0, 0.0, takes=100.0), (own, slow, other), hours=1)
    assert [found.total("busy_seconds", group=name).mean for name in ("own", "slow", "other")] == [50, 150, 100]


@pytest.mark.parametrize(("free_at", "first"), [(60.0, "high"), (100.0, "steep")])
def test_the_highest_score_goes_first(free_at: float, first: str) -> None:
    """100 and one a second from 50 s on, against nothing and two a second from 20 s on: they meet at 90 s."""
    kinds = (
        at(0.0, name="busy", takes=free_at),
        at(20.0, name="steep", score_per_second=2.0),
        at(50.0, name="high", base_score=100.0),
    )
    routing = Routing(queues=QueueChoice.SCORE)
    found = once(kinds, group(1, "busy", "steep", "high"), hours=1, routing=routing)
    came = {"steep": 20.0, "high": 50.0}
    for name, moment in came.items():
        later = 0.0 if name == first else 100.0
        assert total(found, "wait_seconds", name) == free_at - moment + later


@pytest.mark.parametrize(
    ("definition", "share"),
    [
        (Definition.LATE_ABANDONS, 3 / 5),
        (Definition.ALL_OFFERED, 3 / 6),
        (Definition.ANSWERED_ONLY, 3 / 4),
        (Definition.QUICK_ABANDONS_MET, 4 / 6),
    ],
)
def test_a_service_level_in_each_definition(definition: Definition, share: float) -> None:
    """Of six, three are answered at once, one after 25 s; one leaves after 10 s and one after 60 s."""

    def found(used: Definition) -> Simulation:
        target = ServiceTarget(0.8, 20.0, used)
        patient = at(0.0, 5.0, 200.0, 310.0, name="y", takes=30.0, patience=Deterministic(60.0), target=target)
        hasty = at(12.0, 300.0, name="x", takes=100.0, patience=Deterministic(10.0), target=target)
        return once((patient, hasty), group(1, "x", "y"), hours=1)

    assert found(definition).service_level().mean == pytest.approx(share)
    assert found(definition).service_level(period=0).mean == pytest.approx(share)
    other = found(Definition.ALL_OFFERED)
    assert other.service_level(target=ServiceTarget(0.8, 20.0, definition)).mean == pytest.approx(share)
    # by the histogram: nobody's wait lies between 25 and 26 s, so 26 s counts the one of 25 s as in time
    late = {
        Definition.LATE_ABANDONS: 4 / 5,
        Definition.ALL_OFFERED: 4 / 6,
        Definition.ANSWERED_ONLY: 1.0,
        Definition.QUICK_ABANDONS_MET: 5 / 6,
    }
    wider = other.service_level(target=ServiceTarget(0.8, 26.0, definition))
    assert wider.mean == pytest.approx(late[definition])
