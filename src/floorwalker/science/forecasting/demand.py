"""The history of one queue on a grid, as forecasting reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import TimeGrid

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Demand:
    """Contacts offered to one queue, interval by interval.

    ``offered`` holds NaN where nothing is known (a gap is not a zero). ``handled`` and ``handling_seconds``
    are the contacts answered and their total handling time; NaN, or None altogether, where unknown.
    ``trusted`` marks counts that somebody vouches for: however unusual, cleaning leaves them as they are.
    """

    queue: str
    grid: TimeGrid
    offered: Floats
    handled: Floats | None = None
    handling_seconds: Floats | None = None
    trusted: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        for name in ("offered", "handled", "handling_seconds"):
            values = getattr(self, name)
            if values is None:
                continue
            values = np.asarray(values, dtype=np.float64)
            if values.shape != (len(self.grid),):
                raise InvalidInput(
                    f"{name} of queue {self.queue!r} has {values.size} values for {len(self.grid)} intervals"
                )
            if np.any(values < 0) or np.any(np.isinf(values)):
                where = int(np.flatnonzero((values < 0) | np.isinf(values))[0])
                raise InvalidInput(
                    f"{name} of queue {self.queue!r} is {values[where]:g} at "
                    f"{self.grid.local(where).isoformat()}; counts are finite and not negative"
                )
            values.flags.writeable = False
            object.__setattr__(self, name, values)
        if self.trusted is not None and self.trusted.shape != (len(self.grid),):
            raise InvalidInput(f"trusted of queue {self.queue!r} needs {len(self.grid)} values, one an interval")

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where the volume is known."""
        return ~np.isnan(self.offered)

    def days(self, first: int, count: int) -> Demand:
        """The part from day number ``first``, ``count`` days long."""
        grid = TimeGrid(self.grid.first_day + timedelta(days=first), count, self.grid.step_seconds, self.grid.zone)
        part = slice(self.grid.day_slice(first).start, self.grid.day_slice(first + count - 1).stop)
        handled, seconds = (None if v is None else v[part] for v in (self.handled, self.handling_seconds))
        trusted = None if self.trusted is None else self.trusted[part]
        return Demand(self.queue, grid, self.offered[part], handled, seconds, trusted)
