"""Over- and understaffing weighed together, instead of staffing to the peaks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.staffing.workload import Floats
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Balance:
    """Agent-hours above and below a requirement, and in how many intervals each."""

    over_hours: float
    under_hours: float
    over_intervals: int
    under_intervals: int

    def cost(self, over: float = 1.0, under: float = 1.0) -> float:
        """Both together: ``over`` for an hour too many, ``under`` for one too few."""
        return over * self.over_hours + under * self.under_hours


def balance(grid: TimeGrid, needed: ArrayLike, agents: ArrayLike) -> Balance:
    """Compare ``agents`` with those ``needed``, one value an interval each."""
    gap = _column(grid, agents, "agents") - _column(grid, needed, "needed")
    hours = np.asarray(grid.lengths, dtype=np.float64) / 3600
    return Balance(
        over_hours=float((np.maximum(gap, 0) * hours).sum()),
        under_hours=float((np.maximum(-gap, 0) * hours).sum()),
        over_intervals=int((gap > 0).sum()),
        under_intervals=int((gap < 0).sum()),
    )


def level(
    grid: TimeGrid, needed: ArrayLike, block_minutes: int, *, over: float = 1.0, under: float = 1.0
) -> NDArray[np.int64]:
    """Even staff in blocks of ``block_minutes``, with the least cost of over- and understaffing together.

    People work in stretches, so staff cannot follow every interval. Within a block (counted from the start of
    each day) the agents stay the same and every hour too many costs ``over``, every hour too few ``under``. The
    cheapest number is the quantile under ÷ (over + under) of the block's needs, weighted by time (the
    newsvendor's rule): the median at equal costs, the peak only as ``under`` outgrows all bounds. Of numbers
    that cost the same the smallest is taken. Blocks in which nobody is needed stay empty.
    """
    needs = _column(grid, needed, "needed")
    if block_minutes < 1:
        raise InvalidInput(f"a block of {block_minutes} minutes is no stretch of time; give 1 or more")
    if not (over >= 0 and under >= 0 and 0 < over + under < float("inf")):
        raise InvalidInput(
            f"costs of over={over:g} and under={under:g} are not possible; give 0 or more, not both 0"
        )
    share = under / (over + under)
    starts = np.asarray(grid.starts) - np.asarray(grid.day_starts)[np.asarray(grid.day_index)]
    block = np.asarray(grid.day_index) * 86_400 + starts // (60 * block_minutes)
    seconds = np.asarray(grid.lengths, dtype=np.float64)
    agents = np.zeros(needs.size, dtype=np.int64)
    for each in np.unique(block):
        here = block == each
        agents[here] = _quantile(needs[here], seconds[here], share)
    return agents


def _quantile(values: Floats, weights: Floats, share: float) -> int:
    """Smallest whole number with at least that share of the weight at or below it."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    at = int(np.searchsorted(reached, share * reached[-1] * (1 - 1e-12), side="left"))
    return int(np.ceil(values[order][min(at, values.size - 1)]))


def _column(grid: TimeGrid, values: ArrayLike, name: str) -> Floats:
    column = np.asarray(values, dtype=np.float64)
    if column.shape != (len(grid),) or not np.all(column >= 0):
        raise InvalidInput(f"{name} needs {len(grid)} numbers, 0 or more, one an interval")
    return column
