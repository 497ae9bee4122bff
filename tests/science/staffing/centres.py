"""Small forecasts the staffing tests share."""

from datetime import date

import numpy as np

from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.timegrid import TimeGrid


def forecast(
    contacts,
    *,
    aht=180.0,
    step=1800,
    days=1,
    day=date(2026, 6, 1),
    zone="UTC",
    opened=None,
    day_cv=0.0,
    slot_cv=0.0,
):
    """One queue; ``contacts`` fill the first intervals, or all of them where a single number is given."""
    grid = TimeGrid(day, days, step, zone)
    n = len(grid)
    volume = np.full(n, float(contacts)) if np.ndim(contacts) == 0 else np.zeros(n)
    if np.ndim(contacts):
        volume[: len(contacts)] = contacts[:n]
    opened = np.ones(n, dtype=bool) if opened is None else np.asarray(opened)
    spread = Spread(np.full(days, day_cv), np.full(n, slot_cv))
    return Forecast("calls", grid, np.where(opened, volume, 0.0), np.full(n, float(aht)), opened, spread, "given")
