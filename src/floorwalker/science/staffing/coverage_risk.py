"""How likely a plan is to miss its target: limited coverage as a probability, and the days to worry about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import Goals
from floorwalker.science.staffing.needs import Needs
from floorwalker.science.staffing.shrinkage import check_share
from floorwalker.science.staffing.smallest import staff_each
from floorwalker.science.staffing.uncertain import Question, Samples
from floorwalker.science.staffing.workload import Floats, Over, Workload
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class DayAtRisk:
    """A day that may miss its goals: how likely, its riskiest interval, and agent-hours missing on average."""

    day: date
    probability: float
    riskiest: int
    short_hours: float


@dataclass(frozen=True)
class Risk:
    """Probabilities of missing the goals with a given schedule.

    Per interval: ``interval`` from everything together, ``from_counts`` were everybody there who is expected,
    ``from_absence`` came exactly the expected contacts, and ``short_agents``, agents missing on the phones on
    average. ``day``: one value a day, over all contacts of the day.
    """

    grid: TimeGrid
    interval: Floats
    from_counts: Floats
    from_absence: Floats
    short_agents: Floats
    day: Floats

    def warnings(self, threshold: float = 0.2, days: int = 14) -> tuple[DayAtRisk, ...]:
        """Those of the first ``days`` days that miss with a probability above ``threshold``, in order."""
        found = []
        hours = np.asarray(self.grid.lengths) / 3600
        for number in np.flatnonzero(self.day[:days] > threshold):
            part = self.grid.day_slice(int(number))
            found.append(
                DayAtRisk(
                    day=self.grid.dates[number],
                    probability=float(self.day[number]),
                    riskiest=part.start + int(np.argmax(self.interval[part])),
                    short_hours=float((self.short_agents * hours)[part].sum()),
                )
            )
        return tuple(found)


def risk(
    forecast: Forecast,
    goals: Goals,
    scheduled: ArrayLike,
    *,
    patience_seconds: float | None = None,
    shrinkage: float = 0.0,
    absence: float = 0.0,
    paths: int = 400,
    seed: int = 0,
) -> Risk:
    """Probability that ``scheduled`` people (whole, one value an interval) miss the goals.

    Two things are uncertain. The *count* of an interval follows the forecast's spread; an interval misses when
    the staff its count needs, taken as the steady rate of that interval, is more than is there. *Presence*:
    each scheduled person is absent with probability ``absence``, independently, on top of the ``shrinkage``
    everybody has. Intervals are computed over 100 equally likely counts, days over ``paths`` joint samples,
    in which absent people are absent all day.
    """
    people = np.asarray(scheduled)
    if people.shape != (len(forecast.grid),) or np.any(people < 0) or np.any(people != np.floor(people)):
        raise InvalidInput(f"scheduled needs {len(forecast.grid)} whole numbers of people, 0 or more")
    if paths < 1:
        raise InvalidInput(f"{paths} paths are no sample; give 1 or more")
    check_share(shrinkage, "a shrinkage")
    check_share(absence, "an absence")
    people = people.astype(np.int64)
    work = Workload.of(forecast)
    needs = Needs.of(forecast, work, goals, patience_seconds)
    expected = Needs(staff_each(work, goals, patience_seconds, 0)[None, :])
    there = people * (1 - absence) * (1 - shrinkage)
    samples = Samples.draw(forecast, paths, seed)
    question = Question(forecast, work, goals, patience_seconds, shrinkage, absence, Over.DAY, samples)
    return Risk(
        grid=forecast.grid,
        interval=needs.miss(people, shrinkage, absence),
        from_counts=np.asarray((there < needs.agents - 1e-9).mean(axis=0), dtype=np.float64),
        from_absence=expected.miss(people, shrinkage, absence),
        short_agents=_short(needs, people, shrinkage, absence),
        day=question.miss(people),
    )


def _short(needs: Needs, people: NDArray[np.int64], shrinkage: float, absence: float) -> Floats:
    """Mean number of agents missing: the need that exceeds who is there, one agent after the other."""
    short = np.zeros(people.size)
    for agents in range(1, int(needs.agents.max(initial=0)) + 1):
        # An agent is missing wherever the need reaches that far and the people there do not.
        wanted = (needs.agents >= agents).mean(axis=0)
        short += wanted * Needs(np.full((1, people.size), agents)).miss(people, shrinkage, absence)
    return short
