"""Agents needed at each of many equally likely counts, and the chance that fewer are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import Goals, smallest_staff_each
from floorwalker.science.staffing.shrinkage import scheduled_for
from floorwalker.science.staffing.workload import Floats, Workload

Ints = NDArray[np.int64]

COUNTS = 100  # equally likely counts that stand for the distribution of an interval: risks to about one percent


def check_confidence(confidence: float) -> float:
    """``confidence`` when it is a probability the counts can tell apart from 0 and 1."""
    if not 0.5 / COUNTS <= confidence <= 1 - 0.5 / COUNTS:
        raise InvalidInput(
            f"a confidence of {confidence:g} is not between {0.5 / COUNTS:g} and {1 - 0.5 / COUNTS:g}; "
            "0.8 misses the target at most 1 time in 5"
        )
    return float(confidence)


@dataclass(frozen=True)
class Needs:
    """``agents[k, i]``: agents on the phones interval ``i`` needs at its ``k``-th count; rising in ``k``."""

    agents: Ints

    @classmethod
    def of(cls, forecast: Forecast, work: Workload, goals: Goals, patience_seconds: float | None) -> Needs:
        """The needs at the middles of ``COUNTS`` equal slices of the forecast's distribution of counts."""
        agents = np.zeros((COUNTS, work.contacts.size), dtype=np.int64)
        busy = work.busy
        if busy.any():
            middles = (np.arange(COUNTS) + 0.5) / COUNTS
            counts = np.array([forecast.quantile(float(p))[busy] for p in middles])
            part = work.part(busy)
            agents[:, busy] = smallest_staff_each(counts, part.seconds, part.aht_seconds, goals, patience_seconds)
        return cls(agents)

    def at(self, confidence: float) -> Ints:
        """Agents that are enough with that probability."""
        last = int(np.ceil(confidence * len(self.agents) - 1e-9)) - 1
        return np.asarray(self.agents[last], dtype=np.int64)

    def miss(self, scheduled: Ints, shrinkage: float, absence: float) -> Floats:
        """Probability that fewer are on the phones than needed; people are absent independently."""
        enough = scheduled_for(self.agents, shrinkage)
        if absence == 0:
            return np.asarray((scheduled < enough).mean(axis=0), dtype=np.float64)
        short = np.asarray(stats.binom.cdf(enough - 1, scheduled, 1 - absence))
        return np.asarray(short.mean(axis=0), dtype=np.float64)

    def people(self, confidence: float, shrinkage: float, absence: float, min_staff: Ints) -> Ints:
        """Fewest scheduled people that miss with a probability of at most 1 − ``confidence``."""
        people = scheduled_for(np.maximum(self.at(confidence), min_staff), shrinkage)
        if absence > 0:
            while np.any(short := self.miss(people, shrinkage, absence) > 1 - confidence + 1e-12):
                people = people + short
        return people
