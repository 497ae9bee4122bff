"""Handling time ahead, per weekday and slot, partially pooled.

The mean handling time of one weekday and slot rests on few contacts, so it is drawn towards what its slot and
its weekday let expect, and these towards the mean of the queue. How strongly is learnt from the data:
Bühlmann-Straub credibility, ``Z = n / (n + k)`` with ``k`` the variance between contacts over the variance
between cells (Bühlmann & Straub, "Glaubwürdigkeit für Schadensätze", 1970; Bühlmann & Gisler, "A Course in
Credibility Theory and its Applications", Springer 2005, chapter 4).
"""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.timegrid import TimeGrid

Cells = NDArray[np.int64]
DAMPING = 0.97  # a day's drift counts this much less each day ahead: drifts of handling time seldom last
LARGEST_DRIFT = 0.2  # no extrapolation moves the level by more than this share


class HandlingTime:
    """Mean handling time per interval, learnt from contacts handled.

    ``half_life_days`` is the age at which a day counts half for the present level (the pattern over weekdays
    and slots, which changes slowly, is learnt from the whole history relative to the level of its time).
    ``trend`` lets a drift that stands out of the noise run on, damped, beyond the history.

    Fitted: ``level_`` the present mean in seconds, ``drift_`` its change per day in log units, ``pattern_``
    factors of shape (7, slots per day), ``credibility_`` the ``k`` of slots, of weekdays and of
    weekday-slots in contacts (infinite: no difference was found).
    """

    def __init__(self, *, half_life_days: float = 28.0, trend: bool = True) -> None:
        if not half_life_days > 0:
            raise InvalidInput(f"a half-life of {half_life_days:g} days is not positive; give days, such as 28")
        self.half_life_days = half_life_days
        self.trend = trend

    def fit(self, demand: Demand) -> Self:
        """Learn from ``demand``; without any handling time in it, :meth:`predict` answers NaN."""
        grid = demand.grid
        handled, seconds = _usable(demand)
        days = np.asarray(grid.day_index)
        day_handled = _sums(days, handled, grid.days)
        day_seconds = _sums(days, seconds, grid.days)
        self.grid_ = grid
        self.pattern_: Floats = np.ones((7, grid.slots_per_day))
        self.credibility_: tuple[float, float, float] = (np.inf, np.inf, np.inf)
        if not day_handled.any():
            self.level_, self.drift_ = np.nan, 0.0
            return self
        level = _local_level(day_handled, day_seconds, self.half_life_days)
        relative = seconds / level[days]  # handling time in units of the level of its time
        self._learn_pattern(grid, handled, relative)
        expected = _sums(days, handled * self._pattern_on(grid), grid.days)
        self._learn_level(expected, day_seconds)
        return self

    def predict(self, grid: TimeGrid) -> Floats:
        """Mean handling time in seconds of each interval of ``grid``; NaN only if none was ever observed."""
        if grid.step_seconds != self.grid_.step_seconds:
            raise InvalidInput(
                f"handling times were learnt at {self.grid_.step_seconds // 60} minutes and cannot be predicted "
                f"at {grid.step_seconds // 60}; fit them on the step you need"
            )
        ahead = np.array([(day - self.grid_.last_day).days for day in grid.dates], dtype=np.float64)
        reach = (1 - DAMPING ** np.maximum(ahead, 0)) / (1 - DAMPING)
        drift = np.clip(self.drift_ * reach, -LARGEST_DRIFT, LARGEST_DRIFT)
        return np.asarray(self.level_ * np.exp(drift)[np.asarray(grid.day_index)] * self._pattern_on(grid))

    def _pattern_on(self, grid: TimeGrid) -> Floats:
        weekdays = np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
        return np.asarray(self.pattern_[weekdays, np.asarray(grid.slots)])

    def _learn_pattern(self, grid: TimeGrid, handled: Floats, relative: Floats) -> None:
        slots = np.asarray(grid.slots, dtype=np.int64)
        weekdays = np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
        count = grid.slots_per_day
        by_slot, slot_k = pooled_means(slots, handled, relative, np.ones(count))
        by_weekday, weekday_k = pooled_means(weekdays, handled, relative, np.ones(7))
        parents = np.outer(by_weekday, by_slot).ravel()
        by_cell, cell_k = pooled_means(weekdays * count + slots, handled, relative, parents)
        self.pattern_ = by_cell.reshape(7, count)
        self.credibility_ = (slot_k, weekday_k, cell_k)

    def _learn_level(self, expected: Floats, day_seconds: Floats) -> None:
        """Present level and drift from each day's seconds against those its pattern lets expect."""
        age = np.arange(expected.size)[::-1].astype(np.float64)
        weight = expected * 0.5 ** (age / self.half_life_days)
        observed = expected > 0
        ratio = day_seconds[observed] / expected[observed]
        weight, age = weight[observed], age[observed]
        self.level_ = float(np.average(ratio, weights=weight)) if weight.sum() > 0 else float(ratio.mean())
        self.drift_ = 0.0
        if self.trend and ratio.size >= 14 and self.level_ > 0:
            slope, doubt = _slope(-age, ratio / self.level_, weight)
            self.drift_ = slope * max(0.0, 1 - (2 * doubt / slope) ** 2) if slope else 0.0
            # The weighted mean lies where the weight lies, half a life back; a believed drift brings it to today.
            self.level_ *= float(np.exp(self.drift_ * np.average(age, weights=weight)))


