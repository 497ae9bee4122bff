"""A forecast as the staffing formulas read it: contacts, handling time and length of every interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.timegrid import TimeGrid

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Over(StrEnum):
    """The stretch of time over which a target has to be met."""

    INTERVAL = "interval"  # in every interval
    DAY = "day"  # on the contact-weighted average of each day
    WEEK = "week"  # on that of each seven days, counted from the first day of the grid

    @classmethod
    def named(cls, text: str) -> Over:
        """The stretch of that name."""
        try:
            return cls(text)
        except ValueError as error:
            raise InvalidInput(f"over={text!r} is unknown; use one of {', '.join(cls)}") from error

    def slices(self, grid: TimeGrid) -> Iterator[slice]:
        """The intervals of each stretch, in order (the last week may be shorter)."""
        if self is Over.INTERVAL:
            yield from (slice(i, i + 1) for i in range(len(grid)))
            return
        days = 1 if self is Over.DAY else 7
        for first in range(0, grid.days, days):
            last = min(first + days, grid.days) - 1
            yield slice(grid.day_slice(first).start, grid.day_slice(last).stop)


@dataclass(frozen=True)
class Workload:
    """Per interval: expected ``contacts``, interval length ``seconds``, mean handling time ``aht_seconds``.

    ``busy`` marks the open intervals that expect contacts. Handling times elsewhere play no part and are 1.
    """

    contacts: Floats
    seconds: Floats
    aht_seconds: Floats
    open: Bools

    @property
    def busy(self) -> Bools:
        return self.open & (self.contacts > 0)

    @property
    def load(self) -> Floats:
        """Offered work in Erlangs."""
        return np.where(self.busy, self.contacts * self.aht_seconds / self.seconds, 0.0)

    @classmethod
    def of(cls, forecast: Forecast) -> Workload:
        """Read a forecast; :class:`InvalidInput` where contacts are expected without a handling time."""
        contacts = np.asarray(forecast.contacts, dtype=np.float64)
        aht = np.asarray(forecast.aht_seconds, dtype=np.float64)
        opened = np.asarray(forecast.open, dtype=np.bool_)
        needed = opened & (contacts > 0)
        bad = needed & ~((aht > 0) & np.isfinite(aht))
        if np.any(bad):
            where = int(np.flatnonzero(bad)[0])
            raise InvalidInput(
                f"the forecast for {forecast.queue!r} has a handling time of {aht[where]:g} s at "
                f"{forecast.grid.local(where).isoformat()} and in {int(bad.sum())} intervals altogether; "
                "staff cannot be computed without one: give the mean handling time in seconds"
            )
        seconds = np.asarray(forecast.grid.lengths, dtype=np.float64)
        return cls(np.where(opened, contacts, 0.0), seconds, np.where(needed, aht, 1.0), opened)

    def with_contacts(self, contacts: Floats) -> Workload:
        """The same intervals with other counts."""
        return replace(self, contacts=np.where(self.open, contacts, 0.0))

    def part(self, which: slice | Bools | NDArray[np.int64]) -> Workload:
        """Some of the intervals."""
        return Workload(self.contacts[which], self.seconds[which], self.aht_seconds[which], self.open[which])
