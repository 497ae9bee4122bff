"""What chance a replication has: a key for each type, and how busy its days are.

Everything else is drawn in the kernel from the key of the type and the number of the contact, so two models that
differ only in their agents see the same contacts with the same patience and the same handling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from floorwalker.science.simulation.model import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Chances:
    """One replication's: ``keys`` per type, ``expected`` contacts (of a path: the counts) per type and period."""

    keys: NDArray[np.uint64]
    expected: NDArray[np.float64]


class Streams:
    """The chances of every replication of a model under one seed."""

    def __init__(self, model: Model, seed: int) -> None:
        self.model, self.seed = model, seed
        lengths = np.array(model.periods.lengths_seconds)
        self.expected = np.zeros((len(model.types), len(lengths)))
        self.spread = np.zeros(len(model.types))
        for place, kind in enumerate(model.types):
            if kind.arrivals.kind == "constant":
                self.expected[place] = kind.arrivals.per_hour * lengths / 3600
            elif kind.arrivals.kind == "per-period":
                self.expected[place] = kind.arrivals.contacts
                self.spread[place] = kind.arrivals.day_cv
        self.day_lengths = np.diff([*model.periods.day_starts, len(lengths)])

    def of(self, replication: int) -> Chances:
        """The chances of one replication, the same however many others there are."""
        keys, days = np.random.SeedSequence((self.seed, replication)).spawn(2)
        expected = self.expected
        if self.spread.any():
            expected = expected * np.repeat(self.busyness(days), self.day_lengths, axis=1)
        for place, kind in enumerate(self.model.types):
            if kind.arrivals.kind == "paths":
                expected = expected.copy() if expected is self.expected else expected
                expected[place] = kind.arrivals.paths[replication % len(kind.arrivals.paths)]
        return Chances(keys.generate_state(len(expected), np.uint64).astype(np.uint64), expected)

    def busyness(self, of: np.random.SeedSequence) -> NDArray[np.float64]:
        """Gamma factors of mean 1 per type and day, tied together by a Gaussian copula."""
        from scipy.special import gammaincinv, ndtr

        correlation, kinds = self.model.busyness_correlation, len(self.spread)
        normal = np.random.default_rng(of).standard_normal((1 + kinds, len(self.day_lengths)))
        each = np.sqrt(correlation) * normal[0] + np.sqrt(1 - correlation) * normal[1:]
        factors: NDArray[np.float64] = np.ones_like(each)
        random = self.spread > 0
        shape = self.spread[random, None] ** -2.0
        factors[random] = gammaincinv(shape, ndtr(each[random])) / shape
        return factors
