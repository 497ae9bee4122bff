"""A forecast: expected contacts and handling time per interval, and how sure of them we are."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Spread:
    """How far the real counts may lie from the expected ones, beyond the Poisson randomness of counts.

    Two multiplicative gamma factors of mean 1: one shared by the whole day (``day_cv``, one value a day),
    one of each interval (``slot_cv``, one value an interval), whose neighbours within a day resemble each
    other by ``slot_correlation`` (lag one, 0-1). Next days resemble each other by ``day_correlation``: a level
    that was misjudged stays so, which widens the total of a week and no single day.
    """

    day_cv: Floats
    slot_cv: Floats
    slot_correlation: float = 0.0
    day_correlation: float = 0.0

    def __post_init__(self) -> None:
        if np.any(self.day_cv < 0) or np.any(self.slot_cv < 0):
            raise InvalidInput("coefficients of variation are not negative")
        if not (0 <= self.slot_correlation < 1 and 0 <= self.day_correlation < 1):
            raise InvalidInput("correlations of neighbouring intervals and of next days lie in [0, 1)")


@dataclass(frozen=True)
class Forecast:
    """Contacts of one queue, interval by interval.

    ``contacts`` is the mean, ``aht_seconds`` the mean handling time (NaN where unknown), ``open`` where the
    queue is served at all (closed intervals expect 0). ``method`` names what made it, ``notes`` are sentences
    on what was assumed or changed.
    """

    queue: str
    grid: TimeGrid
    contacts: Floats
    aht_seconds: Floats
    open: NDArray[np.bool_]
    spread: Spread
    method: str
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        count = len(self.grid)
        for name in ("contacts", "aht_seconds", "open"):
            if getattr(self, name).shape != (count,):
                raise InvalidInput(
                    f"{name} of the forecast for {self.queue!r} needs {count} values, one an interval"
                )
        if self.spread.slot_cv.shape != (count,) or self.spread.day_cv.shape != (self.grid.days,):
            raise InvalidInput("a spread needs one slot_cv an interval and one day_cv a day")
        if not np.all(np.isfinite(self.contacts)) or np.any(self.contacts < 0):
            raise InvalidInput(f"the forecast for {self.queue!r} holds counts that are negative or not finite")

    def variance(self) -> Floats:
        """Variance of the count of each interval."""
        day_cv = self.spread.day_cv[np.asarray(self.grid.day_index)]
        extra = (1 + day_cv**2) * (1 + self.spread.slot_cv**2) - 1
        return np.asarray(self.contacts + extra * self.contacts**2, dtype=np.float64)

    def quantile(self, probability: float) -> Floats:
        """Count that the real one stays at or below with that probability, per interval (negative binomial)."""
        if not 0 < probability < 1:
            raise InvalidInput(f"a probability of {probability:g} is not between 0 and 1")
        some = self.contacts > 0
        mean = self.contacts[some]
        excess = np.maximum(self.variance()[some] - mean, 1e-12 * np.maximum(mean, 1.0))
        size = np.maximum(mean, 1e-12) ** 2 / excess
        counts = np.zeros_like(self.contacts)
        counts[some] = _negative_binomial(probability, size, size / (size + np.maximum(mean, 1e-12)))
        return counts

    def paths(self, count: int, seed: int) -> NDArray[np.int64]:
        """``count`` joint samples of the whole horizon, shape (count, intervals); same seed, same numbers."""
        rng = np.random.default_rng(seed)
        days = np.asarray(self.grid.day_index)
        spread = self.spread
        day = _factors(rng, spread.day_cv, count, spread.day_correlation, np.arange(self.grid.days) == 0)
        slot = _factors(rng, spread.slot_cv, count, spread.slot_correlation, np.diff(days, prepend=-1) != 0)
        return np.asarray(rng.poisson(self.contacts * day[:, days] * slot), dtype=np.int64)


def _factors(
    rng: np.random.Generator, cv: Floats, count: int, correlation: float, afresh: NDArray[np.bool_]
) -> Floats:
    """Gamma factors of mean 1, shape (count, cv.size); their ranks are an AR(1) that begins where ``afresh``."""
    from scipy import special

    noise = rng.standard_normal((count, cv.size))
    if correlation > 0:
        for i in np.flatnonzero(~afresh):
            noise[:, i] = correlation * noise[:, i - 1] + np.sqrt(1 - correlation**2) * noise[:, i]
    shape = 1 / np.maximum(cv, 1e-6) ** 2
    return np.asarray(special.gammaincinv(shape, special.ndtr(noise)) / shape, dtype=np.float64)


def _negative_binomial(probability: float, size: Floats, success: Floats) -> Floats:
    """Smallest counts whose distribution function reaches ``probability``."""
    from scipy import special  # scipy.stats has this too, and takes a second to import

    counts = np.maximum(np.ceil(special.nbdtrik(probability, size, success)), 0.0)
    fewer = np.maximum(counts - 1, 0.0)
    reached = special.betainc(size, fewer + 1, success) >= probability  # the inverse may err by a hair upwards
    return np.asarray(np.where(reached, fewer, counts), dtype=np.float64)
