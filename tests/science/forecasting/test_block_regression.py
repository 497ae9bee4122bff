"""Empirical Bayes regression by blocks."""

import numpy as np
import pytest

from floorwalker.science.forecasting.block_regression import Block, BlockRegression

RNG = np.random.default_rng(5)


def data(effect: float, noise: float = 0.1, rows: int = 400) -> tuple[dict[str, Block], np.ndarray, np.ndarray]:
    rng = np.random.default_rng(11)
    group = rng.integers(0, 10, rows)
    beta = effect * rng.standard_normal(10)
    blocks = {
        "level": Block(np.ones((rows, 1)), 10.0, 1e6),
        "group": Block((group[:, None] == np.arange(10)).astype(float), 0.3),
        "junk": Block(rng.standard_normal((rows, 20)), 0.3),
    }
    return blocks, 5 + beta[group] + noise * rng.standard_normal(rows), beta


def test_real_effects_are_kept_and_junk_is_shrunk() -> None:
    """The spread of a block that matters is found; that of one that does not falls towards nothing."""
    blocks, y, beta = data(effect=0.5)
    model = BlockRegression().fit(blocks, y, np.zeros(len(y)))
    found = model.beta_[model.slices_["group"]]
    np.testing.assert_allclose(found - found.mean(), beta - beta.mean(), atol=0.06)
    assert model.scale_["junk"] < 0.12
    assert 0.3 < model.scale_["group"] < 0.8
    assert np.sqrt(model.sigma2_) == pytest.approx(0.1, rel=0.3)


def test_agrees_with_ridge_where_variances_are_given() -> None:
    """With heavy prior weights and normal errors it is generalised ridge regression, solved directly here."""
    blocks, y, _ = data(effect=0.5)
    fixed = {k: Block(b.columns, b.scale, 1e9) for k, b in blocks.items()}
    model = BlockRegression(freedom=1e9, rounds=200, tolerance=1e-9).fit(fixed, y, np.zeros(len(y)))
    X = np.hstack([b.columns for b in blocks.values()])
    prior = np.repeat([b.scale**2 for b in blocks.values()], [b.columns.shape[1] for b in blocks.values()])
    direct = np.linalg.solve(X.T @ X / model.sigma2_ + np.diag(1 / prior), X.T @ y / model.sigma2_)
    np.testing.assert_allclose(model.beta_, direct, rtol=1e-6, atol=1e-8)
    mean, error = model.predict({k: b.columns for k, b in blocks.items()})
    np.testing.assert_allclose(mean, X @ direct, rtol=1e-6)
    assert (error > 0).all()


def test_outliers_lose_their_say() -> None:
    """A tenth of the rows gone wild moves the level by little; with normal errors it moves by much."""
    blocks, y, _ = data(effect=0.0)
    wild = y.copy()
    wild[::10] += 5
    robust = BlockRegression(freedom=4).fit(blocks, wild, np.zeros(len(y)))
    normal = BlockRegression(freedom=1e9).fit(blocks, wild, np.zeros(len(y)))
    level = [m.effect("level", np.ones((1, 1)))[0] + m.beta_[m.slices_["group"]].mean() for m in (robust, normal)]
    assert abs(level[0] - 5) < 0.05
    assert level[1] - 5 > 0.3
    assert robust.robust_[::10].max() < robust.robust_[1::10].min()


def test_known_noise_and_weights_count() -> None:
    """Rows known to be noisy, or given little weight, teach less."""
    y = np.array([1.0] * 5 + [3.0] * 5)
    blocks = {"level": Block(np.ones((10, 1)), 10.0, 1e6)}
    noise = np.array([1e-6] * 5 + [100.0] * 5)
    assert BlockRegression(freedom=1e9).fit(blocks, y, noise).beta_[0] == pytest.approx(1, abs=0.05)
    weights = np.array([1e-6] * 5 + [1.0] * 5)
    assert BlockRegression().fit(blocks, y, np.zeros(10), weights).beta_[0] == pytest.approx(3, abs=0.05)
