"""Smallest staff, interval by interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Goals, smallest_staff_each
from floorwalker.science.staffing.workload import Workload


def check_min_staff(value: int) -> int:
    """``value`` when it is a whole number of people, 0 or more."""
    if value != int(value) or value < 0:
        raise InvalidInput(f"min_staff of {value} is not a number of people; give 0, 1, 2 …")
    return int(value)


def staff_each(work: Workload, goals: Goals, patience_seconds: float | None, min_staff: int) -> NDArray[np.int64]:
    """Fewest agents that meet every goal in each interval: 0 where closed, ``min_staff`` or more where open."""
    required = np.where(work.open, min_staff, 0).astype(np.int64)
    busy = work.busy
    part = work.part(busy)
    needed = smallest_staff_each(part.contacts, part.seconds, part.aht_seconds, goals, patience_seconds)
    required[busy] = np.maximum(required[busy], needed)
    return required
