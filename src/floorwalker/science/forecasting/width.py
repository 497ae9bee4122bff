"""How wide a forecast must be, measured on days it had not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.forecast import Spread
from floorwalker.science.timegrid import TimeGrid

FIRST_GUESS_DAY_CV = 0.15  # what a history too short to judge itself is given
FIRST_GUESS_SLOT_CV = 0.10


@dataclass(frozen=True)
class Width:
    """Coefficients of variation of the day factor and of the slot factor, beyond Poisson randomness."""

    day_cv: float = FIRST_GUESS_DAY_CV
    slot_cv: float = FIRST_GUESS_SLOT_CV

    def spread(self, grid: TimeGrid) -> Spread:
        return Spread(np.full(grid.days, self.day_cv), np.full(len(grid), self.slot_cv))


def measure(actual: Floats, expected: Floats) -> Width:
    """Width from days × slots that came and days × slots that had been expected.

    Moments: the variance of day ratios less what Poisson noise explains is the day factor's, the variance
    of slots about their day's ratio less Poisson noise is the slot factor's.
    """
    both = ~np.isnan(actual) & (expected > 0)
    came, meant = np.where(both, actual, 0.0), np.where(both, expected, 0.0)
    days = meant.sum(axis=1) > 0
    if days.sum() < 3:
        return Width()
    total, mean = came.sum(axis=1)[days], meant.sum(axis=1)[days]
    ratio = total / mean
    day_variance = np.mean((ratio - 1) ** 2 - 1 / mean)
    level = np.where(both[days], meant[days] * ratio[:, None], 0.0)
    squares = (np.where(both[days], came[days], 0.0) - level) ** 2 - level
    slot_variance = squares.sum() / max((level**2).sum(), 1e-9)
    return Width(float(np.sqrt(max(day_variance, 1e-4))), float(np.sqrt(max(slot_variance, 1e-6))))


def weekly_width(history: DayMatrix, weeks: int, origins: int = 8) -> Width:
    """Width of the mean of the last ``weeks`` same weekdays, tried on the latest ``origins`` weeks."""
    rates, tries = history.rates, range(max(7, len(history.dates) - 7 * origins), len(history.dates))
    expected = np.full_like(rates, np.nan)
    for d in tries:
        past = rates[[e for e in range(d - 7 * weeks, d, 7) if e >= 0]]
        known = (~np.isnan(past)).sum(axis=0)
        expected[d] = np.where(known > 0, np.nansum(past, axis=0) / np.maximum(known, 1), np.nan)
    return measure(rates, expected)
