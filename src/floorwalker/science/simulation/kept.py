"""Replications added up: totals of each, sums of batches for what is larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.kernel import layout, measured
from floorwalker.science.simulation.measures import Kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from floorwalker.science.simulation.experiment import Run
    from floorwalker.science.simulation.tables import Tables

KEPT_BYTES = 100_000_000  # for sums by period, agent and wait
LEAST_BATCHES = 16
MOST_BYTES = 2_000_000_000


class Sums:
    """Adds runs in their order. Replication r belongs to batch r modulo the number of batches."""

    def __init__(self, tables: Tables, most: int) -> None:
        kinds, groups, periods = len(tables.types), len(tables.groups), len(tables.borders) - 1
        shapes = (
            (kinds, periods, len(measured.TYPE_MEASURES)),
            (groups, periods, len(measured.GROUP_MEASURES)),
            (int(tables.named.sum()), len(measured.GROUP_MEASURES if tables.detail else measured.AGENT_MEASURES)),
            (kinds, tables.wait_rows, 2, layout.BINS),
            (groups * tables.detail, layout.BINS),
        )
        bytes_each = 8 * sum(int(np.prod(shape)) for shape in shapes)
        if LEAST_BATCHES * bytes_each > MOST_BYTES:
            gigabytes = LEAST_BATCHES * bytes_each / 1e9
            raise InvalidInput(
                f"the waits of {kinds} types in {periods:,} periods take {gigabytes:.1f} GB; "
                "ask for detail of fewer periods, or leave it out and read percentiles by day"
            )
        self.batches = min(most, max(LEAST_BATCHES, KEPT_BYTES // bytes_each))
        self.sums = [np.zeros((self.batches, *shape)) for shape in shapes]
        self.sizes = np.zeros(self.batches)
        self.totals: list[NDArray[np.float64]] = []
        self.groups: list[NDArray[np.float64]] = []
        self.taken: list[NDArray[np.float64]] = []

    def add(self, run: Run) -> None:
        batch = len(self.totals) % self.batches
        counted = (run.by_type, run.by_group, run.agents, run.waits, run.group_waits)
        for total, one in zip(self.sums, counted, strict=True):
            total[batch] += one
        self.sizes[batch] += 1
        self.totals.append(run.by_type.sum(axis=1))
        self.groups.append(run.by_group.sum(axis=1))
        self.taken.append(run.taken)

    def kept(self) -> Kept:
        """As it stands now; batches nothing fell into are left out."""
        used = min(self.batches, len(self.totals))
        of_batches = (total[:used].copy() for total in self.sums)
        totals, groups, taken = (np.array(each) for each in (self.totals, self.groups, self.taken))
        return Kept(totals, groups, taken, self.sizes[:used].copy(), *of_batches)
