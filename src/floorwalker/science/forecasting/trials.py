"""Methods tried on the past: each at several origins, knowing only what came before."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from floorwalker.science.forecasting import accuracy
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_matrix import by_day
from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.forecasting.method import Method

SHORTEST_HISTORY_DAYS = 7


@dataclass(frozen=True)
class Trial:
    """A forecast made at ``origin`` (days of history known then) and what really came."""

    method: str
    origin: int
    forecast: Forecast
    actual: Floats


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
    """Every method at every origin; the method objects handed in stay unfitted."""
    trials = []
    for origin in origins:
        past, future = demand.days(0, origin), demand.days(origin, horizon_days)
        if not np.nansum(past.offered) > 0:
            continue
        for method in methods:
            forecast = copy.copy(method).fit(past, calendar).predict(future.grid)
            trials.append(Trial(method.name, origin, forecast, future.offered))
    return trials


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
