"""Linear regression that learns how far to trust each group of effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.forecasting.demand import Floats


@dataclass(frozen=True)
class Block:
    """A group of effects that share one prior spread.

    ``columns`` is observations × effects. ``scale`` is the spread expected before any data are seen, in the
    units of the response; ``weight`` says how many effects' worth of evidence that expectation is.
    """

    columns: Floats
    scale: float
    weight: float = 2.0


class BlockRegression:
    """Ridge regression whose penalties are learnt: empirical Bayes by block, robust by Student-t errors.

    Model: ``y = Σ_b X_b β_b + ε``, ``β_b ~ N(0, v_b I)``, ``ε_i ~ t(ν) · sqrt(σ² + noise_i)``. The variances
    ``v_b`` and ``σ²`` are found by expectation-maximisation of the marginal likelihood; the t-weights by the
    usual scale-mixture step. A group the data do not support shrinks towards nothing by itself.

    MacKay, "Bayesian interpolation", Neural Computation 4 (1992); Lange, Little and Taylor, "Robust
    statistical modeling using the t distribution", JASA 84 (1989).
    """

    def __init__(self, freedom: float = 4.0, rounds: int = 40, tolerance: float = 1e-3) -> None:
        self.freedom = freedom
        self.rounds = rounds
        self.tolerance = tolerance

    def fit(self, blocks: Mapping[str, Block], y: Floats, noise: Floats, weights: Floats | None = None) -> Self:
        """Learn from responses ``y``, each with known extra error variance ``noise`` (0 where none)."""
        X = np.hstack([b.columns for b in blocks.values()])
        owner = np.repeat(np.arange(len(blocks)), [b.columns.shape[1] for b in blocks.values()])
        self.slices_ = _slices(blocks)
        count = np.bincount(owner, minlength=len(blocks))
        guess = np.array([b.scale for b in blocks.values()]) ** 2
        trust = np.array([b.weight for b in blocks.values()])
        given = np.ones(len(y)) if weights is None else weights
        variance, sigma2, robust = guess.copy(), float(np.var(y) / 4 + 1e-8), np.ones(len(y))
        for _ in range(self.rounds):
            precision = given * robust / (sigma2 + noise)
            beta, covariance = _posterior(X, y, precision, variance[owner])
            residual = y - X @ beta
            second = residual**2 + _quadratic(X, covariance)
            total = sigma2 + noise
            robust = (self.freedom + 1) / (self.freedom + second / total)
            before = np.append(variance, sigma2)
            size = np.bincount(owner, beta**2 + np.diag(covariance), len(blocks))
            variance = (size + trust * guess) / (count + trust)
            sigma2 = _noise_variance(second, robust * given, given, noise, sigma2)
            if np.max(np.abs(np.log(np.append(variance, sigma2) / before))) < self.tolerance:
                break
        self.beta_, self.covariance_ = _posterior(X, y, given * robust / (sigma2 + noise), variance[owner])
        self.sigma2_ = sigma2
        self.robust_ = robust
        self.scale_ = dict(zip(blocks, np.sqrt(variance), strict=True))
        self.residual_ = y - X @ self.beta_
        return self

    def predict(self, columns: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        """Expected response and its standard error (of the mean, without ``σ``) for new rows of every block."""
        X = np.hstack(list(columns.values()))
        mean: Floats = X @ self.beta_
        return mean, np.sqrt(_quadratic(X, self.covariance_))

    def effect(self, block: str, columns: Floats) -> Floats:
        """What one block contributes to the response."""
        part: Floats = columns @ self.beta_[self.slices_[block]]
        return part


def _slices(blocks: Mapping[str, Block]) -> dict[str, slice]:
    ends = np.cumsum([0, *(b.columns.shape[1] for b in blocks.values())])
    return {name: slice(int(ends[i]), int(ends[i + 1])) for i, name in enumerate(blocks)}


def _posterior(X: Floats, y: Floats, precision: Floats, variance: Floats) -> tuple[Floats, NDArray[np.float64]]:
    """Mean and covariance of the effects, scaled by their priors so that the system stays well conditioned."""
    root = np.sqrt(variance)
    scaled = X * root
    information = scaled.T @ (scaled * precision[:, None])
    information[np.diag_indices_from(information)] += 1.0
    inverse = np.linalg.inv(information)
    beta: Floats = root * (inverse @ (scaled.T @ (precision * y)))
    return beta, root[:, None] * inverse * root


def _quadratic(X: Floats, covariance: Floats) -> Floats:
    """``x' C x`` of every row."""
    forms: Floats = np.maximum(((X @ covariance) * X).sum(axis=1), 0.0)
    return forms


def _noise_variance(second: Floats, weights: Floats, given: Floats, noise: Floats, sigma2: float) -> float:
    """One EM step for ``σ²`` where part of each error's variance is known."""
    share = sigma2 / (sigma2 + noise)
    explained = share**2 * weights * second + given * sigma2 * (1 - share)
    return float(max(explained.sum() / given.sum(), 1e-8))
