"""The mix of contact reasons ahead: which share of the contacts will be about what.

Counts of reasons on one day are a multinomial whose shares wander from day to day (a Dirichlet-multinomial;
Mosimann, "On the compound multinomial distribution", Biometrika 49, 1962). A weekday and slot seen seldom leans on
the queue as a whole, as strongly as the data say: the concentration of the prior is its maximum-likelihood
estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import betaincinv, gammaln

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.timegrid import TimeGrid

WEAKEST, STRONGEST = 1e-2, 1e8  # limits of a concentration, in contacts


@dataclass(frozen=True)
class MixForecast:
    """Shares of contact reasons, each of shape (reasons, intervals).

    ``shares`` add up to one in every interval; ``low`` and ``high`` bound the true share of that day or interval
    with the probability ``coverage``.
    """

    reasons: tuple[str, ...]
    grid: TimeGrid
    shares: Floats
    low: Floats
    high: Floats
    coverage: float


class ContactMix:
    """Learn and predict the mix of contact reasons.

    ``half_life_days`` is the age at which a day counts half. ``by_slot`` lets the mix differ by time of day as
    well as by weekday (on a grid of whole days there is only the weekday).

    Fitted: ``reasons_``, ``overall_`` the shares of the queue, ``shares_`` (reasons, cells), ``concentration_``
    how many contacts the overall mix counts for in a cell, ``daily_concentration_`` how steady shares are from one
    period to the next (infinite: as steady as chance allows), ``weekly_drift_`` how far the mix as a
    whole wanders in a week (variance in units of share × (1 - share)).
    """

    def __init__(self, *, half_life_days: float = 42.0, by_slot: bool = True) -> None:
        if not half_life_days > 0:
            raise InvalidInput(f"a half-life of {half_life_days:g} days is not positive; give days, such as 42")
        self.half_life_days = half_life_days
        self.by_slot = by_slot

    def fit(self, reasons: Sequence[str], counts: Floats, grid: TimeGrid) -> Self:
        """Learn from ``counts`` of shape (reasons, intervals of ``grid``), NaN where unknown."""
        counts = _checked(reasons, counts, grid)
        self.reasons_ = tuple(reasons)
        self.step_seconds_ = grid.step_seconds
        cells = self._cells(grid)
        size = 7 * (grid.slots_per_day if self.by_slot else 1)
        age = grid.days - 1 - np.asarray(grid.day_index)
        recency = 0.5 ** (age / self.half_life_days)
        known = ~np.isnan(counts).any(axis=0)
        counts = np.where(known, counts, 0.0)
        totals = counts.sum(axis=0)
        if not totals.any():
            raise InvalidInput("no contact with a reason is known; a mix needs at least one")
        half = 0.5 / len(self.reasons_)  # Jeffreys' half a contact keeps a reason never seen from being impossible
        recent = counts @ recency + half
        self.overall_: Floats = recent / recent.sum()
        self.daily_concentration_ = _steadiness(counts, cells, size)
        # A day whose shares wander as a whole is worth fewer contacts than it holds.
        worth = recency / (1 + np.maximum(totals - 1, 0) / (self.daily_concentration_ + 1))
        informed = np.array([np.bincount(cells, row * worth, size) for row in counts])
        self.concentration_ = _concentration(informed, self.overall_)
        alpha = informed + self.concentration_ * self.overall_[:, None]
        total = alpha.sum(axis=0)
        self.shares_: Floats = alpha / total
        # The overall mix that a cell leans on is itself known only as well as all contacts together tell it.
        self._doubt: Floats = 1 / (total + 1) + (self.concentration_ / total) ** 2 / (informed.sum() + 1)
        self.weekly_drift_ = _drift(counts, worth / recency, age // 7)
        self._last_day = grid.last_day
        self._age_days = float(np.average(age, weights=totals * recency))
        return self

    def predict(self, grid: TimeGrid, *, coverage: float = 0.9) -> MixForecast:
        """Shares in each interval of ``grid``, with intervals that hold the day's share with ``coverage``."""
        if not 0 < coverage < 1:
            raise InvalidInput(f"a coverage of {coverage:g} is not between 0 and 1")
        if grid.step_seconds != self.step_seconds_:
            raise InvalidInput(
                f"the mix was learnt at {self.step_seconds_ // 60} minutes and cannot be predicted at "
                f"{grid.step_seconds // 60}; fit it on the step you need"
            )
        cells = self._cells(grid)
        shares = self.shares_[:, cells]
        ahead = np.array([max((day - self._last_day).days, 0) for day in grid.dates])[np.asarray(grid.day_index)]
        # Three independent doubts – of the mean share, of the day around it, of the drift since the middle of the
        # history – as one beta of the same variance.
        drift = self.weekly_drift_ * (ahead + self._age_days) / 7
        doubt = self._doubt[cells] + 1 / (self.daily_concentration_ + 1) + drift
        size = np.maximum(1 / doubt - 1, 1e-6)
        tail = (1 - coverage) / 2
        low, high = np.ones_like(shares), np.ones_like(shares)
        if len(self.reasons_) > 1:
            a, b = shares * size, (1 - shares) * size
            low, high = (np.asarray(betaincinv(a, b, t)) for t in (tail, 1 - tail))
        return MixForecast(self.reasons_, grid, shares, low, high, coverage)

    def _cells(self, grid: TimeGrid) -> NDArray[np.int64]:
        cells: NDArray[np.int64] = np.asarray(grid.weekdays, dtype=np.int64)[np.asarray(grid.day_index)]
        if self.by_slot:
            cells = cells * grid.slots_per_day + np.asarray(grid.slots)
        return cells


