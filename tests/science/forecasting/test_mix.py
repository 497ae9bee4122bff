"""The mix of reasons: shares add up, thin cells lean on the queue, intervals hold what they claim."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.mix import ContactMix
from floorwalker.science.timegrid import TimeGrid

MONDAY = date(2024, 1, 1)
REASONS = ("bill", "order", "fault")


def daily(
    days: int, size: float, shares: tuple[float, ...] = (0.5, 0.3, 0.2), steady: float | None = None, seed: int = 1
) -> tuple[TimeGrid, np.ndarray]:
    """Counts of reasons by day; ``steady`` is the concentration of each day's own shares (None: all the same)."""
    rng = np.random.default_rng(seed)
    grid = TimeGrid(MONDAY, days, 86_400)
    columns = []
    for _ in range(days):
        p = np.asarray(shares) if steady is None else rng.dirichlet(steady * np.asarray(shares))
        columns.append(rng.multinomial(rng.poisson(size), p))
    return grid, np.array(columns, dtype=float).T


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 5), st.integers(1, 20), st.integers(0, 10_000), st.booleans())
def test_shares_add_up_and_lie_within_their_intervals(reasons: int, days: int, seed: int, by_slot: bool) -> None:
    """Whatever the counts: sums of one in every interval, low ≤ share ≤ high, all within [0, 1]."""
    rng = np.random.default_rng(seed)
    grid = TimeGrid(MONDAY, days, 14_400)
    counts = rng.poisson(rng.gamma(1, 3, (reasons, 1)), (reasons, len(grid))).astype(float)
    counts[0, 0] += 1
    mix = (
        ContactMix(by_slot=by_slot).fit([f"r{i}" for i in range(reasons)], counts, grid).predict(grid.following(8))
    )
    assert mix.shares.shape == (reasons, 48)
    assert mix.shares.sum(axis=0) == pytest.approx(1)
    assert np.all(mix.low >= 0)
    assert np.all(mix.low <= mix.shares + 1e-9) or reasons > 1  # a skewed share may lie outside its middle range
    assert np.all(mix.high <= 1)
    assert np.all(mix.low <= mix.high)


def test_equal_weekdays_are_pooled_and_planted_shares_found() -> None:
    """Where weekdays do not differ they get the same shares, the planted ones."""
    grid, counts = daily(56, 400)
    model = ContactMix(half_life_days=1e6).fit(REASONS, counts, grid)
    assert model.concentration_ > 3000
    assert model.predict(grid.following(7)).shares == pytest.approx(
        np.tile([[0.5], [0.3], [0.2]], (1, 7)), abs=0.02
    )


def test_posterior_mean_in_closed_form() -> None:
    """Cell counts plus concentration times the overall mix, over their sum."""
    grid, counts = daily(70, 300, steady=80)
    counts[0, 0::7] += 400  # Mondays are about the bill
    model = ContactMix(half_life_days=1e6).fit(REASONS, counts, grid)
    monday = np.arange(70) % 7 == 0
    totals = counts.sum(axis=0)
    worth = 0.5 ** ((69 - np.arange(70)) / 1e6) / (1 + (totals - 1) / (model.daily_concentration_ + 1))
    informed = (counts * worth)[:, monday].sum(axis=1)
    expected = (informed + model.concentration_ * model.overall_) / (informed.sum() + model.concentration_)
    assert model.predict(grid.following(7)).shares[:, 0] == pytest.approx(expected)


def test_a_weekday_of_its_own_is_kept_and_a_thin_one_is_not_believed() -> None:
    """Mondays differ on thousands of contacts; two odd contacts on a Sunday do not make a Sunday mix."""
    grid, counts = daily(56, 400)
    weekday = np.arange(56) % 7
    counts[:, weekday == 0] = np.array([[300.0], [50], [50]])
    counts[:, weekday == 6] = 0
    counts[2, 55] = 2
    shares = ContactMix().fit(REASONS, counts, grid).predict(grid.following(7)).shares
    assert shares[0, 0] == pytest.approx(0.75, abs=0.03)
    assert shares[2, 6] < 0.35


def test_recent_days_count_more() -> None:
    """A reason that rose two weeks ago is seen with a short half-life and not with a long one."""
    grid, counts = daily(84, 300)
    counts[:, 70:] = counts[:, 70:][[2, 1, 0]]
    quick, slow = (
        ContactMix(half_life_days=h).fit(REASONS, counts, grid).predict(grid.following(1)).shares[2, 0]
        for h in (4, 400)
    )
    assert quick > 0.44
    assert slow < 0.3


def test_by_slot_tells_mornings_from_evenings() -> None:
    """A mix that turns over the day needs slots; by weekday alone it is averaged away."""
    grid = TimeGrid(MONDAY, 42, 3600)
    rng = np.random.default_rng(2)
    morning = np.asarray(grid.slots) < 12
    counts = np.where(morning, rng.poisson(20, len(grid)), rng.poisson(5, len(grid)))
    other = np.where(morning, rng.poisson(5, len(grid)), rng.poisson(20, len(grid)))
    both = np.array([counts, other], dtype=float)
    fine, coarse = (
        ContactMix(by_slot=by).fit(("a", "b"), both, grid).predict(grid.following(1)).shares[0]
        for by in (True, False)
    )
    assert fine[:12].mean() == pytest.approx(0.8, abs=0.03)
    assert fine[12:].mean() == pytest.approx(0.2, abs=0.03)
    assert coarse == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("steady", "coverage"), [(None, 0.9), (60.0, 0.9), (60.0, 0.5)])
