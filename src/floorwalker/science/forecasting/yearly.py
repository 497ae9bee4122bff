"""What the level did at this time of past years, carried over with the growth since."""

from __future__ import annotations

from typing import Self

import numpy as np

from floorwalker.science.forecasting.demand import Floats

YEAR_DAYS = 365.25


class YearlyPath:
    """Log level ahead = past years' level at the same season + growth since, years back weighted.

    ``share_before_last`` is the weight of the year before last where there is one, ``smooth_days`` how far
    a past year's bumps are smoothed (a campaign seldom comes back to the day), ``growth_days`` the memory
    of the growth measured. Near days start from today's level and reach the measured growth within
    ``return_days``.
    """

    def __init__(
        self,
        share_before_last: float = 0.3,
        smooth_days: float = 7.0,
        growth_days: float = 21.0,
        return_days: float = 14.0,
    ) -> None:
        self.share_before_last = share_before_last
        self.smooth_days = smooth_days
        self.growth_days = growth_days
        self.return_days = return_days

    @staticmethod
    def shortest_days() -> int:
        """A year, and eight weeks on which to see the growth since."""
        return int(YEAR_DAYS) + 56

    def fit(self, level: Floats) -> Self:
        """Learn from a daily log level without gaps, the last value being the latest day's."""
        self.level_ = level
        self.smooth_ = _smooth(level, self.smooth_days)
        back = np.arange(0, min(len(level) - int(YEAR_DAYS) - 1, 8 * int(self.growth_days)))
        growth = level[len(level) - 1 - back] - self._past(-back.astype(float))
        self.growth_ = float(np.average(growth, weights=np.exp(-back / self.growth_days)))
        return self

    def predict(self, ahead: Floats) -> Floats:
        """Change of the log level from the latest day to ``ahead`` days later."""
        ahead = np.asarray(ahead, dtype=float)
        target = self._past(ahead) + self.growth_ - self.level_[-1]
        gap = float(self._past(np.zeros(1))[0]) + self.growth_ - self.level_[-1]
        path: Floats = target - gap * np.exp(-ahead / self.return_days)
        return path

    def _past(self, ahead: Floats) -> Floats:
        """Smoothed level one year before, mixed with two years before where known.

        The year before last is first brought to last year's height over the weeks around the origin, so
        that only its shape takes part.
        """
        last = self._at(ahead - YEAR_DAYS * np.ceil(np.maximum(ahead, 1) / YEAR_DAYS))
        if len(self.level_) < 2 * YEAR_DAYS + 28 or np.min(ahead) <= 0:
            return last
        years = np.ceil(np.maximum(ahead, 1) / YEAR_DAYS)
        before = self._at(ahead - YEAR_DAYS * (years + 1))
        window = np.arange(-28.0, 1.0)
        lift = float(np.mean(self._at(window - YEAR_DAYS) - self._at(window - 2 * YEAR_DAYS)))
        return (1 - self.share_before_last) * last + self.share_before_last * (before + lift)

    def _at(self, ahead: Floats) -> Floats:
        place = np.asarray(ahead) + len(self.smooth_) - 1
        return np.interp(place, np.arange(len(self.smooth_)), self.smooth_)


def _smooth(level: Floats, days: float) -> Floats:
    reach = int(3 * days)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(days, 1e-9)) ** 2)
    padded = np.pad(level, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")
