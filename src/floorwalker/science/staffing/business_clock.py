"""A clock that runs only in business hours: response times, turnaround and due times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import TimeGrid

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BusinessClock:
    """Business time of a grid: it passes in the intervals that are ``running`` and stands still elsewhere.

    ``running`` holds one truth value an interval. Instants are UTC seconds; business time is counted in
    seconds from the grid's start and does not go on beyond its end.
    """

    grid: TimeGrid
    running: NDArray[np.bool_]

    def __post_init__(self) -> None:
        running = np.asarray(self.running, dtype=np.bool_)
        if running.shape != (len(self.grid),):
            raise InvalidInput(f"running has {running.size} values for {len(self.grid)} intervals of the grid")
        if not running.any():
            raise InvalidInput("the business clock never runs: mark at least one interval as business hours")
        object.__setattr__(self, "running", running)

    @cached_property
    def edges(self) -> Floats:
        """UTC seconds at which each interval begins, and at which the last one ends."""
        return np.append(np.asarray(self.grid.starts, dtype=np.float64), float(self.grid.end))

    @cached_property
    def at_edges(self) -> Floats:
        """Business seconds passed at each edge."""
        lengths = np.asarray(self.grid.lengths, dtype=np.float64)
        return np.append(0.0, np.cumsum(lengths * self.running))

    def elapsed(self, instants: ArrayLike) -> Floats:
        """Business seconds from the grid's start to each instant (clamped to the grid)."""
        return np.asarray(np.interp(np.asarray(instants, dtype=np.float64), self.edges, self.at_edges))

    def between(self, starts: ArrayLike, ends: ArrayLike) -> Floats:
        """Business seconds from each start to its end: the response time or turnaround a customer is promised."""
        return self.elapsed(ends) - self.elapsed(starts)

    def due(self, starts: ArrayLike, seconds: float) -> Floats:
        """First instant at which ``seconds`` of business time have passed since each start; else inf."""
        promised = np.asarray(self.elapsed(starts) + seconds)
        edge = np.searchsorted(self.at_edges, promised - 1e-6, side="left")
        inside = edge < self.at_edges.size
        edge = np.minimum(edge, self.at_edges.size - 1)
        instants = self.edges[edge] - (self.at_edges[edge] - promised)
        return np.asarray(np.where(inside, instants, np.inf), dtype=np.float64)
