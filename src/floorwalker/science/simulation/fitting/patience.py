"""How long callers are willing to wait, from waits that most of them did not have to finish."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.science.errors import InvalidInput, NotConverged
from floorwalker.science.simulation.fitting.estimated import Estimated, Floats, Likelihood
from floorwalker.science.simulation.fitting.families import (
    EXPONENTIAL,
    LOGNORMAL,
    MEANS,
    WEIBULL,
    Fitted,
    Sample,
    lognormal_cv,
    weibull_shape,
)

FEWEST_ABANDONS = 10
FAMILIES = (EXPONENTIAL, WEIBULL, LOGNORMAL)
SHAPES = {"weibull": weibull_shape, "lognormal": lognormal_cv}
AT_RISK = 50  # beyond the wait that fewer reached, the curve says nothing


@dataclass(frozen=True, eq=False)
class StillWaiting:
    """Kaplan and Meier's share still willing to wait after ``seconds``, without assuming any shape; 95 % band."""

    seconds: Floats
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class PatienceFit:
    """Patience of the shape that fits best, with intervals.

    ``mean_seconds`` reaches beyond what was seen where most were answered; ``median_seconds`` and the curve are
    surer. ``shape`` is Weibull's shape or the lognormal's coefficient of variation. ``distance`` is the largest
    gap between the shape and Kaplan-Meier's curve where at least fifty waited, ``band`` half the width of the
    curve's band there: a gap well above it says that no shape fits.
    """

    duration: Fitted
    mean_seconds: Estimated
    median_seconds: Estimated
    shape: Estimated | None
    aic: Mapping[str, float]
    distance: float
    band: float
    abandoned: int
    contacts: int
    curve: StillWaiting

    @property
    def family(self) -> str:
        """exponential, weibull or lognormal."""
        return self.duration.kind


def fit_patience(
    wait_seconds: ArrayLike, gave_up: ArrayLike, *, resolution_seconds: float | None = None
) -> PatienceFit:
    """Patience by maximum likelihood, counting the answered as willing to wait longer still.

    ``wait_seconds`` of everybody who waited, ``gave_up`` where the wait ended in giving up. Exponential, Weibull
    and lognormal are fitted; the smallest AIC is chosen. ``resolution_seconds``: waits are rounded to it; None
    takes 1 for whole numbers, else 0. Raises :class:`InvalidInput` below ten who gave up.
    """
    waits, left = _checked(wait_seconds, gave_up)
    sample = Sample.of(waits, left, resolution_seconds)
    found: dict[str, Likelihood] = {}
    for family in FAMILIES:
        try:
            found[family.name] = family.fit(sample)
        except NotConverged:
            continue  # a shape the data cannot tell is no candidate; the exponential always can be told
    best = min(found, key=lambda name: found[name].aic)
    family = next(each for each in FAMILIES if each.name == best)
    top = found[best]
    curve = _kaplan_meier(waits, left)
    with np.errstate(divide="ignore"):  # the logarithm of a wait of 0
        fitted = np.exp(family.log_survival(top.parameters, curve.seconds))
    distance, band = _distance(curve, fitted)
    figure = SHAPES.get(best)
    shape = top.of(figure) if figure else None
    return PatienceFit(
        family.duration(top.parameters), top.of(MEANS[best]), top.of(family.median), shape,
        {name: each.aic for name, each in found.items()}, distance, band, int(left.sum()), len(waits), curve,
    )  # fmt: skip


def _checked(wait_seconds: ArrayLike, gave_up: ArrayLike) -> tuple[Floats, Floats]:
    waits = np.asarray(wait_seconds, dtype=np.float64)
    left = np.asarray(gave_up).astype(bool)
    if waits.ndim != 1 or waits.shape != left.shape:
        raise InvalidInput(f"wait_seconds has shape {waits.shape} and gave_up {left.shape}; give one row of each")
    if not (np.isfinite(waits).all() and (waits >= 0).all()):
        raise InvalidInput("wait_seconds holds a negative or missing value; leave out contacts of unknown wait")
    if left.sum() < FEWEST_ABANDONS:
        raise InvalidInput(
            f"only {int(left.sum())} of {len(waits)} gave up; patience needs at least {FEWEST_ABANDONS}"
        )
    if not waits.any():
        raise InvalidInput("every wait is 0 seconds, which says nothing about patience")
    return waits, left.astype(np.float64)


def _kaplan_meier(waits: Floats, left: Floats) -> StillWaiting:
    from scipy.stats import CensoredData, ecdf

    gone = left.astype(bool)
    curve = ecdf(CensoredData(uncensored=waits[gone], right=waits[~gone])).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the band is undefined where the share is 0 or 1
        band = curve.confidence_interval(0.95, method="log-log")
    ordered = np.sort(waits)
    at_risk = len(waits) - np.searchsorted(ordered, curve.quantiles, side="left")
    seen = (at_risk >= min(AT_RISK, len(waits) // 2)) & (curve.quantiles <= waits[gone].max())
    low = np.nan_to_num(band.low.probabilities, nan=0.0)  # type: ignore[attr-defined]  # its stubs are wrong
    high = np.nan_to_num(band.high.probabilities, nan=1.0)  # type: ignore[attr-defined]
    return StillWaiting(curve.quantiles[seen], curve.probabilities[seen], low[seen], high[seen])


def _distance(curve: StillWaiting, fitted: Floats) -> tuple[float, float]:
    if not len(curve.seconds):
        return 0.0, 0.0
    gaps = np.abs(curve.share - fitted)
    place = int(gaps.argmax())
    return float(gaps[place]), float((curve.high - curve.low)[place] / 2)
