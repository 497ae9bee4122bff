"""How wide a forecast must be, measured on days it had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_matrix import DayMatrix, by_day
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.forecast import Forecast, Spread

Flags = NDArray[np.bool_]

FIRST_GUESS_DAY_CV = 0.15  # of a queue too young to have shown how far its days stray
FIRST_GUESS_SLOT_CV = 0.10
TARGET = 0.90
NORMAL_95 = 1.6448536269514722
LEAST_DAYS = 8
NEAR_DAYS = 4  # a special day unsettles the working week around it
NEAR_VARIANCE, NEAR_BELIEF = 4.0, 6.0  # days near it err twice as far, until more than six of them say otherwise
WILD = 16.0  # four standard deviations, squared: further off, a day tells no more
MULTIPLIERS = np.geomspace(0.25, 4.0, 65)


@dataclass(frozen=True)
class Outcomes:
    """Days × slots that came and that had been expected, and how many days ahead; NaN where not compared.

    ``near`` are the days near a special one, ``first`` those with which a forecast began.
    """

    came: Floats
    meant: Floats
    lead: Floats
    near: Flags
    first: Flags

    @classmethod
    def of(cls, forecasts: Sequence[Forecast], actuals: Sequence[Floats], calendar: Calendar) -> Outcomes:
        """Comparable parts of forecasts that began the day after their history ended."""
        came, meant, lead = [], [], []
        near: list[bool] = []
        for forecast, actual in zip(forecasts, actuals, strict=True):
            real = np.where(forecast.open & (forecast.contacts > 0), actual, np.nan)
            came.append(by_day(real, forecast.grid))
            meant.append(np.where(np.isnan(came[-1]), np.nan, by_day(forecast.contacts, forecast.grid)))
            lead.append(np.arange(1.0, forecast.grid.days + 1))
            near += calendar.near_special(forecast.grid.dates, NEAR_DAYS)
        ahead = np.concatenate(lead)
        return cls(np.vstack(came), np.vstack(meant), ahead, np.array(near), ahead == 1)


def weekly_outcomes(history: DayMatrix, calendar: Calendar, weeks: int = 4, origins: int = 8) -> Outcomes:
    """The latest days against the mean of the same weekday in the ``weeks`` before: what any history can show."""
    rates = history.rates
    days = np.arange(max(7, len(rates) - 7 * origins), len(rates))
    meant = np.full((len(days), rates.shape[1]), np.nan)
    for row, day in enumerate(days):
        past = rates[[d for d in range(day - 7 * weeks, day, 7) if d >= 0]]
        known = (~np.isnan(past)).sum(axis=0)
        meant[row] = np.where(known > 0, np.nansum(past, axis=0) / np.maximum(known, 1), np.nan)
    came = np.where(meant > 0, rates[days], np.nan)
    lead = 1.0 + (days - days[:1].sum()) % 7
    near = np.array(calendar.near_special([history.dates[d] for d in days], NEAR_DAYS), dtype=bool)
    return Outcomes(came, np.where(np.isnan(came), np.nan, meant), lead, near, lead == 1)


class Width:
    """Spread of a method, learnt from its out-of-sample errors.

    Variances are split by moments: days about their expected total (growing with the lead, ``a + b · lead``, and
    times a factor near special days) and how alike next days err; slots about their day (``α + β / expected``,
    beyond Poisson) and how alike neighbouring slots are. Then the whole is stretched until 90 % of the outcomes
    lie within p05-p95, separately for the busiest quarter of the day's slots and for the rest – half way, as a
    share counted on few days is itself uncertain – and a little further for what few independent ``pieces`` of
    the past cannot have shown, as Student's t does.
    """

    def fit(self, outcomes: Outcomes, pieces: float) -> Self:
        came, meant = outcomes.came, outcomes.meant
        total, expected = np.nansum(came, axis=1), np.nansum(meant, axis=1)
        days = expected > 0
        self.known_ = int(days.sum()) >= LEAST_DAYS
        self.day_, self.slot_ = (FIRST_GUESS_DAY_CV**2, 0.0), (FIRST_GUESS_SLOT_CV**2, 0.0)
        self.near_, self.stretch_ = NEAR_VARIANCE, (1.0, 1.0)
        self.correlation_, self.day_correlation_ = 0.0, 0.0
        if not self.known_:
            return self
        came, meant, lead, near = came[days], meant[days], outcomes.lead[days], outcomes.near[days]
        total, expected = total[days], expected[days]
        self._fit_days(total / expected - 1, 1 / expected, lead, near, np.cumsum(outcomes.first)[days])
        self._fit_slots(came, meant * (total / expected)[:, None])
        self.stretch_ = self._stretch(came, meant, lead, near, _few(pieces))
        return self

    def apply(self, forecast: Forecast, calendar: Calendar, first_lead: int = 1) -> Forecast:
        """The forecast with this width; its first day lies ``first_lead`` days after the history."""
        grid = forecast.grid
        lead = np.arange(first_lead, first_lead + grid.days, dtype=float)
        meant = by_day(forecast.contacts, grid)
        near = np.array(calendar.near_special(grid.dates, NEAR_DAYS))
        day, slot = self._variances(meant, lead, near)
        slot_cv = np.sqrt(_at_intervals(slot, forecast))
        return replace(forecast, spread=Spread(np.sqrt(day), slot_cv, self.correlation_, self.day_correlation_))

    def _fit_days(self, error: Floats, poisson: Floats, lead: Floats, near: Flags, run: NDArray[np.int64]) -> None:
        """Variance of ordinary days, how much larger it is near special ones, and how alike next days err."""
        ordinary = ~near if (~near).sum() >= LEAST_DAYS else np.ones(len(near), dtype=bool)
        squares, ahead = error[ordinary] ** 2, lead[ordinary]
        self.day_ = _two_terms(squares, poisson[ordinary], np.ones(len(ahead)), ahead)
        usual = self.day_[0] + self.day_[1] * lead + poisson
        seen = np.minimum(error[near] ** 2 / usual[near], WILD)
        believed = (NEAR_BELIEF * NEAR_VARIANCE + seen.sum()) / (NEAR_BELIEF + len(seen))
        self.near_ = max(1.0, float(believed))
        scaled = error / np.sqrt(usual * np.where(near, self.near_, 1.0))
        scaled = np.clip(scaled, -2.0, 2.0)
        together = run[1:] == run[:-1]
        if together.sum() >= LEAST_DAYS and self.day_ != (0.0, 0.0):
            alike = np.mean((scaled[1:] * scaled[:-1])[together]) / np.mean(scaled**2)
            self.day_correlation_ = float(np.clip(alike, 0.0, 0.98))

    def _fit_slots(self, came: Floats, level: Floats) -> None:
        usable = ~np.isnan(came) & (level > 0)
        if usable.sum() <= len(came):  # one slot a day: the day factor says it all
            self.slot_ = (0.0, 0.0)
            return
        off = np.where(usable, came - level, np.nan)
        relative = off / np.where(usable, level, np.nan)
        inverse = 1 / level[usable]
        self.slot_ = _two_terms(relative[usable] ** 2, inverse, np.ones(len(inverse)), inverse)
        pairs = relative[:, 1:] * relative[:, :-1]
        if self.slot_[0] > 0 and not np.isnan(pairs).all():
            self.correlation_ = float(np.clip(np.nanmedian(pairs) / (0.45 * self.slot_[0] + 1e-9), 0.0, 0.9))

    def _variances(self, meant: Floats, lead: Floats, near: Flags) -> tuple[Floats, Floats]:
        """Squared coefficients of variation: of each day, and of each slot given its day."""
        day = (self.day_[0] + self.day_[1] * lead) * np.where(near, self.near_, 1.0)
        slot = self.slot_[0] + self.slot_[1] / np.maximum(np.nan_to_num(meant), 1e-9)
        whole = (1 + day[:, None]) * (1 + slot) - 1
        stretch = np.where(busiest_quarter(meant), self.stretch_[0], self.stretch_[1]) ** 2
        day = day * min(self.stretch_) ** 2
        slot = np.maximum((1 + whole * stretch) / (1 + day[:, None]) - 1, 0.0)
        return day, slot

    def _stretch(self, came: Floats, meant: Floats, lead: Floats, near: Flags, few: float) -> tuple[float, float]:
        """Factors on the coefficients of variation for the busiest quarter and for the rest."""
        day, slot = self._variances(meant, lead, near)
        whole = (1 + day[:, None]) * (1 + slot) - 1
        usable = ~np.isnan(came) & (np.nan_to_num(meant) > 0)
        peak = busiest_quarter(meant) & usable
        found = []
        for part in (peak, usable & ~peak):
            part = part if part.sum() >= LEAST_DAYS else usable
            found.append(few * float(np.sqrt(_covering(came[part], meant[part], whole[part]))))
        return found[0], found[1]


def busiest_quarter(meant: Floats) -> NDArray[np.bool_]:
    """The quarter of each day's served slots in which most is expected."""
    values = np.where(np.nan_to_num(meant) > 0, meant, 0.0)
    served = (values > 0).sum(axis=1)
    ordered = np.sort(values, axis=1)[:, ::-1]
    last = np.clip(np.ceil(served / 4).astype(int) - 1, 0, None)
    border = np.take_along_axis(ordered, last[:, None], axis=1)
    return np.asarray((values >= border) & (values > 0))


