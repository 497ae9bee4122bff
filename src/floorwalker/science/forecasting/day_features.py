"""What is known about a day before it comes, as columns of numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Self

import numpy as np

from floorwalker.science.forecasting.block_regression import Block
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_matrix import DayMatrix
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.opening import OpeningHours
from floorwalker.science.forecasting.recurring import recurring_keys

MONTH_TURN = range(-4, 8)  # working days from the first of the month: pay, rent and statements cluster there
MID_MONTH = range(-2, 5)
WALK_DAYS = 7

# Spread each kind of effect is expected to have before the data speak, in logs: 0.05 is about five percent.
PRIOR_SCALE = {
    "level": 10.0,
    "weekday": 0.5,
    "walk": 0.02,
    "month turn": 0.05,
    "mid month": 0.03,
    "special": 0.5,
    "named": 0.3,
    "beside": 0.1,
}


class DayFeatures:
    """Columns for the level of a day, in blocks of one kind.

    weekday · slow level (a random walk in weekly steps) · position in the month counted in working days ·
    special days, together and by name · the days beside them. Effects of the month give way on special days.
    """

    def fit(
        self, history: DayMatrix, calendar: Calendar, opening: OpeningHours, recurring: Collection[str] = ()
    ) -> Self:
        """Take the special days from the calendar and from ``recurring``, keys of dates that come back."""
        self.calendar_, self.opening_, self.recurring_ = calendar, opening, frozenset(recurring)
        self._names: dict[date, str | None] = {}
        self.first_, self.last_ = history.dates[0], history.dates[-1]
        self.busy_weekdays_ = frozenset(w for w in range(7) if opening.open_[w].any())
        met = {self.special_name(day) for day, served in zip(history.dates, history.served, strict=True) if served}
        self.names_ = tuple(sorted(name for name in met if name is not None))
        return self

    def special_name(self, day: date) -> str | None:
        """Name of a special day, from the calendar first, from experience second."""
        if day not in self._names:
            name = self.calendar_.name(day)
            if name is None and self.recurring_:
                name = next((key for key in recurring_keys(day) if key in self.recurring_), None)
            self._names[day] = name
        return self._names[day]

    def columns(self, days: Sequence[date]) -> dict[str, Floats]:
        """Blocks of columns, a row a day."""
        age = np.array([(self.last_ - day).days for day in days], dtype=float)
        weekday = np.array([day.weekday() for day in days])
        names = [self.special_name(day) for day in days]
        ordinary = np.array([name is None for name in names])
        return {
            "level": np.ones((len(days), 1)),
            "weekday": (weekday[:, None] == np.arange(7)).astype(float),
            "walk": self._walk(age),
            "month turn": self._month(days, 1, MONTH_TURN),
            "mid month": self._month(days, 15, MID_MONTH),
            "special": (~ordinary)[:, None].astype(float),
            "named": np.array([[float(n == name) for name in self.names_] for n in names]).reshape(len(days), -1),
            "beside": self._beside(days, ordinary),
        }

    def blocks(self, days: Sequence[date]) -> dict[str, Block]:
        """The columns with what is expected of each block beforehand."""
        weight = {"level": 1e6}  # the level itself is not shrunk
        return {
            kind: Block(columns, PRIOR_SCALE[kind], weight.get(kind, 2.0))
            for kind, columns in self.columns(days).items()
        }

    def _walk(self, age: Floats) -> Floats:
        """One step for each week gone by, taken backwards from the latest level; future days stay at it.

        Ramps rather than jumps: the level moves evenly through a week.
        """
        knots = np.arange(0, (self.last_ - self.first_).days - WALK_DAYS, WALK_DAYS)
        return -np.clip((age[:, None] - knots) / WALK_DAYS, 0.0, 1.0)

    def _month(self, days: Sequence[date], anchor: int, offsets: range) -> Floats:
        """Working-day distance from the first working day on or after day ``anchor`` of a month."""
        first = min(days) - timedelta(days=40)
        every = [first + timedelta(days=i) for i in range((max(days) - first).days + 80)]
        working = np.array([self._is_working(day) for day in every])
        passed = np.cumsum(working) - working  # working days before each day
        starts = np.array([i for i, day in enumerate(every) if day.day == anchor])
        at = np.array([(day - first).days for day in days])
        found = np.zeros((len(days), len(offsets)))
        for start in starts:
            distance = passed[at] - passed[start] - offsets[0]
            near = working[at] & (np.abs(at - start) < 16) & (distance >= 0) & (distance < len(offsets))
            found[np.flatnonzero(near), distance[near]] = 1.0
        return found

    def _is_working(self, day: date) -> bool:
        return day.weekday() in self.busy_weekdays_ and self.special_name(day) is None

    def _beside(self, days: Sequence[date], ordinary: Floats) -> Floats:
        """Before · after · after one on which nobody answered: its calls come the next day."""
        found = np.zeros((len(days), 3))
        for i, day in enumerate(days):
            if ordinary[i]:
                found[i, 0] = self._special_is_next(day, 1)
                found[i, 1] = self._special_is_next(day, -1)
                found[i, 2] = found[i, 1] and self.opening_.is_closed(day - timedelta(days=1))
        return found

    def _special_is_next(self, day: date, step: int) -> bool:
        """Whether the next otherwise served day in a direction is a special one."""
        for distance in range(1, 7):
            at = day + timedelta(days=step * distance)
            if at.weekday() in self.busy_weekdays_:
                return self.special_name(at) is not None
        return False
