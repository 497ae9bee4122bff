"""Methods tried on the past: each at several origins, knowing only what came before."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from floorwalker.science.forecasting import accuracy
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.cleaning import clean
from floorwalker.science.forecasting.combination import Combination, average, earned_weights
from floorwalker.science.forecasting.day_matrix import by_day
from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.forecasting.method import Method
from floorwalker.science.forecasting.width import Outcomes, Width

SHORTEST_HISTORY_DAYS = 7


@dataclass(frozen=True)
class Trial:
    """A forecast made at ``origin`` (days of history known then) and what really came."""

    method: str
    origin: int
    forecast: Forecast
    actual: Floats

    @property
    def end(self) -> int:
        """Day at which the outcome was known."""
        return self.origin + self.forecast.grid.days

    @property
    def squared_error(self) -> float:
        """Mean squared error relative to the mean count, so that growth does not weigh late trials up."""
        level = max(float(np.nanmean(self.actual)) if not np.isnan(self.actual).all() else 0.0, 1e-9)
        errors = (self.actual - self.forecast.contacts) / level
        return float(np.nanmean(errors**2)) if not np.isnan(errors).all() else float("nan")


@dataclass(frozen=True)
class Scores:
    """Errors of one method over its trials, all shares but ``mase``; ``coverage`` is of p05-p95 where open."""

    wape: float
    mase: float
    bias: float
    coverage: float

    def to_dict(self) -> dict[str, float]:
        return {"wape": self.wape, "mase": self.mase, "bias": self.bias, "coverage": self.coverage}


def lattice(days: int, horizon_days: int, count: int, stride_weeks: int = 1) -> list[int]:
    """Up to ``count`` origins ending at the last that leaves a full horizon, earliest first."""
    last = days - horizon_days
    origins = [last - 7 * stride_weeks * k for k in range(count)]
    return sorted(o for o in origins if o >= SHORTEST_HISTORY_DAYS)


def run_trials(
    demand: Demand, methods: Sequence[Method], origins: Iterable[int], horizon_days: int, calendar: Calendar
) -> list[Trial]:
    """Every method at every origin, and their combination; the method objects handed in stay unfitted.

    Each trial's width is measured on the trials that had ended by its origin, and so are the weights of the
    combination. What a trial learns from is cleaned as it could have been on its day; what it is judged by is
    what came, outages and all.
    """
    trials: list[Trial] = []
    for origin in sorted(origins):
        past, future = demand.days(0, origin), demand.days(origin, horizon_days)
        if not np.nansum(past.offered) > 0:
            continue
        past = clean(past, calendar=calendar).demand
        earlier = [t for t in trials if t.end <= origin]
        now = [
            Trial(m.name, origin, copy.copy(m).fit(past, calendar).predict(future.grid), future.offered)
            for m in methods
        ]
        if len(methods) > 1:
            weights = weights_from(earlier, methods)
            combined = average([t.forecast for t in now], weights)
            now.append(Trial(Combination.name, origin, combined, future.offered))
        trials += [replace(t, forecast=widen(t.forecast, t.method, earlier, calendar)) for t in now]
    return trials


def weights_from(trials: Sequence[Trial], methods: Sequence[Method]) -> dict[str, float]:
    """What each method has earned over trials; equal weights before the first."""
    errors = {}
    for method in methods:
        own = [t.squared_error for t in trials if t.method == method.name]
        known = [e for e in own if e == e]
        errors[method.name] = float(np.mean(known)) if known else float("nan")
    return earned_weights(errors)


def widen(
    forecast: Forecast, method: str, trials: Sequence[Trial], calendar: Calendar, first_lead: int = 1
) -> Forecast:
    """The forecast with the width its method showed over trials; unchanged where they are too few."""
    own = [t for t in trials if t.method == method]
    if not own:
        return forecast
    days = {day for t in own for day in range(t.origin, t.end)}
    memory = max(1.0, (own[0].end - own[0].origin) / 3)  # errors a third of a horizon apart are nearly independent
    outcomes = Outcomes.of([t.forecast for t in own], [t.actual for t in own], calendar)
    width = Width().fit(outcomes, len(days) / memory)
    return width.apply(forecast, calendar, first_lead) if width.known_ else forecast


def score(trials: Sequence[Trial], scale: float) -> Scores:
    """Errors pooled over trials; ``scale`` is the seasonal naive error MASE divides by."""
    actual = np.concatenate([t.actual for t in trials])
    expected = np.concatenate([t.forecast.contacts for t in trials])
    low = np.concatenate([t.forecast.quantile(0.05) for t in trials])
    high = np.concatenate([t.forecast.quantile(0.95) for t in trials])
    open_ = np.concatenate([t.forecast.open for t in trials])
    return Scores(
        wape=accuracy.wape(actual, expected),
        mase=accuracy.mase(actual[open_], expected[open_], scale),
        bias=accuracy.bias(actual, expected),
        coverage=accuracy.coverage(actual[open_], low[open_], high[open_]),
    )


def naive_scale(demand: Demand, days: int) -> float:
    """Seasonal naive error of the first ``days`` days where contacts come at all, for MASE."""
    rates = by_day(demand.offered, demand.grid)[:days]
    return accuracy.seasonal_scale(np.where(rates > 0, rates, np.nan))
