"""What every forecasting method is: settings in the constructor, ``fit``, ``predict``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol, Self

import numpy as np
from threadpoolctl import threadpool_limits

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.day_matrix import DayMatrix, on_grid
from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.forecasting.opening import OpeningHours
from floorwalker.science.forecasting.width import Width, weekly_outcomes
from floorwalker.science.timegrid import TimeGrid


class Method(Protocol):
    """A forecasting method."""

    @property
    def name(self) -> str:
        """Short name, as it appears in tables and in ``Forecast.method``."""
        ...

    def fit(self, demand: Demand, calendar: Calendar) -> Self: ...

    def predict(self, grid: TimeGrid) -> Forecast: ...


class DayMethod(ABC):
    """Common ground of the methods that think in days × slots: a subclass learns and expects rates."""

    @property
    @abstractmethod
    def name(self) -> str: ...

    def fit(self, demand: Demand, calendar: Calendar) -> Self:
        """Learn from a history; :class:`InvalidInput` where it holds no contact at all."""
        history = DayMatrix.of(demand)
        if not history.served.any():
            raise InvalidInput(f"the history of queue {demand.queue!r} holds no contact to learn from")
        self.queue_ = demand.queue
        self.grid_ = demand.grid
        self.opening_ = OpeningHours().fit(history, calendar)
        with threadpool_limits(limits=1):  # queues run side by side; matrices this small only lose by threads
            self._learn(history, calendar)
        self.width_ = Width().fit(weekly_outcomes(history, calendar), pieces=40)
        return self

    def predict(self, grid: TimeGrid) -> Forecast:
        """Expected contacts on a grid of the same step, in any days after the history's."""
        if grid.step_seconds != self.grid_.step_seconds:
            raise InvalidInput(
                f"the history is in steps of {self.grid_.step_seconds} s, the forecast is asked for in steps of "
                f"{grid.step_seconds} s; re-cut one of them"
            )
        open_ = self.opening_.mask(grid.dates)
        rates = np.where(open_, np.maximum(self._expect(grid), 0.0), 0.0)
        contacts = on_grid(rates, grid)
        forecast = Forecast(
            queue=self.queue_,
            grid=grid,
            contacts=contacts,
            aht_seconds=np.full(len(grid), np.nan),
            open=on_grid(open_.astype(float), grid) > 0,
            spread=Spread(np.zeros(grid.days), np.zeros(len(grid))),
            method=self.name,
            notes=(*self._notes(grid), *self.opening_.notes(grid.dates)),
        )
        return self.width_.apply(
            forecast, self.opening_.calendar_, first_lead=(grid.first_day - self.grid_.last_day).days
        )

    @abstractmethod
    def _learn(self, history: DayMatrix, calendar: Calendar) -> None: ...

    @abstractmethod
    def _expect(self, grid: TimeGrid) -> Floats: ...

    def _notes(self, grid: TimeGrid) -> tuple[str, ...]:  # noqa: ARG002 - a subclass may look at the days
        return ()
