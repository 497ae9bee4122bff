"""Chance that a whole day or week misses its goals, over joint samples of counts and absence."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from floorwalker.science.errors import Infeasible
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import Goals, MetricsTable, evaluate
from floorwalker.science.staffing.averaged import ANY_TARGET, cheapest_staff, surpluses
from floorwalker.science.staffing.shrinkage import scheduled_for
from floorwalker.science.staffing.workload import Floats, Over, Workload

Ints = NDArray[np.int64]

LEAST, LIKELY, MOST, HALVINGS = 0.7, 1.6, 10.0, 7  # of the expected counts: what a plan may be made for


@dataclass(frozen=True)
class Samples:
    """Joint samples: ``counts`` (samples, intervals), and ``luck`` (samples, days), uniform, for who turns up.

    People who are absent miss the whole day, so one draw a day decides how many are there in all its intervals.
    """

    counts: Ints
    luck: Floats

    @classmethod
    def draw(cls, forecast: Forecast, paths: int, seed: int) -> Samples:
        luck = np.random.default_rng([seed, 1]).random((paths, forecast.grid.days))
        return cls(forecast.paths(paths, seed), luck)

    def present(self, scheduled: Ints, absence: float, day_index: Ints) -> Floats:
        """People there, of those scheduled, in every sample and interval."""
        if absence == 0:
            return np.broadcast_to(scheduled.astype(np.float64), self.counts.shape)
        return np.asarray(stats.binom.ppf(self.luck[:, day_index], scheduled, 1 - absence), dtype=np.float64)


@dataclass(frozen=True)
class Question:
    """What is asked of a plan, and what may go otherwise than expected."""

    forecast: Forecast
    work: Workload
    goals: Goals
    patience_seconds: float | None
    shrinkage: float
    absence: float
    over: Over
    samples: Samples

    def miss(self, scheduled: Ints) -> Floats:
        """For each day or week, the share of samples in which at least one goal is missed over it."""
        day_index = np.asarray(self.forecast.grid.day_index, dtype=np.int64)
        people = self.samples.present(scheduled, self.absence, day_index)
        counts = np.where(self.work.open, self.samples.counts, 0).astype(np.float64)
        there = people * (1 - self.shrinkage)
        found = self._evaluate(there, counts)
        above = surpluses(self.goals, counts, found)
        if self.goals.max_occupancy is not None:
            above.append((self.goals.max_occupancy - found.occupancy) * there * self.work.seconds)
        missed = [self._missed(above, counts, part) for part in self.over.slices(self.forecast.grid)]
        return np.asarray(np.mean(missed, axis=1), dtype=np.float64)

    def _evaluate(self, agents: Floats, counts: Floats) -> MetricsTable:
        """The formula at every sample and interval; equal cases, most of them, are computed once."""
        _, kind = np.unique(np.stack([self.work.seconds, self.work.aht_seconds]), axis=1, return_inverse=True)
        cases = np.stack([agents.ravel(), counts.ravel(), np.broadcast_to(kind.ravel(), counts.shape).ravel()])
        order = np.lexsort(cases)
        new = np.append(True, np.any(np.diff(cases[:, order], axis=1) != 0, axis=0))
        which = np.empty(order.size, dtype=np.int64)
        which[order] = np.cumsum(new) - 1
        once = order[new]
        interval = once % counts.shape[1]
        found = evaluate(
            cases[0, once],
            cases[1, once],
            self.work.seconds[interval],
            self.work.aht_seconds[interval],
            self.goals.target or ANY_TARGET,
            self.patience_seconds,
        )
        return MetricsTable(**{f.name: getattr(found, f.name)[which].reshape(counts.shape) for f in fields(found)})

    def _missed(self, above: list[Floats], counts: Floats, part: slice) -> NDArray[np.bool_]:
        noise = 1e-9 * (1 + counts[:, part].sum(axis=1))
        missed = [each[:, part].sum(axis=1) < -noise for each in above]
        return np.asarray(np.any(missed, axis=0), dtype=np.bool_)

    def staff(self, confidence: float, min_staff: int) -> tuple[Ints, Ints]:
        """Agents on the phones and people to schedule that miss with a probability of at most 1 − confidence.

        They are the cheapest staff for the expected counts times one factor for each day or week, the smallest
        factor (to about one percent) that keeps the promise in the samples.
        """
        grid = self.forecast.grid
        parts = list(self.over.slices(grid))
        sizes = [part.stop - part.start for part in parts]
        low, high = np.full(len(parts), np.log(LEAST)), np.full(len(parts), np.log(LIKELY))

        def plan(factors: Floats) -> tuple[Ints, Ints]:
            work = self.work.with_contacts(self.work.contacts * np.repeat(np.exp(factors), sizes))
            on_phones = cheapest_staff(grid, work, self.goals, self.patience_seconds, min_staff, self.over)
            return on_phones, scheduled_for(on_phones / (1 - self.absence), self.shrinkage)

        while np.any(short := self.miss(plan(high)[1]) > 1 - confidence + 1e-12):
            if high.max() > np.log(MOST):
                raise Infeasible(
                    f"not even staff for {MOST:g} times the expected contacts meets the goals with a probability "
                    f"of {confidence:g}; ask for less confidence or look at the spread of the forecast"
                )
            low, high = np.where(short, high, low), np.where(short, high + np.log(LIKELY), high)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            kept = self.miss(plan(middle)[1]) <= 1 - confidence + 1e-12
            low, high = np.where(kept, low, middle), np.where(kept, middle, high)
        return plan(high)
