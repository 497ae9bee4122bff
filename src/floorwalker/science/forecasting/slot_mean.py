"""The mean of the last same weekdays, slot by slot: the plainest method, and the one to beat."""

from __future__ import annotations

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.method import DayMethod
from floorwalker.science.timegrid import TimeGrid


class SlotMean(DayMethod):
    """Each interval is expected to be the mean of the same slot on the last ``weeks`` same weekdays.

    Days of a special name and unknown days are stepped over, so that a holiday does not lower the
    weekday that follows it by a week; ``weeks=1`` is last week.
    """

    def __init__(self, weeks: int = 4) -> None:
        if weeks < 1:
            raise InvalidInput(f"a mean needs at least one week, got {weeks}")
        self.weeks = weeks

    @property
    def name(self) -> str:
        return "last-week" if self.weeks == 1 else f"slot-mean-{self.weeks}"

    def _learn(self, history: DayMatrix, calendar: Calendar) -> None:
        ordinary = history.served & np.array([name is None for name in calendar.names(history.dates)])
        if not ordinary.any():
            ordinary = history.served
        self.means_: Floats = np.zeros((7, history.rates.shape[1]))
        for weekday in range(7):
            days = np.flatnonzero(ordinary & (history.weekdays == weekday))[-self.weeks :]
            known = ~np.isnan(history.rates[days])
            self.means_[weekday] = np.nansum(history.rates[days], axis=0) / np.maximum(known.sum(axis=0), 1)

    def _expect(self, grid: TimeGrid) -> Floats:
        return self.means_[list(grid.weekdays)]

    def _notes(self, grid: TimeGrid) -> tuple[str, ...]:  # noqa: ARG002 - the same for every day
        return (f"Each interval is the mean of its slot on the last {self.weeks} same weekdays.",)
