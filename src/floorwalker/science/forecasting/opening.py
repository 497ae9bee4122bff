"""When the queue is served: learnt from where contacts ever came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_matrix import DayMatrix

Mask = NDArray[np.bool_]


class OpeningHours:
    """Open slots per weekday, and the special days on which nobody answers.

    A weekday is read from its ``recent_weeks`` latest days with any contact, so opening hours that changed
    are followed. Empty slots between contacts count as closed only where the gap is ``gap_minutes`` or
    longer: in a quiet queue a quiet half hour is not a closed one.
    """

    def __init__(self, recent_weeks: int = 8, gap_minutes: float = 120) -> None:
        self.recent_weeks = recent_weeks
        self.gap_minutes = gap_minutes

    def fit(self, history: DayMatrix, calendar: Calendar) -> Self:
        self.calendar_ = calendar
        names = calendar.names(history.dates)
        ordinary = np.array([name is None for name in names]) & history.served
        slots = history.rates.shape[1]
        self.open_: Mask = np.zeros((7, slots), dtype=bool)
        for weekday in range(7):
            days = np.flatnonzero(ordinary & (history.weekdays == weekday))[-self.recent_weeks :]
            if days.size and self._still_open(history, days[-1]):
                self.open_[weekday] = self._fill(np.nansum(history.rates[days], axis=0) > 0)
        self.closed_names_ = self._closed_names(history, names)
        return self

    def mask(self, days: Sequence[date]) -> Mask:
        """Open slots, days × slots."""
        open_ = self.open_[[day.weekday() for day in days]]
        open_[[self.is_closed(day) for day in days]] = False
        return open_

    def is_closed(self, day: date) -> bool:
        """Whether the calendar or experience with a day of that name says nobody answers."""
        return day in self.calendar_.closed or self.calendar_.name(day) in self.closed_names_

    def notes(self, days: Sequence[date]) -> tuple[str, ...]:
        """Sentences on special days among ``days``."""
        notes = []
        for day in days:
            name = self.calendar_.name(day)
            if self.is_closed(day) and self.open_[day.weekday()].any():
                why = "on the list of closed days" if day in self.calendar_.closed else "closed in the past"
                notes.append(f"{day.isoformat()} ({name or 'closed day'}) is taken as closed: {why}.")
        return tuple(notes)

    def _still_open(self, history: DayMatrix, last: np.int64) -> bool:
        """A weekday not served for as many weeks as are read has been given up."""
        later = history.rates[last + 1 :][history.weekdays[last + 1 :] == history.weekdays[last]]
        return len(later) < self.recent_weeks

    def _fill(self, busy: Mask) -> Mask:
        """Close only the long gaps; the night of a round-the-clock queue is one gap over midnight."""
        if not busy.any():
            return busy
        long_enough = max(2, int(np.ceil(self.gap_minutes / (24 * 60 / busy.size))))
        filled = busy.copy()
        hits = np.flatnonzero(busy)
        for before, after in pairwise(hits):
            if after - before - 1 < long_enough:
                filled[before:after] = True
        return filled

    def _closed_names(self, history: DayMatrix, names: list[str | None]) -> frozenset[str]:
        """Names whose days, on weekdays otherwise served, never saw a contact."""
        seen: dict[str, bool] = {}
        for d, name in enumerate(names):
            if name is not None and self.open_[history.weekdays[d]].any():
                seen[name] = seen.get(name, False) or bool(history.served[d])
        return frozenset(name for name, served in seen.items() if not served)
