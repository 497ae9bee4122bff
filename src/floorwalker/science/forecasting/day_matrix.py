"""A history as days × wall-clock slots, the shape in which every method reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

QUIET_DAY = 6.0  # contacts a day; a day that expects so many is empty by chance once a year


@dataclass(frozen=True)
class DayMatrix:
    """``rates[d, s]``: contacts per full step at wall-clock slot ``s`` of day ``d``; NaN where unknown.

    An hour that comes twice is averaged, one that does not exist is unknown, an interval cut short is
    scaled up. So a day of 23 or 25 hours teaches the profile nothing wrong, and :func:`on_grid` gives
    it its own true total back.
    """

    dates: tuple[date, ...]
    rates: Floats

    @classmethod
    def of(cls, demand: Demand) -> DayMatrix:
        return cls(demand.grid.dates, by_day(demand.offered, demand.grid))

    @cached_property
    def weekdays(self) -> NDArray[np.int64]:
        return np.array([day.weekday() for day in self.dates])

    @cached_property
    def totals(self) -> Floats:
        """Contacts of each day; NaN where no slot is known."""
        known = ~np.isnan(self.rates)
        return np.where(known.any(axis=1), np.nansum(self.rates, axis=1), np.nan)

    @cached_property
    def served(self) -> NDArray[np.bool_]:
        """Days on which somebody answered: those with a contact, and the empty ones of a very quiet weekday.

        An empty day is chance only where days are quiet and seldom empty; elsewhere the queue was closed.
        """
        busy = np.nan_to_num(self.totals) > 0
        served = busy.copy()
        for weekday in np.unique(self.weekdays[busy]):
            own = self.weekdays == weekday
            usual = np.median(self.totals[own & busy])
            empty = own & (self.totals == 0)
            if usual < QUIET_DAY and busy[own].sum() > empty.sum() / 2:
                served |= empty
        return served


def by_day(values: Floats, grid: TimeGrid) -> Floats:
    """Values of a grid as days × slots, per full step."""
    shape = (grid.days, grid.slots_per_day)
    cell = np.asarray(grid.day_index) * shape[1] + np.asarray(grid.slots)
    rates = values / _share_of_step(grid)
    known = ~np.isnan(rates)
    cells = shape[0] * shape[1]
    total = np.bincount(cell[known], rates[known], cells)
    count = np.bincount(cell[known], minlength=cells)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan).reshape(shape)


def on_grid(rates: Floats, grid: TimeGrid) -> Floats:
    """The inverse of :func:`by_day` for a full matrix of rates."""
    cells: Floats = rates[np.asarray(grid.day_index), np.asarray(grid.slots)]
    return cells * _share_of_step(grid)


def _share_of_step(grid: TimeGrid) -> Floats:
    if grid.step_seconds == DAY_SECONDS:  # a day is a day, however many hours it has
        return np.ones(len(grid))
    return np.asarray(grid.lengths) / grid.step_seconds
