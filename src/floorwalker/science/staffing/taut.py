"""The shortest path between two rising curves: the most even way to get work done in time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def taut_string(time: Floats, lower: Floats, upper: Floats) -> Floats:
    """Heights, at each ``time``, of the string pulled taut between ``lower`` and ``upper``.

    ``time`` rises strictly and ``lower <= upper``. The string starts at ``lower[0]`` (0 at least) and ends at
    ``lower[-1]``. Among all paths between the bounds with these ends it has the least greatest slope and the
    least sum of any convex function of its slopes.
    """
    last = time.size - 1
    lower, upper = lower.copy(), upper.copy()
    lower[0] = upper[0] = max(0.0, float(lower[0]))
    upper[last] = lower[last]
    bends, heights = [0], [float(lower[0])]
    while bends[-1] < last:
        step, touched = _next_bend(
            time[bends[-1] + 1 :] - time[bends[-1]],
            lower[bends[-1] + 1 :] - heights[-1],
            upper[bends[-1] + 1 :] - heights[-1],
        )
        heights.append(heights[-1] + touched)
        bends.append(bends[-1] + 1 + step)
    return np.asarray(np.interp(time, time[bends], heights), dtype=np.float64)


def _next_bend(run: Floats, rise_at_least: Floats, rise_at_most: Floats) -> tuple[int, float]:
    """Where a straight pull from the origin first has to bend, and how high it is there."""
    floors, ceilings = rise_at_least / run, rise_at_most / run
    steepest, flattest = np.maximum.accumulate(floors), np.minimum.accumulate(ceilings)
    crossed = np.flatnonzero(steepest > flattest)
    if not crossed.size:
        return run.size - 1, float(rise_at_least[-1])
    at = max(int(crossed[0]), 1)
    if floors[at] > flattest[at - 1]:  # the floor rises past an earlier ceiling: bend upward at that ceiling
        bend = int(np.argmin(ceilings[:at]))
        return bend, float(rise_at_most[bend])
    bend = int(np.argmax(floors[:at]))
    return bend, float(rise_at_least[bend])
