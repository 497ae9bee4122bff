"""From the history of a queue to its forecast: clean, choose, predict, add the handling time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.choice import Choice, choose
from floorwalker.science.forecasting.cleaning import Cleaned, clean
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.forecasting.handling_time import HandlingTime
from floorwalker.science.timegrid import TimeGrid

LONGEST_HORIZON_DAYS = 78 * 7
SHORTEST_HISTORY_DAYS = 7


@dataclass(frozen=True)
class QueueForecast:
    """The forecast of one queue with all that led to it."""

    history: Demand
    cleaned: Cleaned
    choice: Choice
    forecast: Forecast
    aht_known: bool


def forecast_queue(
    demand: Demand, grid: TimeGrid, calendar: Calendar, aht_seconds: float | None = None
) -> QueueForecast:
    """Forecast ``grid`` from what of ``demand`` lies before it.

    ``aht_seconds`` is used where the history holds no handling time.
    """
    past = days_before(demand, grid.first_day)
    horizon = (grid.last_day - past.grid.last_day).days
    if horizon > LONGEST_HORIZON_DAYS:
        raise InvalidInput(
            f"the history of {demand.queue!r} ends on {past.grid.last_day}, {horizon} days before "
            f"{grid.last_day}; forecasts reach {LONGEST_HORIZON_DAYS // 7} weeks ahead at most"
        )
    cleaned = clean(past, calendar=calendar)
    choice = choose(past, horizon_days=horizon, calendar=calendar)
    forecast = choice.predict(grid)
    aht = HandlingTime().fit(cleaned.demand).predict(grid)
    known = not bool(np.all(np.isnan(aht)))
    if not known and aht_seconds is not None:
        aht = np.full(len(grid), float(aht_seconds))
    return QueueForecast(past, cleaned, choice, replace(forecast, aht_seconds=aht), known)


def days_before(demand: Demand, day: date) -> Demand:
    """The days before ``day``; at least a week of them."""
    days = min(demand.grid.days, (day - demand.grid.first_day).days)
    if days < SHORTEST_HISTORY_DAYS:
        raise InvalidInput(
            f"the history of {demand.queue!r} begins on {demand.grid.first_day} and holds {max(days, 0)} days "
            f"before {day}; at least {SHORTEST_HISTORY_DAYS} are needed, two weeks are better"
        )
    return demand if days == demand.grid.days else demand.days(0, days)


def next_week(demands: Mapping[str, Demand] | Sequence[Demand]) -> date:
    """The first Monday after the last day of the history."""
    every = demands.values() if isinstance(demands, Mapping) else demands
    last = max(demand.grid.last_day for demand in every)
    return last + timedelta(days=7 - last.weekday())
