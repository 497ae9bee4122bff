"""How many hours of specialists save as many contacts: read from a curve of a few numbers of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.simulation.intervals import Estimate, ratio, student

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Replaced:
    """``curve``: agents and the contacts they save in each replication; each agent works ``hours_each``."""

    hours_each: float
    curve: tuple[tuple[int, Floats], ...]

    def hours(self, saved: Floats) -> Estimate:
        """Hours that save as many contacts as ``saved`` in each replication.

        The band knows that the curve is measured too, and on the same contacts: it is the jackknife's, reading the
        hours again without each replication. Where fewer than none are saved, or more than by all specialists
        tried, there is no slope to read; the band of the contacts is carried over then.
        """
        tries = len(saved)
        contacts = ratio(saved, np.ones(tries), tries)
        means = [float(values.mean()) for _, values in self.curve]
        mean = self._read(contacts.mean, means)
        if not 0 < contacts.mean < max(means, default=0.0):
            low, high = (self._read(value, means) for value in (contacts.low, contacts.high))
            return Estimate(mean, max(high - mean, mean - low), tries)
        without = [
            self._read(_left_out(saved, one), [_left_out(values, one) for _, values in self.curve])
            for one in range(tries)
        ]
        spread = (tries - 1) / tries * float(np.square(np.array(without) - np.mean(without)).sum())
        return Estimate(mean, student(tries - 1) * spread**0.5, tries)

    def beyond(self, saved: float) -> bool:
        """Whether even the most specialists tried save fewer."""
        return bool(self.curve) and saved > max(float(values.mean()) for _, values in self.curve)

    def _read(self, saved: float, means: list[float]) -> float:
        agents = np.array([0, *(count for count, _ in self.curve)], dtype=np.float64)
        # More of them never save fewer: what says otherwise is noise.
        contacts = np.maximum.accumulate(np.array([0.0, *means]))
        return float(np.interp(saved, contacts, agents)) * self.hours_each


def _left_out(values: Floats, one: int) -> float:
    return float((values.sum() - values[one]) / (len(values) - 1))
