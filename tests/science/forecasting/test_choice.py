"""Choosing on the past, and judging the choice apart from choosing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import (
    Calendar,
    CountRegression,
    DayProfile,
    Demand,
    Forecast,
    Method,
    SlotMean,
    Spread,
    Trial,
    backtest,
    choose,
    choose_each,
)
from floorwalker.science.forecasting.backtesting import selection_origins
from floorwalker.science.forecasting.choice import pick, stride_weeks
from floorwalker.science.forecasting.combination import earned_weights
from floorwalker.science.forecasting.trials import lattice, run_trials
from floorwalker.science.timegrid import TimeGrid

MakeDemand = Callable[..., Demand]
PLAIN: list[Method] = [SlotMean(4), SlotMean(1), DayProfile()]


def trial(method: str, origin: int, error: float) -> Trial:
    grid = TimeGrid(date(2023, 1, 2), 7, 86_400)
    spread = Spread(np.zeros(7), np.zeros(7))
    expected = np.full(7, 100 * (1 + error))
    made = Forecast("q", grid, expected, np.full(7, np.nan), np.ones(7, bool), spread, method)
    return Trial(method, origin, made, np.full(7, 100.0))


def test_lattice_by_hand() -> None:
    """Origins end where a full horizon still fits, a stride of weeks apart, never before a week of history."""
    assert lattice(100, 7, 3) == [79, 86, 93]
    assert lattice(30, 7, 8) == [9, 16, 23]
    assert lattice(300, 56, 3, stride_weeks=2) == [216, 230, 244]
    assert lattice(10, 7, 4) == []
    assert [stride_weeks(h) for h in (1, 7, 28, 121)] == [1, 1, 2, 4]


@pytest.mark.parametrize("horizon", [1, 7, 10, 28, 121])
def test_selection_never_looks_ahead(horizon: int) -> None:
    """Every horizon on which the first judged origin chooses had ended by then."""
    judged = lattice(1000, horizon, 8)
    earlier = selection_origins(judged, horizon, 8)
    assert len(earlier) == 8
    assert all(origin + horizon <= judged[0] for origin in earlier)


def test_pick_takes_the_combination_unless_one_is_clearly_better() -> None:
    """A lead within chance does not win, a steady one does; without a combination the least error wins."""
    lucky = [0.02, 0.10, 0.03, 0.09]
    steady = [0.02, 0.03, 0.02, 0.03]
    both = [trial("combination", o, 0.065) for o in range(4)]
    assert pick(both + [trial("a", o, e) for o, e in enumerate(lucky)], "p") == "combination"
    assert pick(both + [trial("a", o, e) for o, e in enumerate(steady)], "p") == "a"
    assert pick([trial("a", 0, 0.1), trial("b", 0, 0.2)], "p") == "a"
    assert pick([], "p") == "p"


def test_earned_weights() -> None:
    """Better methods weigh more, poor ones nothing, unknown ones equally."""
    weights = earned_weights({"a": 1.0, "b": 1.5, "c": 5.0})
    assert weights["a"] / weights["b"] == pytest.approx(1.5**2)
    assert weights["c"] == 0
    assert sum(weights.values()) == pytest.approx(1)
    assert earned_weights({"a": float("nan"), "b": float("nan")}) == {"a": 0.5, "b": 0.5}


def test_trials_know_only_the_past(make_demand: MakeDemand) -> None:
    """Changing what came after an origin changes no forecast made at it, nor its width, nor its weights."""
    demand = make_demand(84, day_noise=0.1)
    changed = demand.offered.copy()
    changed[70 * 48 :] *= 3
    origins = [49, 56, 63, 70]
    one = run_trials(demand, PLAIN, origins, 7, Calendar())
    two = run_trials(Demand("sales", demand.grid, changed), PLAIN, origins, 7, Calendar())
    for a, b in zip(one, two, strict=True):
        np.testing.assert_array_equal(a.forecast.contacts, b.forecast.contacts)
        np.testing.assert_array_equal(a.forecast.spread.slot_cv, b.forecast.spread.slot_cv)
    assert {t.method for t in one} == {"slot-mean-4", "last-week", "day-profile", "combination"}


def test_choice_is_fitted_on_everything(make_demand: MakeDemand) -> None:
    """The choice names what it took and why, and forecasts from the last day on."""
    demand = make_demand(84, day_noise=0.05)
    choice = choose(demand, horizon_days=7, methods=PLAIN)
    forecast = choice.predict(demand.grid.following(7))
    assert choice.name in choice.scores
    assert forecast.contacts.sum() == pytest.approx(2000 * 5.95, rel=0.1)
    assert "when tried on the past" in forecast.notes[0]
    assert (forecast.spread.day_cv > 0).all()


def test_a_year_with_seasons_is_chosen_for(make_demand: MakeDemand) -> None:
    """Far ahead in a strong season the method that knows the season is not drowned by those that do not."""

    def level(i: int, _: date) -> float:
        return float(np.exp(0.7 * np.sin(2 * np.pi * i / 365.25)))

    demand = make_demand(800, level=level, step=86_400, day_noise=0.03)
    truth = make_demand(890, level=level, step=86_400, poisson=False)
    choice = choose(demand, horizon_days=90, methods=PLAIN, origins=4)
    forecast = choice.predict(demand.grid.following(90))
    assert np.abs(forecast.contacts - truth.offered[800:]).sum() < 0.08 * truth.offered[800:].sum()


@pytest.mark.parametrize("days", [7, 10, 14, 21])
def test_young_queues_are_chosen_for(make_demand: MakeDemand, days: int) -> None:
    """From one week on there is an answer, with a note where methods could not be compared."""
    demand = make_demand(days)
    forecast = choose(demand, horizon_days=7).predict(demand.grid.following(7))
    assert forecast.contacts.sum() == pytest.approx(2000 * 5.95, rel=0.15)
    if days < 14:
        assert "too short" in forecast.notes[0]
        assert (forecast.spread.day_cv >= 0.1).all()


def test_backtest_judges_the_choice_apart(make_demand: MakeDemand) -> None:
    """Each window is forecast by what had looked best before it; the table has every method and the choice."""
    demand = make_demand(140, day_noise=0.05)
    result = backtest(demand, horizon_days=7, weeks=4, origins=4, methods=PLAIN)
    table = result.to_dict()
    assert set(table) == {"methods", "chosen"}
    assert list(result.chosen.by_origin) == [112, 119, 126, 133]
    assert table["chosen"]["name"] in table["methods"]  # type: ignore[index, operator]
    for scores in (*result.methods.values(), result.chosen.scores):
        assert 0 < scores.wape < 0.3
        assert abs(scores.bias) < 0.1
        assert 0.7 < scores.coverage <= 1
        assert 0 < scores.mase < 3


def test_backtest_of_a_past_that_changed(make_demand: MakeDemand) -> None:
    """The choice at an origin does not change with what came after it."""
    demand = make_demand(140, day_noise=0.1)
    changed = demand.offered.copy()
    changed[demand.grid.day_slice(133).start :] *= 3
    one = backtest(demand, horizon_days=7, weeks=3, origins=4, methods=PLAIN)
    two = backtest(Demand("sales", demand.grid, changed), horizon_days=7, weeks=3, origins=4, methods=PLAIN)
    assert one.chosen.by_origin == two.chosen.by_origin
    for a, b in zip(one.trials, two.trials, strict=True):
        np.testing.assert_array_equal(a.forecast.contacts, b.forecast.contacts)


def test_coverage_of_a_noisy_queue(make_demand: MakeDemand) -> None:
    """On a queue with planted day noise the choice covers 90 %, give or take what 20 weeks can show."""
    demand = make_demand(280, day_noise=0.12)
    result = backtest(demand, horizon_days=7, weeks=20, methods=[SlotMean(4), SlotMean(8), CountRegression()])
    assert result.chosen.scores.coverage == pytest.approx(0.9, abs=0.05)


def test_many_queues(make_demand: MakeDemand) -> None:
    """Queue by queue, in the order given, the same as one by one."""
    queues = {name: make_demand(42, seed=i) for i, name in enumerate("ba")}
    each = choose_each(queues, horizon_days=7, methods=PLAIN, origins=2, n_jobs=1)
    assert list(each) == ["b", "a"]
    alone = choose(queues["a"], horizon_days=7, methods=PLAIN, origins=2)
    grid = queues["a"].grid.following(7)
    np.testing.assert_array_equal(each["a"].predict(grid).contacts, alone.predict(grid).contacts)


def test_impossible_requests_are_refused(make_demand: MakeDemand) -> None:
    """A sentence says what to give instead."""
    demand = make_demand(14)
    with pytest.raises(InvalidInput, match="longer history or a shorter horizon"):
        backtest(demand, horizon_days=10)
    with pytest.raises(InvalidInput, match="at least 1"):
        backtest(demand, horizon_days=0)
    with pytest.raises(InvalidInput, match="at least 1"):
        choose(demand, horizon_days=7, origins=0)