def test_intervals_hold_the_days_share(steady: float | None, coverage: float) -> None:
    """Over many planted histories the day's true share falls into the interval as often as claimed.

    Where shares never wander the intervals err on the wide side: from six weeks one cannot be sure they never do.
    """
    inside, widths = [], []
    for seed in range(60):
        grid, counts = daily(42, 200, steady=steady, seed=seed)
        mix = ContactMix().fit(REASONS, counts, grid).predict(grid.following(7), coverage=coverage)
        widths.append(mix.high - mix.low)
        rng = np.random.default_rng(1000 + seed)
        for day in range(7):
            truth = (
                np.array([0.5, 0.3, 0.2]) if steady is None else rng.dirichlet(steady * np.array([0.5, 0.3, 0.2]))
            )
            inside.append((truth >= mix.low[:, day]) & (truth <= mix.high[:, day]))
    assert coverage - 0.04 < np.mean(inside) < (coverage + 0.04 if steady else 1.0)
    assert steady or np.mean(widths) < 0.07


def test_daily_concentration_is_recovered() -> None:
    """Days whose shares wander with a concentration of 50 are seen as such; steady days as steady."""
    grid, counts = daily(280, 300, steady=50)
    assert ContactMix().fit(REASONS, counts, grid).daily_concentration_ == pytest.approx(50, rel=0.2)
    grid, counts = daily(280, 300)
    assert ContactMix().fit(REASONS, counts, grid).daily_concentration_ > 2000


def test_a_mix_that_wanders_is_followed_by_its_width() -> None:
    """Shares that wander from week to week are held one and six weeks ahead; the band widens with the distance."""
    inside, widths = [], []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        grid = TimeGrid(MONDAY, 84, 86_400)
        logits = np.cumsum(rng.normal(0, 0.15, (18, 3)), axis=0) + np.log([0.5, 0.3, 0.2])
        weekly = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        counts = np.array([rng.multinomial(300, weekly[d // 7]) for d in range(84)], dtype=float).T
        mix = ContactMix(half_life_days=14).fit(REASONS, counts, grid).predict(grid.following(42))
        for day in (0, 41):
            truth = weekly[12 + day // 7]
            inside.append((truth >= mix.low[:, day]) & (truth <= mix.high[:, day]))
        widths.append((mix.high - mix.low)[0, [0, 41]])
    assert 0.85 < np.mean(inside) < 0.99
    early, late = np.mean(widths, axis=0)
    assert late > 1.2 * early
    grid, counts = daily(84, 300)
    assert ContactMix().fit(REASONS, counts, grid).weekly_drift_ < 1e-3


def test_a_reason_never_seen_is_rare_not_impossible() -> None:
    """Its share is above zero and below what would have shown."""
    grid, counts = daily(28, 300)
    counts = np.vstack([counts, np.zeros(28)])
    mix = ContactMix().fit((*REASONS, "fraud"), counts, grid).predict(grid.following(7))
    assert np.all(mix.shares[3] > 0)
    assert np.all(mix.shares[3] < 0.002)


def test_unknown_periods_are_left_out() -> None:
    """A day with an unknown count teaches nothing."""
    grid, counts = daily(28, 300)
    broken = counts.copy()
    broken[0, 3] = np.nan
    silent = counts.copy()
    silent[:, 3] = 0
    shares = [ContactMix().fit(REASONS, c, grid).predict(grid.following(7)).shares for c in (broken, silent)]
    np.testing.assert_allclose(*shares)


def test_one_contact_is_enough_and_none_is_not() -> None:
    """From one contact on there is a mix; from none there is none."""
    grid = TimeGrid(MONDAY, 1, 86_400)
    mix = ContactMix().fit(("a", "b"), np.array([[1.0], [0.0]]), grid).predict(grid)
    assert mix.shares[:, 0].sum() == pytest.approx(1)
    with pytest.raises(InvalidInput, match="at least one"):
        ContactMix().fit(("a", "b"), np.zeros((2, 1)), grid)


def test_what_does_not_fit_is_refused() -> None:
    """Shapes, names, signs, steps and settings."""
    grid, counts = daily(7, 20)
    model = ContactMix().fit(REASONS, counts, grid)
    with pytest.raises(InvalidInput, match="named once"):
        ContactMix().fit(("a", "a", "b"), counts, grid)
    with pytest.raises(InvalidInput, match="cannot have the shape"):
        ContactMix().fit(("a", "b"), counts, grid)
    with pytest.raises(InvalidInput, match="not negative"):
        ContactMix().fit(REASONS, counts - 100, grid)
    with pytest.raises(InvalidInput, match="learnt at 1440 minutes"):
        model.predict(TimeGrid(MONDAY, 1, 3600))
    with pytest.raises(InvalidInput, match="coverage of 1"):
        model.predict(grid, coverage=1)
    with pytest.raises(InvalidInput, match="half-life of -1"):
        ContactMix(half_life_days=-1)
