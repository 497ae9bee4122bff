"""How many hours of specialists save as many contacts: read from a curve of a few numbers of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.science.simulation.intervals import Estimate


@dataclass(frozen=True)
class Replaced:
    """``curve`` are pairs of agents and contacts they save, each agent ``hours_each``."""

    hours_each: float
    curve: tuple[tuple[int, float], ...]

    def hours(self, saved: Estimate) -> Estimate:
        """Hours that save as many contacts, with the band of the contacts carried over."""
        low, mean, high = (self._read(value) for value in (saved.low, saved.mean, saved.high))
        return Estimate(mean, max(high - mean, mean - low), saved.replications)

    def beyond(self, saved: float) -> bool:
        """Whether even the most specialists tried save fewer."""
        return bool(self.curve) and saved > max(value for _, value in self.curve)

    def _read(self, saved: float) -> float:
        agents = np.array([0, *(count for count, _ in self.curve)], dtype=np.float64)
        # More of them never save fewer: what says otherwise is noise.
        contacts = np.maximum.accumulate(np.array([0.0, *(value for _, value in self.curve)]))
        return float(np.interp(saved, contacts, agents)) * self.hours_each
