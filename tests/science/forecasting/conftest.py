"""Histories with a known truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from floorwalker.science.forecasting import Demand
from floorwalker.science.timegrid import TimeGrid

WEEK = np.array([1.3, 1.1, 1.0, 1.0, 1.05, 0.5, 0.0])
MakeDemand = Callable[..., Demand]


@pytest.fixture
def make_demand() -> MakeDemand:
    """A queue open 08:00-18:00 Monday to Saturday; ``level(day)`` multiplies its ``volume`` a day."""

    def make(
        days: int = 112,
        *,
        volume: float = 2000.0,
        level: Callable[[int, date], float] = lambda number, day: 1.0,
        day_noise: float = 0.0,
        poisson: bool = True,
        step: int = 1800,
        zone: str = "Europe/Berlin",
        first: date = date(2023, 1, 2),
        seed: int = 3,
    ) -> Demand:
        rng = np.random.default_rng(seed)
        grid = TimeGrid(first, days, step, zone)
        factor = np.array([level(i, day) * WEEK[day.weekday()] for i, day in enumerate(grid.dates)])
        factor = factor * np.exp(rng.normal(0, day_noise, days))
        if step == 86_400:
            mean = volume * factor
        else:
            hour = np.asarray(grid.slots) * step / 3600
            shape = np.where((hour >= 8) & (hour < 18), 1 + np.sin((hour - 8) / 10 * np.pi), 0)
            per_day = np.where((np.arange(0, 24, step / 3600) >= 8) & (np.arange(0, 24, step / 3600) < 18), 1, 0)
            mean = volume * factor[np.asarray(grid.day_index)] * shape / (per_day.sum() * (1 + 2 / np.pi))
        return Demand("sales", grid, rng.poisson(mean).astype(float) if poisson else mean)

    return make
