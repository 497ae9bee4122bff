"""Items waiting to be worked on, first come, first served: when they arrive, are due and are done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.staffing.business_clock import BusinessClock
from floorwalker.science.staffing.workload import Floats, Workload

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Backlog:
    """``items`` waiting at the start, of ``aht_seconds`` each, promised within ``seconds_left`` of business time.

    Items already late (``seconds_left`` of 0 or less) count as late whatever is done; they are planned as if
    promised afresh.
    """

    items: float
    aht_seconds: float
    seconds_left: float

    def __post_init__(self) -> None:
        if not 0 <= self.items < float("inf") or not 0 < self.aht_seconds < float("inf"):
            raise InvalidInput(
                f"a backlog of {self.items:g} items of {self.aht_seconds:g} s is not possible; "
                "give 0 or more items and a handling time above 0"
            )


@dataclass(frozen=True)
class BacklogPath:
    """What becomes of the items under a given capacity, per interval and in all.

    ``waiting`` are the items left at the end of each interval, ``finished`` those done in it, ``occupancy`` the
    share of capacity used. ``on_time_share`` is the share of items due within the grid (or late before it) that
    were done in time (1 where none are due), ``late_items`` the others. ``mean_response_seconds`` is business
    time from arrival to completion of the items that arrived and were finished within the grid (NaN for none).
    """

    waiting: Floats
    finished: Floats
    occupancy: Floats
    on_time_share: float
    late_items: float
    mean_response_seconds: float


@dataclass(frozen=True)
class Batches:
    """Groups of items in the order they are worked on; edges count the borders between intervals from 0.

    ``arrived_edge`` is the first edge at which all of a batch is there, ``due_edge`` the last by which it must
    be done (beyond the last edge: not within the grid), ``late`` marks what was late from the start, ``born``
    is the business second of arrival (NaN for the opening backlog).
    """

    items: Floats
    work_seconds: Floats
    arrived_edge: Ints
    due_edge: Ints
    late: NDArray[np.bool_]
    born: Floats
    edges: int

    @classmethod
    def of(
        cls, work: Workload, clock: BusinessClock, response_seconds: float, opening: tuple[Backlog, ...]
    ) -> Batches:
        """The opening backlog, the most urgent first, then one batch for each interval with arrivals."""
        for each in opening:
            if each.seconds_left > response_seconds:
                raise InvalidInput(
                    f"a backlog with {each.seconds_left:g} s left was promised within {response_seconds:g} s; "
                    "nothing can have more time left than it was promised"
                )
        old = sorted(opening, key=lambda each: each.seconds_left)
        promised = [each.seconds_left if each.seconds_left > 0 else response_seconds for each in old]
        old_due = np.array([float(clock.due(clock.edges[0], seconds)) for seconds in promised])
        new = np.flatnonzero(work.busy)
        new_due = clock.due(clock.edges[new], response_seconds)
        # New items fall due within an interval and must be done before it; of old ones only that much is known.
        due_edge = np.append(
            np.searchsorted(clock.edges, old_due - 1e-6, side="left"),
            np.searchsorted(clock.edges, new_due + 1e-6, side="right") - 1,
        )
        beyond = np.isinf(np.append(old_due, new_due))
        middle = (clock.edges[new] + clock.edges[new + 1]) / 2
        return cls(
            items=np.append([each.items for each in old], work.contacts[new]),
            work_seconds=np.append(
                [each.items * each.aht_seconds for each in old], work.contacts[new] * work.aht_seconds[new]
            ),
            arrived_edge=np.append(np.zeros(len(old), dtype=np.int64), new + 1).astype(np.int64),
            due_edge=np.where(beyond, clock.edges.size, due_edge).astype(np.int64),
            late=np.append([each.seconds_left <= 0 for each in old], np.zeros(new.size)).astype(np.bool_),
            born=np.append(np.full(len(old), np.nan), clock.elapsed(middle)),
            edges=clock.edges.size,
        )

    def curves(self) -> tuple[Floats, Floats]:
        """Agent-seconds arrived and due up to each edge."""
        arrived = np.bincount(self.arrived_edge, self.work_seconds, self.edges + 1)[: self.edges]
        due = np.bincount(self.due_edge, self.work_seconds, self.edges + 1)[: self.edges]
        return np.cumsum(arrived), np.cumsum(due)

    def after(self, spare_seconds: Floats) -> Batches:
        """What is left for others once ``spare_seconds`` of each interval went into items still in time."""
        if not np.any(spare_seconds > 0):
            return self
        left = self.work_seconds.copy()
        for i in np.flatnonzero(spare_seconds > 0):
            can = (self.arrived_edge <= i + 1) & (self.due_edge >= i + 1)
            left = left - _served(np.where(can, left, 0.0), float(spare_seconds[i]))
        share = np.divide(left, self.work_seconds, out=np.zeros_like(left), where=self.work_seconds > 0)
        return Batches(
            self.items * share, left, self.arrived_edge, self.due_edge, self.late, self.born, self.edges
        )


def work_off(batches: Batches, capacity_seconds: Floats, clock: BusinessClock) -> BacklogPath:
    """Let ``capacity_seconds`` agent-seconds of each interval work through the batches in order."""
    count = batches.edges - 1
    work, items = batches.work_seconds, batches.items
    per_second = np.divide(items, work, out=np.zeros_like(items), where=work > 0)
    left = work.copy()
    waiting, finished, used = np.zeros(count), np.zeros(count), np.zeros(count)
    on_time = response = responded = 0.0
    middles = clock.elapsed((clock.edges[:-1] + clock.edges[1:]) / 2)
    for i in range(count):
        here = batches.arrived_edge <= i + 1
        served = _served(np.where(here, left, 0.0), float(capacity_seconds[i]))
        left = left - served
        done = served * per_second
        used[i], finished[i] = served.sum(), done.sum()
        waiting[i] = float((left * per_second)[here].sum())
        on_time += float(done[~batches.late & (batches.due_edge >= i + 1) & (batches.due_edge <= count)].sum())
        known = ~np.isnan(batches.born) & (done > 0)
        response += float((done[known] * np.maximum(middles[i] - batches.born[known], 0.0)).sum())
        responded += float(done[known].sum())
    due = float(items[batches.late | (batches.due_edge <= count)].sum())
    return BacklogPath(
        waiting=waiting,
        finished=finished,
        occupancy=np.divide(used, capacity_seconds, out=np.zeros(count), where=capacity_seconds > 0),
        on_time_share=min(1.0, on_time / due) if due > 0 else 1.0,
        late_items=max(0.0, due - on_time),
        mean_response_seconds=response / responded if responded else float("nan"),
    )


def _served(waiting: Floats, capacity: float) -> Floats:
    """Work done on each batch when ``capacity`` goes to the first in line."""
    before = np.cumsum(waiting) - waiting
    return np.clip(capacity - before, 0.0, waiting)
