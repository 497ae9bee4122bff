"""Gradient boosted trees on ratios to a running mean: the challenger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_features import DayFeatures
from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.method import DayMethod
from floorwalker.science.timegrid import TimeGrid

Ints = NDArray[np.int64]

LEAST_DAYS = 56
LEARNING_ROWS = 9_000
MEAN_WEEKS = 6
CONTEXT_DAYS = 28


class Boosting(DayMethod):
    """Trees learn by how much an interval differs from the mean of its slot on the weeks before.

    Poisson deviance on ``count / mean`` weighted by the mean, which is Poisson regression with the mean as
    exposure; so the trees never have to learn, nor fail to extrapolate, the level itself. Under
    :data:`LEAST_DAYS` days of history there is nothing to grow them on and the mean stands alone.
    """

    def __init__(self, rounds: int = 80, leaves: int = 12, learning_rate: float = 0.08) -> None:
        self.rounds = rounds
        self.leaves = leaves
        self.learning_rate = learning_rate

    @property
    def name(self) -> str:
        return "boosting"

    def _learn(self, history: DayMatrix, calendar: Calendar) -> None:
        self.features_ = DayFeatures().fit(history, calendar, self.opening_)
        known = np.where(history.served[:, None], history.rates, np.nan)
        special = np.array([self.features_.special_name(day) is not None for day in history.dates])
        known[special] = np.nan
        self.base_ = np.array([_mean_of(known, len(known), w, history.weekdays) for w in range(7)])
        self.trees_ = None
        if len(history.dates) < LEAST_DAYS:
            return
        rows, ratio, weight = self._examples(history, known)
        if len(ratio) >= 200:
            from sklearn.ensemble import HistGradientBoostingRegressor  # slow to import, seldom alone

            self.trees_ = HistGradientBoostingRegressor(
                loss="poisson",
                max_iter=self.rounds,
                max_leaf_nodes=self.leaves,
                max_bins=48,  # finding finer borders costs more than growing the trees
                learning_rate=self.learning_rate,
                min_samples_leaf=40,
                l2_regularization=5.0,
                early_stopping=False,
                random_state=0,
            )
            self.trees_.fit(rows, ratio, sample_weight=weight)

    def _expect(self, grid: TimeGrid) -> Floats:
        base = self.base_[list(grid.weekdays)]
        if self.trees_ is None:
            return base
        days, slots = np.nonzero(self.opening_.mask(grid.dates))
        ratio = np.ones_like(base)
        if days.size:
            with threadpool_limits(limits=1):
                ratio[days, slots] = self.trees_.predict(self._rows(grid.dates, days, slots))
        expected: Floats = base * ratio
        return expected

    def _examples(self, history: DayMatrix, known: Floats) -> tuple[Floats, Floats, Floats]:
        """Latest days × slots with the mean that was known a week before them."""
        open_ = self.opening_.mask(history.dates)
        per_day = max(int(open_.sum(axis=1).max()), 1)
        first = max(CONTEXT_DAYS, len(history.dates) - LEARNING_ROWS // per_day - 1)
        base = np.full_like(history.rates, np.nan)
        for day in range(first, len(history.dates)):
            base[day] = _mean_of(known, day, int(history.weekdays[day]), history.weekdays)
        usable = open_ & (base > 0) & ~np.isnan(history.rates) & history.served[:, None]
        days, slots = np.nonzero(usable)
        mean = base[days, slots]
        return self._rows(history.dates, days, slots), history.rates[days, slots] / mean, mean

    def _rows(self, days: Sequence[date], at: Ints, slots: Ints) -> Floats:
        """Features of intervals; the month position is one ordered number each, as trees like it."""
        columns = self.features_.columns(days)
        turn, middle = (_position(columns[k]) for k in ("month turn", "mid month"))
        named = columns["special"][:, 0]
        weekday = np.array([day.weekday() for day in days], dtype=float)
        season = np.array([day.timetuple().tm_yday for day in days], dtype=float)
        per_day = np.column_stack([weekday, turn, middle, named, columns["beside"], season])
        return np.column_stack([slots.astype(float), per_day[at]])


def _mean_of(known: Floats, day: int, weekday: int, weekdays: Ints) -> Floats:
    """Mean of the slots on the last same weekdays before ``day``; 0 where never known."""
    past = np.flatnonzero((weekdays[:day] == weekday) & ~np.isnan(known[:day]).all(axis=1))[-MEAN_WEEKS:]
    count = (~np.isnan(known[past])).sum(axis=0)
    mean: Floats = np.nansum(known[past], axis=0) / np.maximum(count, 1)
    return mean


def _position(columns: Floats) -> Floats:
    return np.where(columns.any(axis=1), columns.argmax(axis=1).astype(float), np.nan)
