"""Estimates with their intervals: Student's over replications or batches, those of ratios by linearisation."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A mean and the half-width of its 95 % interval (infinite with one replication)."""

    mean: float
    half_width: float
    replications: int

    @property
    def low(self) -> float:
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        return self.mean + self.half_width

    def over(self, number: float) -> Estimate:
        """Divided by a number above 0."""
        return Estimate(self.mean / number, self.half_width / number, self.replications)


def ratio(above: Values, below: Values, replications: int) -> Estimate:
    """Sum over sum; the interval by linearisation. With ones below it is the mean and Student's interval."""
    means, halves = ratios(above, below)
    return Estimate(float(means), float(halves), replications)


def ratios(above: Values, below: Values) -> tuple[Values, Values]:
    """Many ratios at once: sums and half-widths over the first axis; nan and infinite where nothing is below."""
    import numpy as np

    below = np.broadcast_to(below, above.shape)
    weight, tries = below.sum(axis=0), len(above)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(weight == 0, np.nan, above.sum(axis=0) / weight)
        if tries < 2:
            return means, np.full(means.shape, inf)
        spread = np.square(above - means * below).sum(axis=0) * tries / (tries - 1)
        halves = student(tries - 1) * np.sqrt(spread) / np.abs(weight)
    return means, np.where(weight == 0, inf, halves)


def spread_of(values: Values, about: Values) -> Values:
    """Half-width of a figure reckoned from all, by what each batch (first axis, nan: nothing) says of it alone."""
    import numpy as np
    from scipy.special import stdtrit

    known = np.isfinite(values)
    tries = known.sum(axis=0)
    squares = np.where(known, np.square(values - about), 0.0).sum(axis=0)
    freedom = np.maximum(tries - 1, 1)
    halves = stdtrit(freedom, 0.975) * np.sqrt(squares / freedom / np.maximum(tries, 1))
    found: Values = np.where(tries > 1, halves, inf)
    return found


def student(freedom: int) -> float:
    """Half of a 95 % interval in standard errors."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975)) if freedom > 0 else inf
