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
        self._learn_closed_names(history, names)
        return self

    def mask(self, days: Sequence[date]) -> Mask:
        """Open slots, days × slots."""
        open_ = self.open_[[day.weekday() for day in days]]
        open_[[self.is_closed(day) for day in days]] = False
        return open_

    def is_closed(self, day: date) -> bool:
        """Whether the calendar or experience says nobody answers.

        A public holiday never met before is closed where all those met were; a name of the user's own list
        speaks for itself only.
        """
        name = self.calendar_.name(day)
        if day in self.calendar_.closed or name is None:
            return day in self.calendar_.closed
        if name in self.served_names_ or name in self.closed_names_:
            return name in self.closed_names_
        return bool(self.closed_names_) and not self.served_names_ and day not in self.calendar_.special

    def notes(self, days: Sequence[date]) -> tuple[str, ...]:
        """Sentences on special days among ``days``."""
        notes = []
        for day in days:
            name = self.calendar_.name(day)
            if self.is_closed(day) and self.open_[day.weekday()].any():
                why = (
                    "on the list of closed days"
                    if day in self.calendar_.closed
                    else "as such days were in the past"
                )
                notes.append(f"{day.isoformat()} ({name or 'closed day'}) is taken as closed, {why}.")
            elif name is not None and self.open_[day.weekday()].any():
                known = (
                    "as on such days in the past" if name in self.served_names_ else "as on an average special day"
                )
                notes.append(f"{day.isoformat()} ({name}) is forecast as a special day, {known}.")
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

    def _learn_closed_names(self, history: DayMatrix, names: list[str | None]) -> None:
        """Names whose days, on weekdays otherwise served, saw contacts, and those whose days never did."""
        met: dict[str, bool] = {}
        for d, name in enumerate(names):
            if name is not None and self.open_[history.weekdays[d]].any():
                met[name] = met.get(name, False) or bool(history.served[d])
        self.served_names_ = frozenset(name for name, served in met.items() if served)
        self.closed_names_ = frozenset(met) - self.served_names_
