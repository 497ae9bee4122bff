"""The total of a day: weekday, special days, the month, a slow level, and what last year did next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

import numpy as np

from floorwalker.science.forecasting.block_regression import BlockRegression
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_features import DayFeatures
from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.opening import OpeningHours
from floorwalker.science.forecasting.recurring import recurring_days
from floorwalker.science.forecasting.yearly import YearlyPath

LEAST_DAYS_FOR_RECURRENCE = 330


class DayLevel:
    """Log-linear model of day totals with learnt shrinkage, and its level carried into the future.

    ``yearly=True`` lets the level move as it moved at the same time of past years, lifted by the growth since
    (:class:`YearlyPath`), once the history is long enough; otherwise the level stays where it is.
    """

    def __init__(self, yearly: bool = True) -> None:
        self.yearly = yearly

    def fit(self, history: DayMatrix, totals: Floats, calendar: Calendar, opening: OpeningHours) -> Self:
        """Learn from day ``totals`` (NaN: unknown, or closed)."""
        known = np.flatnonzero(totals >= 0)
        days = [history.dates[d] for d in known]
        counted = np.maximum(totals[known], 0.5)  # an empty day has a logarithm too
        response, noise = np.log(counted), 1 / counted
        self.features_ = DayFeatures().fit(history, calendar, opening)
        self._regress(days, response, noise)
        self.recurring_: tuple[str, ...] = ()
        if len(history.dates) >= LEAST_DAYS_FOR_RECURRENCE:
            unnamed = np.array([self.features_.special_name(day) is None for day in days])
            self.recurring_ = recurring_days(days, self.regression_.residual_ * unnamed, self.sigma_)
            if self.recurring_:
                self.features_ = DayFeatures().fit(history, calendar, opening, self.recurring_)
                self._regress(days, response, noise)
        fitted = np.exp(response - self.regression_.residual_)
        trusted = self.regression_.robust_ * (known >= known[-1] - 182)
        self.smear_ = float((trusted * totals[known]).sum() / (trusted * fitted).sum())
        self.path_ = self._learn_path(history) if self.yearly else None
        return self

    def predict(self, days: Sequence[date]) -> Floats:
        """Expected total of each day, as if it were open."""
        mean, _ = self.regression_.predict(self.features_.columns(days))
        if self.path_ is not None:
            age = np.array([(day - self.features_.last_).days for day in days])
            mean = mean + self.path_.predict(age)
        total: Floats = np.exp(mean) * self.smear_
        return total

    @property
    def sigma_(self) -> float:
        """Standard deviation of a day about its expectation, in logs."""
        return float(np.sqrt(self.regression_.sigma2_))

    def _regress(self, days: Sequence[date], response: Floats, noise: Floats) -> None:
        self.regression_ = BlockRegression().fit(self.features_.blocks(days), response, noise)

    def _learn_path(self, history: DayMatrix) -> YearlyPath | None:
        """The weekday- and holiday-free level, day by day, is what comes back each year."""
        level = self.regression_.effect("walk", self.features_.columns(history.dates)["walk"])
        return YearlyPath().fit(level) if len(level) >= YearlyPath.shortest_days() else None
