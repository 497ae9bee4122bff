"""Blending: weights earned on planted sources, equal on a short record; the blend beats its best source."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.blending import TrackRecord, blend, earn
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.timegrid import TimeGrid

NAMES = ("statistical", "client", "planner")


def planted(periods: int, noise: tuple[float, ...], bias: tuple[float, ...], seed: int) -> TrackRecord:
    """Sources with their own noise and bias around a truth of about 1000."""
    rng = np.random.default_rng(seed)
    actual = rng.normal(1000, 100, periods)
    rows = [actual * b * np.exp(s * rng.standard_normal(periods)) for s, b in zip(noise, bias, strict=True)]
    return TrackRecord(NAMES[: len(noise)], np.array(rows), actual)


def forecast(contacts: float, aht: float = 200.0, open_: bool = True, day_cv: float = 0.1) -> Forecast:
    grid = TimeGrid(date(2024, 1, 1), 2, 86_400)
    spread = Spread(np.full(2, day_cv), np.full(2, 0.05), 0.4, 0.6)
    flags = np.array([True, open_])
    return Forecast("q", grid, np.where(flags, contacts, 0.0), np.full(2, aht), flags, spread, "x", ("a note",))


def test_weights_of_independent_errors_follow_bates_and_granger() -> None:
    """With a long record weights go with one over the error variance."""
    record = planted(4000, (0.05, 0.1), (1.0, 1.0), seed=1)
    weights = earn(record, prior_periods=0, half_life_periods=None).weights
    assert weights["statistical"] == pytest.approx(0.8, abs=0.02)


def test_two_sources_in_closed_form() -> None:
    """w₁ = (s₂₂ - s₁₂) / (s₁₁ + s₂₂ - 2 s₁₂) of the mean squared errors, ridge included."""
    actual = np.array([100.0, 100.0, 100.0])
    forecasts = np.array([[110.0, 95.0, 100.0], [90.0, 120.0, 90.0]])
    e = forecasts - actual
    s = e @ e.T / 3
    ridge = 2.0 / 3 * s[0, 0] * np.eye(2)
    a = s + ridge
    expected = (a[1, 1] - a[0, 1]) / (a[0, 0] + a[1, 1] - 2 * a[0, 1])
    earned = earn(
        TrackRecord(("a", "b"), forecasts, actual), prior_periods=2, half_life_periods=None, correct_bias=False
    )
    assert earned.weights["a"] == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(0, 30), st.integers(0, 10_000), st.floats(0, 20))
def test_weights_are_shares(sources: int, periods: int, seed: int, prior: float) -> None:
    """Whatever the record, with gaps in it, weights are not negative and add up to one."""
    rng = np.random.default_rng(seed)
    forecasts = np.where(rng.random((sources, periods)) < 0.2, np.nan, rng.gamma(2, 50, (sources, periods)))
    record = TrackRecord(tuple("abcd"[:sources]), forecasts, rng.gamma(2, 50, periods))
    weights = list(earn(record, prior_periods=prior).weights.values())
    assert sum(weights) == pytest.approx(1)
    assert min(weights) >= 0


def test_a_short_record_stays_near_equal() -> None:
    """After two periods the weights have moved less than after two hundred; before any they are equal."""
    short, long = (earn(planted(n, (0.02, 0.2), (1, 1), seed=3)).weights["statistical"] for n in (1, 200))
    assert 0.5 <= short < long
    assert short < 0.85
    assert earn(TrackRecord.empty(NAMES)).weights == pytest.approx(dict.fromkeys(NAMES, 1 / 3))


def test_the_prior_decides_how_much_a_record_earns() -> None:
    """A strong belief in equality keeps weights closer together."""
    record = planted(20, (0.04, 0.08), (1, 1), seed=5)
    weak, strong = (earn(record, prior_periods=p).weights["statistical"] for p in (0.5, 5000))
    assert strong == pytest.approx(0.5, abs=0.03)
    assert weak > 0.65


def test_recent_periods_count_more() -> None:
    """A source that was bad long ago and is good now is trusted with a short memory only."""
    record = planted(100, (0.1, 0.1), (1, 1), seed=6)
    forecasts = record.forecasts.copy()
    forecasts[0, :60] = record.actual[:60] * np.random.default_rng(1).uniform(0.4, 1.6, 60)
    forecasts[0, 60:] = record.actual[60:] * np.random.default_rng(2).normal(1, 0.03, 40)
    changed = TrackRecord(record.sources, forecasts, record.actual)
    quick, slow = (earn(changed, prior_periods=1, half_life_periods=h).weights["statistical"] for h in (4.0, None))
    assert quick > 0.7
    assert slow < 0.3


def test_bias_is_corrected_where_proven() -> None:
    """A client always ten percent too high is corrected; noise is not, nor is a record of three periods."""
    record = planted(60, (0.02, 0.05), (1.0, 1.1), seed=7)
    correction = earn(record).correction
    assert correction["client"] == pytest.approx(1 / 1.1, rel=0.02)
    assert correction["statistical"] == pytest.approx(1, abs=0.006)
    assert earn(record, correct_bias=False).correction["client"] == 1
    short = TrackRecord(record.sources, record.forecasts[:, :3], record.actual[:3])
    assert earn(short).correction["client"] == 1


@pytest.mark.parametrize(
    ("noise", "bias"),
    [
        ((0.06, 0.06, 0.06), (1.0, 1.0, 1.0)),
        ((0.05, 0.12, 0.2), (1.0, 1.0, 1.0)),
        ((0.05, 0.08, 0.06), (1.0, 1.15, 0.95)),
        ((0.04, 0.5, 0.5), (1.0, 1.5, 0.6)),
    ],
)
def test_the_blend_beats_its_best_source_rolling(noise: tuple[float, ...], bias: tuple[float, ...]) -> None:
    """Weights learnt on the past only, scored on the next period: no worse than the best source in hindsight."""
    blended, single = [], []
    for seed in range(12):
        record = planted(60, noise, bias, seed)
        errors = []
        for t in range(8, 60):
            past = TrackRecord(record.sources, record.forecasts[:, :t], record.actual[:t])
            earned = earn(past)
            mixed = sum(
                earned.weights[n] * earned.correction[n] * record.forecasts[i, t] for i, n in enumerate(NAMES)
            )
            errors.append(abs(mixed - record.actual[t]))
        blended.append(np.mean(errors))
        single.append(np.abs(record.forecasts[:, 8:] - record.actual[8:]).mean(axis=1))
    assert np.mean(blended) <= 1.03 * np.mean(single, axis=0).min()


def test_blended_forecast_in_numbers() -> None:
    """Counts, handling time, band and correlation by the weights; notes say weights and record."""
    record = planted(50, (0.05, 0.1), (1.0, 1.0), seed=8)
    parts = {"statistical": forecast(100, 200, day_cv=0.1), "client": forecast(140, 260, day_cv=0.3)}
    earned = earn(record)
    w = earned.weights["statistical"]
    c = earned.correction
    blended = blend(parts, record)
    assert blended.contacts == pytest.approx(w * 100 * c["statistical"] + (1 - w) * 140 * c["client"])
    assert blended.aht_seconds == pytest.approx(w * 200 + (1 - w) * 260)
    assert blended.spread.day_cv == pytest.approx(np.sqrt(w * 0.01 + (1 - w) * 0.09))
    assert blended.spread.slot_correlation == pytest.approx(0.4)
    assert blended.spread.day_correlation == pytest.approx(0.6)
    assert blended.method == "blend of statistical, client"
    assert blended.notes[0] == "a note"
    assert blended.notes[1].startswith(f"statistical: weight {w:.0%} (off by ")


def test_blend_passes_its_settings_on() -> None:
    """Prior, half-life and bias correction reach the weights."""
    record = planted(30, (0.03, 0.2), (1.0, 1.3), seed=9)
    parts = {"statistical": forecast(100), "client": forecast(140)}
    base = blend(parts, record).contacts[0]
    assert blend(parts, record, prior_periods=1000).contacts[0] != pytest.approx(base, rel=0.01)
    assert blend(parts, record, half_life_periods=1).contacts[0] != pytest.approx(base, rel=1e-4)
    assert blend(parts, record, correct_bias=False).contacts[0] != pytest.approx(base, rel=1e-4)


def test_opening_goes_by_weight() -> None:
    """The day two of three sources call closed is closed; the day two call open is blended from those two."""
    parts = {
        "statistical": forecast(90),
        "client": forecast(120, open_=False),
        "planner": forecast(150, open_=False),
    }
    closed = blend(parts, TrackRecord.empty())
    assert closed.contacts == pytest.approx([120, 0])
    assert closed.open.tolist() == [True, False]
    parts["planner"] = forecast(150)
    assert blend(parts, TrackRecord.empty()).contacts == pytest.approx([120, 120])


def test_unknown_handling_times_leave_the_others_to_speak() -> None:
    """A client who gives no handling time does not blank the blend; without any it stays unknown."""
    parts = {"statistical": forecast(90, 200), "client": forecast(120, np.nan)}
    assert blend(parts, TrackRecord.empty()).aht_seconds == pytest.approx([200, 200])
    assert np.isnan(blend({"client": forecast(120, np.nan)}, TrackRecord.empty()).aht_seconds).all()


def test_a_newcomer_is_trusted_like_the_worst() -> None:
    """A source without record weighs no more than any that has one, and not nothing."""
    record = planted(40, (0.05, 0.1), (1.0, 1.0), seed=10)
    parts = {"statistical": forecast(100), "client": forecast(100), "planner": forecast(200)}
    blended = blend(parts, record)
    weight = blended.contacts[0] / 100 - 1
    assert 0 < weight < 0.3
    assert "planner: weight" in blended.notes[-1]
    assert "no record yet" in blended.notes[-1]


def test_wape_of_a_record() -> None:
    """Absolute errors over contacts, over the periods a source spoke for."""
    record = TrackRecord(("a", "b"), np.array([[90.0, 110, np.nan], [np.nan] * 3]), np.array([100.0, 100, 100]))
    assert record.wape()["a"] == pytest.approx(0.1)
    assert np.isnan(record.wape()["b"])


def test_what_cannot_be_blended_is_refused() -> None:
    """Nothing, other days, and records of the wrong shape."""
    with pytest.raises(InvalidInput, match="nothing to blend"):
        blend({}, TrackRecord.empty())
    f = forecast(100)
    other = Forecast("other", f.grid, f.contacts, f.aht_seconds, f.open, f.spread, "x")
    with pytest.raises(InvalidInput, match="not of the same queue"):
        blend({"a": f, "b": other}, TrackRecord.empty())
    with pytest.raises(InvalidInput, match="2 sources and 3 periods"):
        TrackRecord(("a", "b"), np.ones((2, 2)), np.ones(3))
    with pytest.raises(InvalidInput, match="twice"):
        TrackRecord(("a", "a"), np.ones((2, 2)), np.ones(2))
    with pytest.raises(InvalidInput, match="negative"):
        TrackRecord(("a",), -np.ones((1, 2)), np.ones(2))
    with pytest.raises(InvalidInput, match="prior of -1"):
        earn(TrackRecord.empty(), prior_periods=-1)
    with pytest.raises(InvalidInput, match="half-life of 0"):
        earn(TrackRecord.empty(), half_life_periods=0)
