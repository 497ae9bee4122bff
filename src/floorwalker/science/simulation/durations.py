"""How long things last: handling, after-contact work, patience, delays. Every duration names its unit.

A duration is drawn by inverting its distribution function at one uniform number that belongs to the contact, so
the same contact keeps its luck whichever agent serves it. Only the gamma needs more than one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gamma, inf
from typing import Annotated, Literal

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.checks import ByKind, above_zero, at_least_zero

CV_LIMITS = 1e-100, 1e100  # beyond, squares of it have no number
SHAPE_LIMITS = 0.01, 1e100  # below, the mean has none


def within(limits: tuple[float, float], value: float, name: str) -> None:
    """Refuse what is so extreme that no sum of it can be reckoned."""
    lowest, highest = limits
    if not lowest <= value <= highest:
        raise InvalidInput(f"{name} is {value:g}; give a number from {lowest:g} to {highest:g}")


@dataclass(frozen=True)
class Exponential:
    """Without memory; the standard deviation equals the mean."""

    mean_seconds: float
    """Mean, above 0."""
    kind: Literal["exponential"] = "exponential"

    def __post_init__(self) -> None:
        above_zero(self.mean_seconds, "mean_seconds")


@dataclass(frozen=True)
class LogNormal:
    """Mean and coefficient of variation of the seconds themselves, not of their logarithm."""

    mean_seconds: float
    """Mean, above 0."""
    cv: float
    """Standard deviation ÷ mean, above 0."""
    kind: Literal["lognormal"] = "lognormal"

    def __post_init__(self) -> None:
        above_zero(self.mean_seconds, "mean_seconds")
        within(CV_LIMITS, self.cv, "cv")


@dataclass(frozen=True)
class Gamma:
    """Mean and coefficient of variation; the shape is ``1 / cv²``."""

    mean_seconds: float
    """Mean, above 0."""
    cv: float
    """Standard deviation ÷ mean, above 0."""
    kind: Literal["gamma"] = "gamma"

    def __post_init__(self) -> None:
        above_zero(self.mean_seconds, "mean_seconds")
        within(CV_LIMITS, self.cv, "cv")


@dataclass(frozen=True)
class Weibull:
    """``P(T > t) = exp(-(t / scale_seconds)^shape)``: below shape 1 patience grows with the wait."""

    scale_seconds: float
    """The time that 1/e = 37 % outlast, above 0."""
    shape: float
    """1: exponential; above: wear out; below: who stayed long stays longer. 0.01 or more."""
    kind: Literal["weibull"] = "weibull"

    def __post_init__(self) -> None:
        above_zero(self.scale_seconds, "scale_seconds")
        within(SHAPE_LIMITS, self.shape, "shape")

    @property
    def mean_seconds(self) -> float:
        return self.scale_seconds * gamma(1 + 1 / self.shape)


@dataclass(frozen=True)
class Uniform:
    """Anything from ``low_seconds`` to ``high_seconds``, all alike."""

    low_seconds: float
    """The least, 0 or more."""
    high_seconds: float
    """The most, not below the least."""
    kind: Literal["uniform"] = "uniform"

    def __post_init__(self) -> None:
        at_least_zero(self.low_seconds, "low_seconds")
        at_least_zero(self.high_seconds, "high_seconds")
        if self.high_seconds < self.low_seconds:
            raise InvalidInput(
                f"high_seconds is {self.high_seconds:g}; give no less than low_seconds, {self.low_seconds:g}"
            )

    @property
    def mean_seconds(self) -> float:
        return (self.low_seconds + self.high_seconds) / 2


@dataclass(frozen=True)
class Deterministic:
    """Always the same."""

    seconds: float
    """So long, 0 or more."""
    kind: Literal["deterministic"] = "deterministic"

    def __post_init__(self) -> None:
        at_least_zero(self.seconds, "seconds")

    @property
    def mean_seconds(self) -> float:
        return self.seconds


@dataclass(frozen=True)
class Empirical:
    """One of the values seen, each as likely as the others."""

    seconds: tuple[float, ...]
    """The values, 0 or more; one seen twice is given twice."""
    kind: Literal["empirical"] = "empirical"

    def __post_init__(self) -> None:
        if not self.seconds:
            raise InvalidInput("seconds is empty; give at least one value that was seen")
        for place, value in enumerate(self.seconds):
            at_least_zero(value, f"seconds[{place}]")

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


Duration = Annotated[
    Exponential | LogNormal | Gamma | Weibull | Uniform | Deterministic | Empirical, ByKind()
]  # fmt: skip
Patience = Annotated[
    Exponential | LogNormal | Gamma | Weibull | Uniform | Deterministic | Empirical | Infinite, ByKind()
]
