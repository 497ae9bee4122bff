"""How long contacts take their agent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.durations import Empirical
from floorwalker.science.simulation.fitting.estimated import NORMAL_95, Estimated, Floats
from floorwalker.science.simulation.fitting.families import (
    GAMMA,
    LOGNORMAL,
    MEANS,
    Family,
    Fitted,
    Sample,
    lognormal_cv,
)

FEWEST = 20
FARTHEST = 0.05  # where the best shape is further off than this share, the values themselves are taken
KEPT = 400  # values an empirical duration keeps: evenly spread over those seen


@dataclass(frozen=True)
class HandlingFit:
    """Handling time of the shape that fits best, or the values seen where no shape does.

    ``distance``: largest gap between the distribution of the values and the better of the two shapes.
    """

    duration: Fitted | Empirical
    mean_seconds: Estimated
    cv: Estimated
    aic: Mapping[str, float]
    distance: float
    contacts: int


def fit_handling(seconds: ArrayLike, *, resolution_seconds: float | None = None) -> HandlingFit:
    """Handling time from answered contacts: lognormal or gamma by likelihood and AIC, else empirical.

    Raises :class:`InvalidInput` below twenty contacts, or where all took the same time: that is
    ``Deterministic``, not a matter of fitting.
    """
    values = np.asarray(seconds, dtype=np.float64)
    if values.ndim != 1 or len(values) < FEWEST:
        raise InvalidInput(f"handling time needs a row of at least {FEWEST} contacts, not {values.shape}")
    if not (np.isfinite(values).all() and (values >= 0).all()):
        raise InvalidInput(
            "seconds holds a negative or missing value; leave out contacts of unknown handling time"
        )
    if np.ptp(values) == 0:
        raise InvalidInput(f"every contact took {values[0]:g} seconds; use Deterministic({values[0]:g})")
    sample = Sample.of(values, np.ones(len(values)), resolution_seconds)
    found = {family.name: (family, family.fit(sample)) for family in (LOGNORMAL, GAMMA)}
    family, top = min(found.values(), key=lambda pair: pair[1].aic)
    aic = {name: each.aic for name, (_, each) in found.items()}
    distance = _distance(sample, family, top.parameters)
    if distance > FARTHEST + 1 / sqrt(len(values)):
        kept = np.quantile(values, (np.arange(KEPT) + 0.5) / KEPT) if len(values) > KEPT else np.sort(values)
        return HandlingFit(Empirical(tuple(kept.tolist())), *_of_the_values(values), aic, distance, len(values))
    cv = lognormal_cv if family is LOGNORMAL else _gamma_cv
    return HandlingFit(
        family.duration(top.parameters), top.of(MEANS[family.name]), top.of(cv), aic, distance, len(values)
    )


def _gamma_cv(at: Floats) -> float:
    return exp(-at[1] / 2)


def _distance(sample: Sample, family: Family, at: Floats) -> float:
    """Largest gap between the two distribution functions, at the upper border of each rounded value."""
    seen = np.cumsum(sample.ended) / sample.ended.sum()
    with np.errstate(all="ignore"):
        fitted = -np.expm1(family.log_survival(at, sample.seconds + sample.resolution / 2))
    gaps = np.abs(seen - fitted)
    if not sample.resolution:  # exact values: the step has a lower end too
        gaps = np.maximum(gaps, np.abs(np.concatenate([[0.0], seen[:-1]]) - fitted))
    return float(gaps.max())


def _of_the_values(values: Floats) -> tuple[Estimated, Estimated]:
    """Mean and coefficient of variation with no shape assumed, by the delta method."""
    count, mean, spread = len(values), float(values.mean()), float(values.std(ddof=1))
    cv = spread / mean
    centred = (values - mean) / spread
    skew, kurtosis = float((centred**3).mean()), float((centred**4).mean())
    # variance of log(cv): of log(sd), minus twice its covariance with log(mean), plus that of log(mean)
    variance = max(0.0, (kurtosis - 1) / 4 - cv * skew + cv**2) / count
    side, apart = NORMAL_95 * spread / sqrt(count), NORMAL_95 * sqrt(variance)
    return (
        Estimated(mean, mean - side, mean + side, count),
        Estimated(cv, cv * exp(-apart), cv * exp(apart), count),
    )
