"""Families of durations and their likelihood where some were cut short and all were written in whole seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

import numpy as np
from scipy.special import gammaincc, gammaln, log_ndtr

from floorwalker.science.simulation.durations import Exponential, Gamma, LogNormal, Weibull
from floorwalker.science.simulation.fitting.estimated import Floats, Likelihood, maximise

Fitted = Exponential | Gamma | LogNormal | Weibull


@dataclass(frozen=True, eq=False)
class Sample:
    """Durations, each value once with how often it ended there and how often it was only seen to last so long.

    ``resolution``: values were rounded to so many seconds; 0 where they are exact.
    """

    seconds: Floats
    ended: Floats
    lasted: Floats
    resolution: float

    @classmethod
    def of(cls, seconds: Floats, ended: Floats, resolution: float | None) -> Sample:
        """Collect equal values. A resolution of None is found out: whole numbers only means whole seconds."""
        values, places = np.unique(seconds, return_inverse=True)
        if resolution is None:
            resolution = 1.0 if len(seconds) > len(values) and (values == np.rint(values)).all() else 0.0
        stopped = np.asarray(np.bincount(places, weights=ended, minlength=len(values)), dtype=np.float64)
        if not resolution and len(values) > 1 and values[0] == 0:
            values[0] = values[1] / 2  # an exact 0 has no likelihood under most shapes
        everybody = np.bincount(places, minlength=len(values))
        return cls(values, stopped, np.asarray(everybody - stopped, dtype=np.float64), resolution)

    @property
    def size(self) -> int:
        return int(self.ended.sum() + self.lasted.sum())


@dataclass(frozen=True)
class Family:
    """A family of durations over parameters without bounds (logarithms), its first one of scale."""

    name: str
    log_survival: Callable[[Floats, Floats], Floats]
    log_density: Callable[[Floats, Floats], Floats]
    start: Callable[[float], list[float]]  # from the mean as if exponential
    duration: Callable[[Floats], Fitted]
    median: Callable[[Floats], float]

    def fit(self, sample: Sample) -> Likelihood:
        """The member of the family under which the sample is likeliest."""
        total = float(sample.seconds @ (sample.ended + sample.lasted))
        mean = max(total / float(sample.ended.sum()), 1e-6)
        return maximise(lambda at: self.log_likelihood(at, sample), self.start(mean), sample.size)

    def log_likelihood(self, at: Floats, sample: Sample) -> float:
        """Of the sample under these parameters."""
        with np.errstate(all="ignore"):
            found = _over(sample.ended, lambda t: self._ending(at, t, sample.resolution), sample.seconds)
            found += _over(sample.lasted, lambda t: self.log_survival(at, t), sample.seconds)
        return found if np.isfinite(found) else -1e300

    def _ending(self, at: Floats, seconds: Floats, resolution: float) -> Floats:
        if not resolution:
            return self.log_density(at, seconds)
        before = self.log_survival(at, np.maximum(seconds - resolution / 2, 0.0))
        after = self.log_survival(at, seconds + resolution / 2)
        gap = np.maximum(before - after, 1e-300)
        return before + np.log(-np.expm1(-gap))


def _over(counts: Floats, of: Callable[[Floats], Floats], seconds: Floats) -> float:
    some = counts > 0
    return float(counts[some] @ of(seconds[some])) if some.any() else 0.0


def _weibull_survival(at: Floats, t: Floats) -> Floats:
    return np.asarray(-((t / exp(at[0])) ** exp(at[1])))


def _weibull_density(at: Floats, t: Floats) -> Floats:
    shape = exp(at[1])
    return np.asarray(at[1] - at[0] + (shape - 1) * (np.log(t) - at[0]) - (t / exp(at[0])) ** shape)


def _lognormal_survival(at: Floats, t: Floats) -> Floats:
    return np.asarray(log_ndtr((at[0] - np.log(t)) / exp(at[1])))


def _lognormal_density(at: Floats, t: Floats) -> Floats:
    logarithm = np.log(t)
    return np.asarray(-(((logarithm - at[0]) / exp(at[1])) ** 2) / 2 - at[1] - logarithm - log(2 * np.pi) / 2)


def _gamma_survival(at: Floats, t: Floats) -> Floats:
    shape = exp(at[1])
    return np.log(np.maximum(gammaincc(shape, shape * t / exp(at[0])), 1e-300))


def _gamma_density(at: Floats, t: Floats) -> Floats:
    shape = exp(at[1])
    rate = shape / exp(at[0])
    return shape * log(rate) + (shape - 1) * np.log(t) - rate * t - gammaln(shape)


def _gamma_median(at: Floats) -> float:
    from scipy.special import gammaincinv

    shape = exp(at[1])
    return float(gammaincinv(shape, 0.5)) * exp(at[0]) / shape


def lognormal_mean(at: Floats) -> float:
    """Mean of the seconds themselves."""
    return exp(min(at[0] + exp(2 * at[1]) / 2, 700.0))


def lognormal_cv(at: Floats) -> float:
    """Standard deviation ÷ mean of the seconds themselves."""
    return sqrt(np.expm1(min(exp(2 * at[1]), 460.0)))


def weibull_shape(at: Floats) -> float:
    """Below 1 patience grows with the wait."""
    return exp(at[1])


def weibull_mean(at: Floats) -> float:
    """Mean of a Weibull."""
    return exp(min(at[0] + lgamma(1 + exp(-at[1])), 700.0))


EXPONENTIAL = Family(
    "exponential",
    lambda at, t: -t / exp(at[0]),
    lambda at, t: -at[0] - t / exp(at[0]),
    lambda mean: [log(mean)],
    lambda at: Exponential(exp(at[0])),
    lambda at: log(2) * exp(at[0]),
)
WEIBULL = Family(
    "weibull",
    _weibull_survival,
    _weibull_density,
    lambda mean: [log(mean), 0.0],
    lambda at: Weibull(exp(at[0]), exp(at[1])),
    lambda at: exp(at[0]) * log(2) ** exp(-at[1]),
)
LOGNORMAL = Family(
    "lognormal",
    _lognormal_survival,
    _lognormal_density,
    lambda mean: [log(mean) - 0.5, 0.0],
    lambda at: LogNormal(lognormal_mean(at), lognormal_cv(at)),
    lambda at: exp(at[0]),
)
GAMMA = Family(
    "gamma",
    _gamma_survival,
    _gamma_density,
    lambda mean: [log(mean), 0.0],
    lambda at: Gamma(exp(at[0]), exp(-at[1] / 2)),
    _gamma_median,
)
MEANS: dict[str, Callable[[Floats], float]] = {
    "exponential": lambda at: exp(at[0]),
    "weibull": weibull_mean,
    "lognormal": lognormal_mean,
    "gamma": lambda at: exp(at[0]),
}
