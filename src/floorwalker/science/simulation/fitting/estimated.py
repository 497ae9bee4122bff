"""A number with how sure it is, and the largest likelihood it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import NotConverged

Floats = NDArray[np.float64]
NORMAL_95 = 1.959963984540054
STEP = 1e-4  # of a parameter on its log or logit scale, for derivatives


@dataclass(frozen=True)
class Estimated:
    """An estimate, the 95 % interval around it, and how many observations it rests on."""

    value: float
    low: float
    high: float
    observations: int

    def __str__(self) -> str:
        return f"{self.value:.4g} ({self.low:.4g} to {self.high:.4g})"


@dataclass(frozen=True, eq=False)
class Likelihood:
    """The parameters under which the data are likeliest, and how far they may be off."""

    parameters: Floats
    covariance: Floats
    log_likelihood: float
    observations: int

    @property
    def aic(self) -> float:
        """Akaike's criterion: the smaller, the better it would predict."""
        return 2 * len(self.parameters) - 2 * self.log_likelihood

    def of(self, figure: Callable[[Floats], float], *, a_share: bool = False) -> Estimated:
        """A positive figure of the parameters, its interval by the delta method on its logarithm (or log odds)."""

        def scale(parameters: Floats) -> float:
            value = figure(parameters)
            return log(value / (1 - value)) if a_share else log(value)

        slope = _gradient(scale, self.parameters)
        spread = NORMAL_95 * sqrt(max(0.0, float(slope @ self.covariance @ slope)))
        middle = scale(self.parameters)
        low, value, high = (_back(middle + side * spread, a_share) for side in (-1, 0, 1))
        return Estimated(value, low, high, self.observations)


def maximise(log_likelihood: Callable[[Floats], float], start: list[float], observations: int) -> Likelihood:
    """Climb from ``start``; the covariance is the inverse of the curvature at the top."""
    from scipy.optimize import minimize

    limits: Any = {"xatol": 1e-5, "fatol": 1e-5, "maxiter": 2_000, "initial_simplex": _simplex(start)}

    def unlikely(at: Floats, *_: object) -> float:
        return -log_likelihood(at)

    found = minimize(unlikely, start, method="Nelder-Mead", options=limits)
    if not found.success or not np.isfinite(found.fun):
        raise NotConverged(f"the likelihood found no top: {found.message}")
    curvature = _hessian(unlikely, found.x)
    try:
        covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise NotConverged("the data do not tell the parameters apart; more of them are needed") from error
    if not (np.diag(covariance) > 0).all():
        raise NotConverged("the data do not tell the parameters apart; more of them are needed")
    return Likelihood(found.x, covariance, float(-found.fun), observations)


def _simplex(start: list[float]) -> Floats:
    corners = np.tile(np.array(start), (len(start) + 1, 1))
    for place in range(len(start)):
        corners[place + 1, place] += 0.25
    return corners


def _back(value: float, a_share: bool) -> float:
    if not a_share:
        return exp(min(value, 700.0))
    return 1 / (1 + exp(-value)) if value > -700 else 0.0


def _gradient(of: Callable[[Floats], float], at: Floats) -> Floats:
    steps = np.eye(len(at)) * STEP
    return np.array([(of(at + step) - of(at - step)) / (2 * STEP) for step in steps])


def _hessian(of: Callable[[Floats], float], at: Floats) -> Floats:
    size = len(at)
    found = np.empty((size, size))
    steps = np.eye(size) * 1e-3
    for i in range(size):
        for j in range(i, size):
            one, two = steps[i], steps[j]
            found[i, j] = found[j, i] = (
                of(at + one + two) - of(at + one - two) - of(at - one + two) + of(at - one - two)
            ) / 4e-6
    return found
