"""How long callers wait before they hang up, estimated from a log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from floorwalker.contacts.history import History
from floorwalker.science.errors import InvalidInput

FEWEST_ABANDONS = 10


@dataclass(frozen=True)
class ObservedPatience:
    """Mean patience in seconds, from so many abandons among so many contacts with a known wait."""

    mean_seconds: float
    abandoned: int
    contacts: int


def observed_patience(history: History, *, queue: str | None = None) -> ObservedPatience | None:
    """Mean patience by maximum likelihood: all waiting time there was ÷ the number who gave up.

    Whoever was answered would have waited longer still, so averaging the waits of those who left is far too
    short; counting the answered as censored observations of an exponential patience mends it (the estimate of
    Brown et al., Journal of the American Statistical Association 100, 2005, section 6). Other shapes, intervals
    and how well they fit: :func:`floorwalker.contacts.fits.fit_log`. None where the history
    holds no waits or fewer than ten abandons with one: too few to tell.
    """
    if history.table != "contacts":
        return None
    frame = history.frame
    if queue is not None:
        frame = frame[frame["queue"] == queue]
        if not len(frame):
            raise InvalidInput(
                f"there is no queue {queue!r} in {history.source}; it has {', '.join(history.queues)}"
            )
    waits, left = known_waits(frame)
    abandoned, total = int(left.sum()), float(waits.sum())
    if abandoned < FEWEST_ABANDONS or total <= 0:
        return None
    return ObservedPatience(total / abandoned, abandoned, len(waits))


def known_waits(frame: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Seconds waited by everybody whose wait is known, and who of them gave up. The blocked never waited."""
    waited = frame[frame["wait_seconds"].notna() & (frame["outcome"] != "blocked")]
    return waited["wait_seconds"].to_numpy(dtype=np.float64), (waited["outcome"] == "abandoned").to_numpy()
