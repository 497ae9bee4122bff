"""How many people each interval needs, and what they would achieve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.timegrid import TimeGrid

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Requirement:
    """Agents needed in each interval of one queue.

    ``required`` are agents on the phones (whole), ``scheduled`` the people to roster so that many are there
    after shrinkage (whole). The four measures are what ``required`` agents achieve on the forecast:
    ``service_level`` under the target's definition, ``abandon_rate`` (share), ``asa_seconds``, ``occupancy``.
    Closed intervals need 0.
    """

    queue: str
    grid: TimeGrid
    target: ServiceTarget
    required: NDArray[np.int64]
    scheduled: NDArray[np.int64]
    service_level: Floats
    abandon_rate: Floats
    asa_seconds: Floats
    occupancy: Floats
    shrinkage: float = 0.0

    def __post_init__(self) -> None:
        count = len(self.grid)
        for name in ("required", "scheduled", "service_level", "abandon_rate", "asa_seconds", "occupancy"):
            if getattr(self, name).shape != (count,):
                raise InvalidInput(f"{name} of the requirement for {self.queue!r} needs {count} values")
        if np.any(self.required < 0) or np.any(self.scheduled < self.required):
            raise InvalidInput("required is never negative and scheduled never below required")
        if not 0 <= self.shrinkage < 1:
            raise InvalidInput(f"a shrinkage of {self.shrinkage:g} is not a share from 0 to below 1")
