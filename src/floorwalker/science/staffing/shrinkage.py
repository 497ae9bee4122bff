"""From agents on the phones to people on the schedule."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.errors import InvalidInput

ROUNDING_NOISE = 1e-9  # far above the noise of double precision, far below any meant fraction of an agent


def check_share(value: float, what: str) -> float:
    """``value`` when it is a share from 0 to below 1."""
    if not 0 <= value < 1:
        raise InvalidInput(f"{what} of {value:g} is not a share from 0 to below 1 (write 0.3 for 30 %)")
    return float(value)


def scheduled_for(required: ArrayLike, shrinkage: float) -> NDArray[np.int64]:
    """People to schedule so that ``required`` are on the phones: ceil(required ÷ (1 − shrinkage)).

    Shrinkage is the share of scheduled time spent elsewhere: breaks, meetings, training, sickness. It divides;
    30 agents at 25 % are 40 people, not 37.5. Noise of the division never adds a person.
    """
    exact = np.asarray(required, dtype=np.float64) / (1 - check_share(shrinkage, "a shrinkage"))
    return np.asarray(np.ceil(exact - ROUNDING_NOISE * np.maximum(exact, 1.0)), dtype=np.int64)
