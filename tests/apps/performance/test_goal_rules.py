"""Goals against one's own past: baselines, steps with their probability, outcomes."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from scipy.stats import t

from floorwalker.apps.performance.rules.baseline import (
    DayValue,
    baseline,
    next_step,
    probability_of,
)
from floorwalker.apps.performance.rules.goals import judged, may_move, may_propose, outcome
from floorwalker.apps.performance.rules.measures import MEASURES, at_least_as_good, pair_is_right
from floorwalker.apps.performance.rules.steps import GRAIN, suggestion
from floorwalker.kernel.student import t_quantile

TODAY = date(2026, 3, 4)


def days(
    count: int, level: float = 80.0, spread: float = 6.0, seed: int = 1, daily: float = 0.0
) -> list[DayValue]:
    chance = random.Random(seed)
    return [
        DayValue(TODAY - timedelta(days=n + 1), level + chance.gauss(0, spread) - daily * n) for n in range(count)
    ]


@pytest.mark.parametrize("freedom", [9, 13, 27])
def test_student(freedom: int) -> None:
    """Against SciPy, which pages may not load."""
    for probability in (0.6, 0.9, 0.95, 0.99):
        assert t_quantile(probability, freedom) == pytest.approx(t.ppf(probability, freedom), abs=2e-3)


def test_below_ten_days_nothing_is_said() -> None:
    """And days of longer ago than half a year do not help."""
    assert baseline(days(9), TODAY) is None
    assert baseline([DayValue(TODAY - timedelta(days=183 + n), 1.0) for n in range(20)], TODAY) is None


def test_what_is_seldom_measured_looks_further_back() -> None:
    """Two evaluations a month have a baseline after ten of them; daily ones keep four weeks."""
    seldom = [DayValue(TODAY - timedelta(days=14 * n + 3), 80.0 + n % 2) for n in range(12)]
    found = baseline(seldom, TODAY)
    assert found is not None and (found.days, found.span, found.daily) == (10, 129, 0)
    often = baseline(days(60), TODAY)
    assert often is not None and (often.days, often.span) == (28, 28)


def test_the_interval_holds_the_truth_nine_times_in_ten() -> None:
    """A thousand agents whose true level is known."""
    found = [baseline(days(14, seed=seed), TODAY) for seed in range(1000)]
    inside = [each is not None and each.low <= 80 <= each.high for each in found]
    assert 0.87 <= sum(inside) / 1000 <= 0.93


def test_days_weigh_by_what_they_rest_on() -> None:
    """A day of one evaluation does not outweigh a day of nine."""
    values = [
        DayValue(TODAY - timedelta(days=n + 1), 50.0 if n % 2 else 90.0, 1.0 if n % 2 else 9.0) for n in range(20)
    ]
    found = baseline(values, TODAY)
    assert found is not None and found.mean == pytest.approx(86)


def test_a_step_is_reached_as_often_as_is_said() -> None:
    """One in three who change nothing reach it: the probability is not a decoration."""
    reached = 0
    for seed in range(2000):
        found = baseline(days(20, seed=seed), TODAY)
        assert found is not None
        step = next_step(found, "up", 20)
        chance = random.Random(10_000 + seed)
        reached += sum(80 + chance.gauss(0, 6) for _ in range(20)) / 20 >= step.target
    assert reached / 2000 == pytest.approx(1 / 3, abs=0.04)


def test_down_is_better_for_seconds() -> None:
    """The step lies below the mean there, and probabilities turn round."""
    found = baseline(days(20, 300, 30), TODAY)
    assert found is not None
    step = next_step(found, "down", 20)
    assert step.target < found.mean
    assert probability_of(step.target, found, "down", 20) == pytest.approx(1 / 3)
    assert (
        probability_of(found.mean - 100, found, "down", 20)
        < 0.01
        < 0.99
        < probability_of(found.mean + 100, found, "down", 20)
    )


def test_a_trend_counts_where_it_shows() -> None:
    """A point a day is one; noise is none."""
    rising, flat = baseline(days(20, daily=1.0, spread=2), TODAY), baseline(days(20), TODAY)
    assert rising is not None and flat is not None
    assert rising.daily == pytest.approx(1, abs=0.2) and flat.daily == 0
    assert next_step(rising, "up", 14).target > rising.high


def test_equal_days_make_a_sure_thing() -> None:
    """No spread: what was is what comes."""
    found = baseline([DayValue(TODAY - timedelta(days=n + 1), 80.0) for n in range(12)], TODAY)
    assert found is not None and (found.low, found.high) == (80, 80)
    assert probability_of(80, found, "up", 10) == 1 and probability_of(81, found, "up", 10) == 0


@pytest.mark.parametrize(
    ("measure", "pair", "right"),
    [
        ("quality_score", "", True),
        ("contacts_per_hour", "", False),
        ("contacts_per_hour", "handling_seconds", False),
        ("contacts_per_hour", "quality_score", True),
        ("handling_seconds", "satisfaction", True),
        ("quality_score", "quality_score", False),
        ("smiles", "", False),
        ("quality_score", "smiles", False),
    ],
)
def test_speed_is_never_alone(measure: str, pair: str, right: bool) -> None:
    """S99: with a measure of quality beside it."""
    assert pair_is_right(measure, pair) is right


def test_contractors_set_their_own_goals() -> None:
    """W-06: nobody else does, and adherence is none."""
    assert not may_propose(measure="quality_score", pair="", side="lead", contractor=True)
    assert may_propose(measure="quality_score", pair="", side="agent", contractor=True)
    assert not may_propose(measure="adherence", pair="", side="agent", contractor=True)
    assert may_propose(measure="adherence", pair="", side="lead", contractor=False)


@pytest.mark.parametrize(
    ("state", "to", "side", "proposed_by", "may"),
    [
        ("proposed", "agreed", "agent", "lead", True),
        ("proposed", "agreed", "lead", "lead", False),
        ("proposed", "declined", "agent", "agent", False),
        ("proposed", "let_go", "lead", "lead", True),
        ("proposed", "let_go", "agent", "lead", False),
        ("agreed", "let_go", "agent", "lead", True),
        ("agreed", "let_go", "lead", "lead", False),
        ("agreed", "met", "lead", "lead", False),
        ("agreed", "met", "system", "lead", True),
        ("met", "agreed", "agent", "lead", False),
    ],
)
def test_both_agree(state: str, to: str, side: str, proposed_by: str, may: bool) -> None:
    """Nobody agrees to their own proposal; only the agent lets an agreed goal go."""
    assert may_move(state, to, side, proposed_by) is may


def test_a_goal_is_judged_when_its_days_are_over() -> None:
    """Met, missed, or let go where too little was seen."""
    first, last = TODAY - timedelta(days=20), TODAY - timedelta(days=1)
    values = days(15, 85, 0.0)
    case = {"better": "up", "first": first, "last": last}
    assert outcome(values, target=84, today=TODAY, **case) == ("met", pytest.approx(85), 15)  # type: ignore[arg-type]
    assert outcome(values, target=86, today=TODAY, **case)[0] == "missed"  # type: ignore[arg-type]
    assert outcome(values, target=84, today=last, **case)[0] == "agreed"  # type: ignore[arg-type]
    assert outcome(values[:5], target=84, today=TODAY, **case)[0] == "let_go"  # type: ignore[arg-type]
    assert outcome([], target=84, today=TODAY, **case) == ("let_go", None, 0)  # type: ignore[arg-type]


def test_every_measure_has_a_side_that_is_better() -> None:
    """And no speed is called quality."""
    assert all(each.better in ("up", "down") and not (each.speed and each.quality) for each in MEASURES.values())


@pytest.mark.parametrize("key", MEASURES)
def test_a_suggested_step_is_better_than_the_usual_and_can_be_said(key: str) -> None:
    """Whatever the trend, in whole grains of its unit, within what can be; at the top there is none."""
    measure = MEASURES[key]
    level, spread = {"points": (80, 5), "share": (0.8, 0.05), "seconds": (300, 20), "an hour": (6, 0.5)}[
        measure.unit
    ]
    for trend in (-0.02, 0.0, 0.02):
        found = baseline(days(28, level, spread, daily=trend * level / 10), TODAY)
        assert found is not None
        step = suggestion(found, key)
        assert step is not None and 0 <= step.probability < 1
        assert at_least_as_good(step.target, found.mean, measure.better) and step.target != found.mean
        assert step.target / GRAIN[measure.unit] == pytest.approx(round(step.target / GRAIN[measure.unit]))
    top = baseline([DayValue(TODAY - timedelta(days=n + 1), 100.0) for n in range(12)], TODAY)
    assert top is not None and suggestion(top, "quality_score") is None


def test_speed_is_met_only_with_what_stands_beside_it() -> None:
    """Reached and kept, reached and fallen, reached and not measured."""
    first, last = TODAY - timedelta(days=20), TODAY - timedelta(days=1)
    span = {"first": first, "last": last, "today": TODAY}
    fast = days(15, 7, 0.0)
    case: dict[str, Any] = {"target": 6.5, "better": "up", "pair_floor": 78.0, "pair_better": "up", **span}
    assert judged(fast, days(15, 80, 0.0), **case).state == "met"
    fallen, unseen = judged(fast, days(15, 70, 0.0), **case), judged(fast, days(3, 80, 0.0), **case)
    assert (fallen.state, fallen.why) == ("missed", "pair_fell")
    assert (unseen.state, unseen.why) == ("let_go", "pair_too_few")
