"""How long things last: handling, after-contact work, patience, delays. Every duration names its unit.

A duration is drawn by inverting its distribution function at one uniform number that belongs to the contact, so
the same contact keeps its luck whichever agent serves it. Only the gamma needs more than one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gamma, inf, isfinite
from typing import Literal

from floorwalker.science.errors import InvalidInput


@dataclass(frozen=True)
class Exponential:
    """Without memory; the standard deviation equals the mean."""

    mean_seconds: float
    kind: Literal["exponential"] = "exponential"

    def __post_init__(self) -> None:
        _positive(self.mean_seconds, "mean_seconds")


@dataclass(frozen=True)
class LogNormal:
    """Mean and coefficient of variation of the seconds themselves, not of their logarithm."""

    mean_seconds: float
    cv: float
    kind: Literal["lognormal"] = "lognormal"

    def __post_init__(self) -> None:
        _positive(self.mean_seconds, "mean_seconds")
        _positive(self.cv, "cv")


@dataclass(frozen=True)
class Gamma:
    """Mean and coefficient of variation; shape is ``1 / cv²``."""

    mean_seconds: float
    cv: float
    kind: Literal["gamma"] = "gamma"

    def __post_init__(self) -> None:
        _positive(self.mean_seconds, "mean_seconds")
        _positive(self.cv, "cv")


@dataclass(frozen=True)
class Weibull:
    """``P(T > t) = exp(-(t / scale_seconds)^shape)``: below shape 1 patience grows with the wait."""

    scale_seconds: float
    shape: float
    kind: Literal["weibull"] = "weibull"

    def __post_init__(self) -> None:
        _positive(self.scale_seconds, "scale_seconds")
        _positive(self.shape, "shape")

    @property
    def mean_seconds(self) -> float:
        return self.scale_seconds * gamma(1 + 1 / self.shape)


@dataclass(frozen=True)
class Uniform:
    """Anything from ``low_seconds`` to ``high_seconds``, all alike."""

    low_seconds: float
    high_seconds: float
    kind: Literal["uniform"] = "uniform"

    def __post_init__(self) -> None:
        _not_negative(self.low_seconds, "low_seconds")
        _not_negative(self.high_seconds, "high_seconds")
        if self.high_seconds < self.low_seconds:
            raise InvalidInput(f"high_seconds {self.high_seconds:g} is below low_seconds {self.low_seconds:g}")

    @property
    def mean_seconds(self) -> float:
        return (self.low_seconds + self.high_seconds) / 2


@dataclass(frozen=True)
class Deterministic:
    """Always the same."""

    seconds: float
    kind: Literal["deterministic"] = "deterministic"

    def __post_init__(self) -> None:
        _not_negative(self.seconds, "seconds")

    @property
    def mean_seconds(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class Empirical:
    """One of the values seen, each as likely as the others; a value seen twice is given twice."""

    seconds: tuple[float, ...]
    kind: Literal["empirical"] = "empirical"

    def __post_init__(self) -> None:
        if not self.seconds:
            raise InvalidInput("an empirical duration needs at least one value in seconds")
        for value in self.seconds:
            _not_negative(value, "seconds")

    @property
    def mean_seconds(self) -> float:
        return sum(self.seconds) / len(self.seconds)


@dataclass(frozen=True)
class Infinite:
    """For ever: the patience of those who never give up."""

    kind: Literal["infinite"] = "infinite"

    @property
    def mean_seconds(self) -> float:
        return inf


Duration = Exponential | LogNormal | Gamma | Weibull | Uniform | Deterministic | Empirical
Patience = Duration | Infinite


def _positive(value: float, name: str) -> None:
    if not (isfinite(value) and value > 0):
        raise InvalidInput(f"{name} is {value:g}; give a finite number above 0")


def _not_negative(value: float, name: str) -> None:
    if not (isfinite(value) and value >= 0):
        raise InvalidInput(f"{name} is {value:g}; give a finite number, 0 or more")