def _steadiness(counts: Floats, cells: NDArray[np.int64], size: int) -> float:
    """Concentration of the shares of single periods around their cell's, by the moments of Pearson's statistic.

    In a period of ``n`` contacts the statistic is expected to be ``(reasons - 1) (1 + (n - 1) / (c + 1))``.
    """
    by_cell = np.array([np.bincount(cells, row, size) for row in counts])
    cell_total = by_cell.sum(axis=0)
    shares = by_cell / np.where(cell_total > 0, cell_total, 1.0)
    totals = counts.sum(axis=0)
    expected = shares[:, cells] * totals
    surprise = np.divide((counts - expected) ** 2, expected, out=np.zeros_like(expected), where=expected > 0).sum()
    present = (shares > 0).sum(axis=0)[cells] - 1  # a reason never seen in a cell leaves no freedom there
    # Each cell's own mean uses up the part of the freedom its period had in it.
    left = 1 - totals / np.where(cell_total > 0, cell_total, 1.0)[cells]
    chance = float(np.sum(present * left * (totals > 0)))
    lever = float(np.sum(present * left * np.maximum(totals - 1, 0)))
    beyond = (surprise - chance) / lever if lever > 0 else 0.0
    return 1 / beyond - 1 if 0 < beyond < 1 else (np.inf if beyond <= 0 else WEAKEST)


def _drift(counts: Floats, worth: Floats, weeks: NDArray[np.int64]) -> float:
    """Variance by which shares wander from week to week, beyond what the contacts of a week leave unsure."""
    size = int(weeks.max()) + 1
    by_week = np.array([np.bincount(weeks, row, size) for row in counts])
    totals = by_week.sum(axis=0)
    informed = np.bincount(weeks, counts.sum(axis=0) * worth, size)
    used = (informed > 0) & (np.bincount(weeks, minlength=size) == np.bincount(weeks).max())  # whole weeks only
    present = by_week.sum(axis=1) > 0
    if used.sum() < 3 or present.sum() < 2:
        return 0.0
    shares = by_week[present][:, used] / totals[used]
    steps = np.diff(shares, axis=1) ** 2 / shares.mean(axis=1, keepdims=True)
    chance = 1 / informed[used][1:] + 1 / informed[used][:-1]
    return max(0.0, float(np.mean(steps.sum(axis=0) / (present.sum() - 1) - chance)))


def _concentration(counts: Floats, overall: Floats) -> float:
    """Maximum-likelihood concentration of cells' shares around the overall mix."""
    counts = counts[:, counts.sum(axis=0) > 0]
    totals = counts.sum(axis=0)

    def loss(log_size: float) -> float:
        alpha = np.exp(log_size) * overall[:, None]
        size = alpha.sum()
        fit = gammaln(size) - gammaln(totals + size) + (gammaln(counts + alpha) - gammaln(alpha)).sum(axis=0)
        return -float(np.sum(fit))

    found = minimize_scalar(loss, bounds=(np.log(WEAKEST), np.log(STRONGEST)), method="bounded")
    return float(np.exp(found.x))


def _checked(reasons: Sequence[str], counts: Floats, grid: TimeGrid) -> Floats:
    counts = np.asarray(counts, dtype=np.float64)
    if not reasons or len(set(reasons)) != len(reasons):
        raise InvalidInput(f"reasons must be named once each, got {list(reasons)}")
    if counts.shape != (len(reasons), len(grid)):
        raise InvalidInput(
            f"counts of {len(reasons)} reasons over {len(grid)} intervals cannot have the shape {counts.shape}"
        )
    if np.any(counts < 0) or np.any(np.isinf(counts)):
        raise InvalidInput("counts of reasons are finite and not negative")
    return counts