def _usable(demand: Demand) -> tuple[Floats, Floats]:
    """Contacts handled and their seconds, zero wherever one of the two is unknown."""
    if demand.handled is None or demand.handling_seconds is None:
        return np.zeros(len(demand.grid)), np.zeros(len(demand.grid))
    known = (demand.handled > 0) & ~np.isnan(demand.handling_seconds)
    return np.where(known, demand.handled, 0.0), np.where(known, demand.handling_seconds, 0.0)


def _sums(cells: Cells, values: Floats, count: int) -> Floats:
    return np.bincount(cells, values, count).astype(np.float64)


def _local_level(handled: Floats, seconds: Floats, half_life: float) -> Floats:
    """Level of each day: the mean around it, two-sided, exponentially weighted by distance."""
    decay = 0.5 ** (1 / half_life)

    def around(values: Floats) -> Floats:
        sums = values.copy()
        for d in range(1, values.size):
            sums[d] += decay * sums[d - 1]
        after = 0.0
        for d in range(values.size - 2, -1, -1):
            after = decay * (after + values[d + 1])
            sums[d] += after
        return sums

    contacts = around(handled)
    level = around(seconds) / np.where(contacts > 0, contacts, 1.0)
    return np.where(level > 0, level, 1.0)


def pooled_means(cells: Cells, handled: Floats, seconds: Floats, parents: Floats) -> tuple[Floats, float]:
    """Credibility means of cells: each cell's mean drawn to its parent, and the ``k`` that says how strongly.

    ``cells`` is the cell of each interval, ``handled`` and ``seconds`` its contacts and their total time,
    ``parents`` the value each cell falls back to. Formulas of Bühlmann & Gisler (2005), section 4.8.
    """
    size = parents.size
    contacts, totals = _sums(cells, handled, size), _sums(cells, seconds, size)
    own = np.divide(totals, contacts, out=parents.copy(), where=contacts > 0)
    seen = handled > 0
    residual = seconds[seen] / handled[seen] - own[cells[seen]]
    freedom = int(seen.sum()) - int((contacts > 0).sum())
    if freedom < 1:
        return parents.copy(), np.inf
    within = float(np.sum(handled[seen] * residual**2)) / freedom
    spread = float(np.sum(contacts * (own - parents) ** 2))
    groups = int((contacts > 0).sum())
    scale = contacts.sum() - np.sum(contacts**2) / contacts.sum()
    between = max(0.0, (spread - (groups - 1) * within) / scale) if scale > 0 else 0.0
    if between == 0.0:
        return parents.copy(), np.inf
    k = within / between
    trust = contacts / (contacts + k) if k > 0 else (contacts > 0).astype(np.float64)
    return np.asarray(trust * own + (1 - trust) * parents), k


def _slope(x: Floats, y: Floats, weight: Floats) -> tuple[float, float]:
    """Weighted least-squares slope and its standard error."""
    x = x - np.average(x, weights=weight)
    y = y - np.average(y, weights=weight)
    xx = float(np.sum(weight * x * x))
    if xx <= 0:
        return 0.0, 0.0
    slope = float(np.sum(weight * x * y)) / xx
    error = y - slope * x
    return slope, float(np.sqrt(np.sum((weight * x * error) ** 2))) / xx