def _at_intervals(values: Floats, forecast: Forecast) -> Floats:
    """A value per day and slot, as it is, for each interval."""
    picked: Floats = values[np.asarray(forecast.grid.day_index), np.asarray(forecast.grid.slots)]
    return np.asarray(np.where(forecast.contacts > 0, picked, 0.0), dtype=np.float64)


def _two_terms(squares: Floats, poisson: Floats, first: Floats, second: Floats) -> tuple[float, float]:
    """Non-negative ``(a, b)`` with ``squares ≈ poisson + a · first + b · second``, single wild days held back."""
    limit = 4 * 2.198 * np.median(squares) + 1e-12  # two robust standard deviations, squared
    excess = np.minimum(squares, limit) - poisson
    weight = 1 / np.sqrt(np.median(squares) + poisson)
    design = np.column_stack([first, second])
    scale = np.abs(design).max(axis=0)
    from scipy.optimize import nnls  # slow to import

    solution, _ = nnls(design / scale * weight[:, None], np.maximum(excess, -poisson) * weight)
    return float(solution[0] / scale[0]), float(solution[1] / scale[1])


def _covering(came: Floats, meant: Floats, whole: Floats) -> float:
    """Smallest stretch with which p05-p95 holds :data:`TARGET` of what came."""
    low, high = 0, len(MULTIPLIERS) - 1
    while low < high:
        middle = (low + high) // 2
        extra = whole * MULTIPLIERS[middle] ** 2
        inside = (came >= _quantile(-NORMAL_95, meant, extra)) & (came <= _quantile(NORMAL_95, meant, extra))
        low, high = (low, middle) if np.mean(inside) >= TARGET else (middle + 1, high)
    return float(MULTIPLIERS[low])


def _quantile(z: float, mean: Floats, extra: Floats) -> Floats:
    """Quantile of an overdispersed count: Wilson and Hilferty's cube root of the gamma, to whole numbers."""
    ninth = (1 / mean + extra) / 9
    return np.asarray(np.rint(mean * np.maximum(1 - ninth + z * np.sqrt(ninth), 0.0) ** 3), dtype=np.float64)


def _few(pieces: float) -> float:
    """How much wider Student's t is than the normal at 95 % for so many independent pieces."""
    from scipy.special import stdtrit

    return float(stdtrit(max(pieces - 1, 3), 0.95) / NORMAL_95)
