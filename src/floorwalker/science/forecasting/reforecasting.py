"""Re-forecast the rest of a day from what has happened so far.

The forecast says how busy days differ from what was expected (a gamma factor of the whole day) and how single
intervals do (a factor of each interval, alike in neighbours). A morning above expectation is evidence for both.
The rest of the day is the best linear estimate given the morning: linear Bayes or credibility, which is exact
where only the day varies: the posterior of a gamma factor under Poisson counts is gamma again, with mean
``(a + observed) / (a + expected)`` and ``a = 1 / day_cv²`` (Bühlmann & Gisler, "A Course in Credibility Theory
and its Applications", Springer 2005, chapter 2; for call centres: Weinberg, Brown & Stroud, "Bayesian
forecasting of an inhomogeneous Poisson process with applications to call center data", JASA 102, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.demand import Floats
from floorwalker.science.forecasting.forecast import Forecast

Indexes = NDArray[np.int64]
LEAST = 0.05  # no morning, however silent, lets the rest of the day vanish: less is an outage, not demand


@dataclass(frozen=True)
class DayFactor:
    """How today compares with its forecast: ``mean`` 1.1 is ten percent busier, ``cv`` how sure of it we are."""

    mean: float
    cv: float


def reforecast(
    forecast: Forecast, day: date, observed_until: datetime, observed: Floats, *, persistence: float = 0.0
) -> Forecast:
    """``forecast`` with the rest of ``day`` updated by the counts ``observed`` until ``observed_until``.

    ``observed`` holds one count for each interval of the day that has ended by ``observed_until`` (an instant
    with its zone), NaN where a count is missing. These intervals then hold their counts; the rest of the day holds
    the new expectation, with a narrower ``day_cv`` and ``slot_cv``. ``persistence`` is the share of the day's
    deviation that carries over to each next day (0: today says nothing about tomorrow; 0.5: half of it tomorrow,
    a quarter the day after).

    :class:`InvalidInput` when the day is not in the forecast, the counts do not fit the time, or the instant has
    no zone.
    """
    if not 0 <= persistence <= 1:
        raise InvalidInput(f"a persistence of {persistence:g} is not a share; give 0 to 1")
    number, done, rest = _split(forecast, day, observed_until)
    counts = _checked(observed, done, day, observed_until)
    seen = ~np.isnan(counts) & (forecast.contacts[done] > 0)
    contacts = forecast.contacts.copy()
    contacts[done] = np.where(np.isnan(counts), contacts[done], counts)
    if not seen.any():
        return replace(forecast, contacts=contacts, notes=(*forecast.notes, _note(observed_until, None)))
    factor, ratio, relative_variance = _posterior(forecast, number, done[seen], counts[seen], rest)
    contacts[rest] = forecast.contacts[rest] * ratio
    day_cv, slot_cv = forecast.spread.day_cv.copy(), forecast.spread.slot_cv.copy()
    day_cv[number] = factor.cv
    slot_cv[rest] = np.sqrt(np.maximum((1 + relative_variance) / (1 + factor.cv**2) - 1, 0.0))
    if persistence > 0:
        for later in range(number + 1, forecast.grid.days):
            contacts[forecast.grid.day_slice(later)] *= 1 + (factor.mean - 1) * persistence ** (later - number)
    spread = replace(forecast.spread, day_cv=day_cv, slot_cv=slot_cv)
    notes = (*forecast.notes, _note(observed_until, factor))
    return replace(forecast, contacts=contacts, spread=spread, notes=notes)


def day_factor(forecast: Forecast, day: date, observed_until: datetime, observed: Floats) -> DayFactor:
    """How busy ``day`` is against its forecast, from the counts so far; before any count mean 1 and ``day_cv``."""
    number, done, rest = _split(forecast, day, observed_until)
    counts = _checked(observed, done, day, observed_until)
    seen = ~np.isnan(counts) & (forecast.contacts[done] > 0)
    if not seen.any():
        return DayFactor(1.0, float(forecast.spread.day_cv[number]))
    return _posterior(forecast, number, done[seen], counts[seen], rest)[0]


def _posterior(
    forecast: Forecast, day: int, seen: Indexes, counts: Floats, rest: Indexes
) -> tuple[DayFactor, Floats, Floats]:
    """Factor of the day, new over old expectation of each interval of the rest, and its relative variance.

    With rates ``r_i = m_i G S_i`` the counts have covariance ``diag(m) + cov(r)``. A linear estimate has a
    variance that does not know the counts; divided by the estimate it becomes that of the gamma posterior.
    """
    day_cv = float(forecast.spread.day_cv[day])
    mean = forecast.contacts[seen]
    deviation = counts - mean
    inverse = np.linalg.inv(np.diag(mean) + _rate_covariance(forecast, day_cv, seen, seen) * np.outer(mean, mean))
    with_day = day_cv**2 * mean
    estimate = max(1 + float(with_day @ inverse @ deviation), LEAST)
    variance = max(day_cv**2 - float(with_day @ inverse @ with_day), 0.0)
    factor = DayFactor(estimate, float(np.sqrt(variance / estimate)))
    with_rest = _rate_covariance(forecast, day_cv, rest, seen) * mean
    ratio = np.maximum(1 + with_rest @ inverse @ deviation, LEAST)
    prior = (1 + day_cv**2) * (1 + forecast.spread.slot_cv[rest] ** 2) - 1
    left = np.maximum(prior - np.einsum("ij,jk,ik->i", with_rest, inverse, with_rest), 0.0)
    return factor, ratio, left / ratio


def _rate_covariance(forecast: Forecast, day_cv: float, a: Indexes, b: Indexes) -> Floats:
    """Covariance of the relative rates of intervals ``a`` and ``b`` of one day."""
    spread = forecast.spread
    alike = spread.slot_correlation ** np.abs(np.subtract.outer(a, b)).astype(np.float64)  # 0 ** 0 is 1
    slots = alike * np.outer(spread.slot_cv[a], spread.slot_cv[b])
    return np.asarray((1 + day_cv**2) * (1 + slots) - 1)


def _split(forecast: Forecast, day: date, observed_until: datetime) -> tuple[int, Indexes, Indexes]:
    """Number of the day, and indexes of its intervals that have ended and that have not."""
    grid = forecast.grid
    number = (day - grid.first_day).days
    if not 0 <= number < grid.days:
        raise InvalidInput(f"{day} is not in the forecast, which runs from {grid.first_day} to {grid.last_day}")
    if observed_until.tzinfo is None:
        raise InvalidInput(f"{observed_until.isoformat()} has no zone; give the instant with its offset")
    index = np.arange(grid.day_slice(number).start, grid.day_slice(number).stop)
    ends = np.asarray(grid.starts)[index] + np.asarray(grid.lengths)[index]
    ended = ends <= observed_until.timestamp()
    return number, index[ended], index[~ended]


def _checked(observed: Floats, done: Indexes, day: date, until: datetime) -> Floats:
    counts = np.asarray(observed, dtype=np.float64)
    if counts.shape != done.shape:
        raise InvalidInput(
            f"{counts.size} counts were given for {day}, but {done.size} intervals have ended by "
            f"{until.isoformat()}; give one count for each ended interval, NaN where it is missing"
        )
    if np.any(counts < 0) or np.any(np.isinf(counts)):
        raise InvalidInput(f"the counts of {day} hold a value that is negative or not finite")
    return counts


def _note(until: datetime, factor: DayFactor | None) -> str:
    if factor is None:
        return f"Re-forecast at {until:%Y-%m-%d %H:%M}: no counts yet, the forecast stands."
    change = round(100 * (factor.mean - 1))
    word = f"{abs(change)} % {'busier' if change > 0 else 'quieter'} than forecast" if change else "as forecast"
    return f"Re-forecast at {until:%Y-%m-%d %H:%M}: the day runs {word}."
