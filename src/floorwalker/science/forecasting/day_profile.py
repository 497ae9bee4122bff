"""Day level × intraday profile: how many today, and when in the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_level import DayLevel
from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.intraday import IntradayProfile
from floorwalker.science.forecasting.method import DayMethod
from floorwalker.science.timegrid import TimeGrid

ORDINARY, SPECIAL, BEFORE_SPECIAL = 0, 1, 2
LEAST_SHARE_KNOWN = 0.6  # of a day's usual contacts, for its total to be made up from the part that is known


class DayProfile(DayMethod):
    """Two models multiplied: :class:`DayLevel` for the total of the day, :class:`IntradayProfile` for its shape.

    ``yearly`` lets the level follow past years' course where the history is long enough for it.
    """

    def __init__(self, yearly: bool = True) -> None:
        self.yearly = yearly

    @property
    def name(self) -> str:
        return "day-profile" if self.yearly else "day-profile-flat"

    def _learn(self, history: DayMatrix, calendar: Calendar) -> None:
        open_ = self.opening_.mask(history.dates)
        self.profile_ = IntradayProfile().fit(
            history.rates, history.weekdays, self._kinds(history.dates), self.opening_.open_
        )
        totals = self._day_totals(history, open_)
        self.level_ = DayLevel(self.yearly).fit(history, totals, calendar, self.opening_)

    def _day_totals(self, history: DayMatrix, open_: NDArray[np.bool_]) -> Floats:
        """Totals of the open days, gaps within a day made up in proportion; NaN where too little is known."""
        shares = self.profile_.predict(history.weekdays.tolist(), [ORDINARY] * len(history.dates))
        known = ~np.isnan(history.rates)
        share = np.where(open_.any(axis=1), (shares * known).sum(axis=1), 0.0)
        came = np.where(known, history.rates, 0.0).sum(axis=1)
        enough = history.served & (share >= LEAST_SHARE_KNOWN)
        return np.where(enough, came / np.maximum(share, LEAST_SHARE_KNOWN), np.nan)

    def _kinds(self, days: Sequence[date]) -> NDArray[np.int64]:
        calendar = self.opening_.calendar_
        special = np.array([calendar.name(day) is not None for day in days])
        after = [date.fromordinal(day.toordinal() + 1) for day in days]
        before = np.array([calendar.name(day) is not None for day in after])
        return np.where(special, SPECIAL, np.where(before, BEFORE_SPECIAL, ORDINARY))

    def _expect(self, grid: TimeGrid) -> Floats:
        shares = self.profile_.predict(grid.weekdays, self._kinds(grid.dates).tolist())
        return self.level_.predict(grid.dates)[:, None] * shares
