"""Negative binomial regression of the count in each interval on what is known of it beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_features import DayFeatures
from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.method import DayMethod
from floorwalker.science.timegrid import TimeGrid

Ints = NDArray[np.int64]

FINEST_SLOTS = 48  # finer grids share coefficients between slots, joined by straight lines
WEEKDAY_KNOTS = 12
ROUNDS = 12
DAY_KINDS = {"month turn": 1.0, "mid month": 1.0, "special": 0.1, "named": 0.2, "beside": 0.5}


class CountRegression(DayMethod):
    """``log E[count] = slot + weekday × time of day + month position + special and beside days + recent steps``.

    Iteratively reweighted least squares for the quasi-negative-binomial ``Var = μ + μ²/size``, with a ridge on
    everything but the slots: an effect of the day seen on ``penalty`` days is half believed. Only the latest
    ``weeks`` teach: profiles age, and the regression stays quick. Cameron and Trivedi, "Regression analysis of
    count data" (2013), ch. 3.
    """

    def __init__(self, weeks: int = 26, penalty: float = 3.0) -> None:
        if weeks < 1 or not penalty > 0:
            raise InvalidInput(f"weeks and penalty are positive, got {weeks} and {penalty}")
        self.weeks = weeks
        self.penalty = penalty

    @property
    def name(self) -> str:
        return "count-regression"

    def _learn(self, history: DayMatrix, calendar: Calendar) -> None:
        recent = DayMatrix(history.dates[-7 * self.weeks :], history.rates[-7 * self.weeks :])
        self.features_ = DayFeatures().fit(recent, calendar, self.opening_)
        usable = self.opening_.mask(recent.dates) & ~np.isnan(recent.rates) & recent.served[:, None]
        days, slots = np.nonzero(usable)
        counts = recent.rates[days, slots]
        design = self._design(recent.dates)
        self.doubt_ = self._doubt(recent.dates)
        rows = self._rows(design, recent.weekdays, days, slots)
        self.coefficients_, self.size_ = self._solve(rows, counts, len(np.unique(days)))

    def _expect(self, grid: TimeGrid) -> Floats:
        days, slots = np.nonzero(self.opening_.mask(grid.dates))
        expected = np.zeros((grid.days, grid.slots_per_day))
        if days.size:
            rows = self._rows(self._design(grid.dates), np.asarray(grid.weekdays), days, slots)
            expected[days, slots] = np.exp(np.minimum(rows @ self.coefficients_, self.ceiling_))
        return expected

    def _design(self, days: Sequence[date]) -> Floats:
        """Columns of the day: everything but the weekday, which meets the time of day."""
        columns = self.features_.columns(days)
        walk = columns["walk"][:, ::2]  # two-weekly steps are enough here
        return np.hstack([walk, *(columns[kind] for kind in DAY_KINDS)])

    def _doubt(self, days: Sequence[date]) -> Floats:
        """How many times the ``penalty`` each day column bears: special days differ much, and say so at once."""
        columns = self.features_.columns(days[:1])
        walk = columns["walk"][:, ::2].shape[1]
        return np.concatenate([np.ones(walk), *(np.full(columns[k].shape[1], DAY_KINDS[k]) for k in DAY_KINDS)])

    def _rows(self, design: Floats, weekdays: Ints, days: Ints, slots: Ints) -> Floats:
        per_day = self.opening_.open_.shape[1]
        fine = _hats(per_day, min(per_day, FINEST_SLOTS))[slots]
        coarse = _hats(per_day, min(per_day, WEEKDAY_KNOTS))[slots]
        own = np.zeros((len(days), 7, coarse.shape[1]))
        own[np.arange(len(days)), weekdays[days]] = coarse
        return np.hstack([fine, own.reshape(len(days), -1), design[days]])

    def _solve(self, X: Floats, y: Floats, days: int) -> tuple[Floats, float]:
        """Coefficients and the negative binomial size, found in turn."""
        free = min(self.opening_.open_.shape[1], FINEST_SLOTS)
        penalty = np.full(X.shape[1], self.penalty)
        penalty[:free] = 1e-3
        eta = np.log(y + 0.5)
        centre, size = float(np.log(y.mean() + 1e-9)), 50.0
        self.ceiling_ = float(np.log(10 * y.max() + 10))
        beta = np.zeros(X.shape[1])
        for _ in range(ROUNDS):
            mu = np.exp(np.clip(eta, centre - 12, self.ceiling_))
            weight = mu / (1 + mu / size)
            working = np.log(mu) - centre + (y - mu) / mu
            gram = X.T @ (X * weight[:, None])
            penalty[-self.doubt_.size :] = self.doubt_ * self.penalty * weight.sum() / days
            gram[np.diag_indices_from(gram)] += penalty
            before, beta = beta, np.linalg.solve(gram, X.T @ (weight * working))
            eta = X @ beta + centre
            mu = np.exp(np.clip(eta, centre - 12, self.ceiling_))
            over = np.median(((y - mu) ** 2 - mu) / mu**2) / 0.45  # by the median: one odd day must not decide
            size = 1 / max(over, 1e-4)
            if np.max(np.abs(beta - before)) < 1e-3:
                break
        beta[:free] += centre  # the slots' hats add up to one, so the centre can live there
        return beta, float(size)


def _hats(slots: int, knots: int) -> Floats:
    """Straight-line interpolation between ``knots`` equally spaced over a day's ``slots``; rows add up to one."""
    if knots <= 1:
        return np.ones((slots, 1))
    place = np.arange(slots) * (knots - 1) / max(slots - 1, 1)
    hats: Floats = np.clip(1 - np.abs(place[:, None] - np.arange(knots)), 0.0, 1.0)
    return hats
