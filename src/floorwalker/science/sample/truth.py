"""What was planted in a made-up centre, for tests to check that methods find it again.

Nothing but tests reads a truth: a method that could look it up would prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, exp, log, pi

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import TimeGrid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
YEAR_DAYS = 365.25


@dataclass(frozen=True)
class Outage:
    """Nothing reached the queue from ``start`` to ``end`` (UTC seconds).

    Of the contacts lost, the share ``comes_back`` tries again, evenly over the ``rebound_seconds`` that follow.
    """

    queue: str
    start: int
    end: int
    comes_back: float
    rebound_seconds: int

    def change(self, starts: Ints, lengths: Ints, rates: Floats) -> Floats:
        """What becomes of the rates of these intervals; who would try again after closing time is lost."""
        out = _overlap(starts, lengths, self.start, self.end)
        back = _overlap(starts, lengths, self.end, self.end + self.rebound_seconds)
        returning = self.comes_back * float(rates @ out) * back * lengths / self.rebound_seconds
        return np.asarray(rates * (1 - out) + np.where(rates > 0, returning, 0.0))


@dataclass(frozen=True)
class QueueTruth:
    """The planted parameters of one queue. Factors multiply; level and handling time are as of ``until``.

    ``profile`` has shape (7, slots): each open weekday's shares of its contacts, 0 where closed.
    ``special_factors`` gives the factor of each public holiday, of the days beside it and of dates closed anyway.
    """

    queue: str
    until: date
    step_seconds: int
    contacts_per_day: float
    weekday_factors: tuple[float, ...]
    profile: Floats
    season_height: float
    season_top_day: float
    growth: float
    shift_day: date
    shift: float
    special_factors: Mapping[date, float]
    month_start: tuple[float, ...]
    outages: tuple[Outage, ...]
    day_cv: float
    slot_cv: float
    abandon_share: float
    aht_seconds: float
    aht_cv: float
    aht_trend: float
    aht_slot_factors: Floats
    patience_seconds: float

    def season(self, day: date) -> float:
        """Factor of the time of year; its mean over a year is close to 1."""
        turn = 2 * pi * (day.timetuple().tm_yday - self.season_top_day) / YEAR_DAYS
        return exp(self.season_height * (cos(turn) + 0.3 * cos(2 * turn)))

    def level(self, day: date) -> float:
        """Factor of growth and of the level shift, 1 at ``until``."""
        years = (day - self.until).days / YEAR_DAYS
        return exp(log(1 + self.growth) * years) / (1 + self.shift if day < self.shift_day else 1)

    def day_factor(self, day: date) -> float:
        """All effects of a whole day together, outages apart."""
        of_month = self.month_start[day.day - 1] if day.day <= len(self.month_start) else 1.0
        usual = self.weekday_factors[day.weekday()] * self.season(day) * self.level(day)
        return usual * of_month * self.special_factors.get(day, 1.0)

    def rates(self, grid: TimeGrid) -> Floats:
        """Expected contacts per interval without outages; past ``until`` this is the perfect forecast."""
        self._same_step(grid)
        days, slots = np.asarray(grid.day_index), np.asarray(grid.slots)
        factors = np.array([self.day_factor(day) for day in grid.dates])
        shares = self.profile[np.asarray(grid.weekdays)[days], slots]
        return np.asarray(self.contacts_per_day * factors[days] * shares)

    def expected(self, grid: TimeGrid) -> Floats:
        """Expected contacts per interval with outages and their rebounds."""
        return self.with_outages(grid, self.rates(grid))

    def with_outages(self, grid: TimeGrid, rates: Floats) -> Floats:
        """What the outages make of ``rates``."""
        starts, lengths = np.asarray(grid.starts), np.asarray(grid.lengths)
        for outage in self.outages:
            rates = outage.change(starts, lengths, rates)
        return rates

    def aht(self, grid: TimeGrid) -> Floats:
        """Expected handling time per interval, seconds."""
        self._same_step(grid)
        years = np.array([(day - self.until).days / YEAR_DAYS for day in grid.dates])[np.asarray(grid.day_index)]
        trend = np.exp(log(1 + self.aht_trend) * years)
        return np.asarray(self.aht_seconds * trend * self.aht_slot_factors[np.asarray(grid.slots)])

    def open(self, grid: TimeGrid) -> NDArray[np.bool_]:
        """Where the queue is served."""
        return np.asarray(self.rates(grid) > 0)

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        special = {day.isoformat(): factor for day, factor in sorted(self.special_factors.items())}
        return {
            **self.__dict__,
            "until": self.until.isoformat(),
            "shift_day": self.shift_day.isoformat(),
            "profile": self.profile.tolist(),
            "aht_slot_factors": self.aht_slot_factors.tolist(),
            "special_factors": special,
            "outages": [dict(outage.__dict__) for outage in self.outages],
        }

    def _same_step(self, grid: TimeGrid) -> None:
        if grid.step_seconds != self.step_seconds:
            raise InvalidInput(
                f"the truth of {self.queue!r} has steps of {self.step_seconds} s, not {grid.step_seconds} s"
            )


@dataclass(frozen=True)
class Truth:
    """Everything planted in a centre, and the seed it grew from."""

    centre: str
    seed: int
    queues: Mapping[str, QueueTruth]

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        return {
            "centre": self.centre,
            "seed": self.seed,
            "queues": {k: q.to_dict() for k, q in self.queues.items()},
        }


def _overlap(starts: Ints, lengths: Ints, begin: int, end: int) -> Floats:
    """Share of each interval that lies in [begin, end)."""
    inside = np.minimum(starts + lengths, end) - np.maximum(starts, begin)
    return np.asarray(np.clip(inside, 0, None) / lengths)
