"""Waits read from a histogram: to 1 s up to 120 s, later 1.5 % wide."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@cache
def edges() -> Values:
    """The wait at which each bin ends; the first holds who did not wait at all."""
    import numpy as np

    from floorwalker.science.simulation.kernel.layout import BINS, EXACT_BINS, FINE

    last = EXACT_BINS - 1
    return np.concatenate([np.arange(last + 1.0), last * (1 + FINE) ** np.arange(1, BINS - last)])


def quantiles(counts: Values, p: float) -> Values:
    """The wait not exceeded by share ``p``, evenly spread within a bin; nan where nobody is counted.

    ``counts`` end with the axis of bins; the others stay.
    """
    import numpy as np

    below = np.cumsum(counts, axis=-1)
    total = below[..., -1]
    place = (below < (p * total)[..., None]).sum(axis=-1)
    before, upto = np.maximum(place - 1, 0), place[..., None]
    reached = np.take_along_axis(below, before[..., None], axis=-1)[..., 0]
    inside = (p * total - reached) / np.maximum(np.take_along_axis(counts, upto, axis=-1)[..., 0], 1e-300)
    ends = edges()
    found = ends[before] + inside * (ends[place] - ends[before])
    return np.where(total > 0, np.where(place == 0, 0.0, found), np.nan)


def upto(counts: Values, seconds: float) -> Values:
    """How many waited at most so long, evenly spread within a bin."""
    ends = edges()
    if seconds <= 0:
        none: Values = counts[..., 0]
        return none
    place = min(int(ends.searchsorted(seconds)), len(ends) - 1)
    part = min(1.0, (seconds - ends[place - 1]) / (ends[place] - ends[place - 1]))
    found: Values = counts[..., :place].sum(axis=-1) + part * counts[..., place]
    return found
