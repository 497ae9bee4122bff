"""A queue as the simulator takes it: arrivals from its forecast, handling, patience and target from its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.simulation import (
    AgentGroup,
    ContactType,
    Exponential,
    Hours,
    Infinite,
    LogNormal,
    Model,
    Paths,
    Periods,
    PerPeriod,
    Skill,
    Value,
)
from floorwalker.science.staffing.workload import Workload
from floorwalker.science.timegrid import TimeGrid

WORTHLESS = Value()


@dataclass(frozen=True)
class Served:
    """One queue that is simulated.

    Handling is exponential about the forecast's handling time, as the formulas take it, or lognormal with
    ``handling_cv``. Callers wait an exponential patience of mean ``patience_seconds``; None: for ever.
    """

    forecast: Forecast
    target: ServiceTarget
    patience_seconds: float | None = None
    handling_cv: float | None = None
    value: Value = WORTHLESS

    @property
    def queue(self) -> str:
        return self.forecast.queue


def counted_model(
    served: Sequence[Served], agents: Mapping[str, ArrayLike], *, paths: int = 0, seed: int = 0
) -> Model:
    """The queues with whole ``agents`` on the phones in each interval, by queue: a requirement as it stands."""
    grid = common_grid(served)
    groups = []
    for each in served:
        counts = np.asarray(agents[each.queue])
        if counts.shape != (len(grid),) or np.any(counts < 0) or np.any(counts != np.rint(counts)):
            raise InvalidInput(f"the agents of {each.queue!r} are not {len(grid)} whole numbers, 0 or more")
        groups.append(AgentGroup(each.queue, (Skill(each.queue),), staff=tuple(int(n) for n in counts)))
    return Model(periods_of(grid), contact_types(served, paths=paths, seed=seed), tuple(groups))


def common_grid(served: Sequence[Served]) -> TimeGrid:
    """The intervals all queues share; :class:`InvalidInput` where they differ or no queue is given."""
    if not served:
        raise InvalidInput("no queue is given; a simulation needs at least one")
    first = served[0].forecast
    for each in served[1:]:
        if each.forecast.grid != first.grid:
            raise InvalidInput(
                f"the forecasts of {first.queue!r} and {each.queue!r} have different days, intervals or zones; "
                "simulate queues on one grid together, and others apart"
            )
    return first.grid


def periods_of(grid: TimeGrid) -> Periods:
    """The intervals of a grid as periods, in elapsed time: days of a clock change are longer or shorter."""
    days = np.asarray(grid.day_index)
    starts = np.flatnonzero(np.diff(days, prepend=-1))
    return Periods(tuple(float(length) for length in grid.lengths), tuple(int(start) for start in starts))


def contact_types(served: Sequence[Served], *, paths: int = 0, seed: int = 0) -> tuple[ContactType, ...]:
    """One type of contact a queue: the expected counts, or with ``paths`` so many draws of its forecast."""
    return tuple(_type(each, paths, seed + number) for number, each in enumerate(served))


def _type(served: Served, paths: int, seed: int) -> ContactType:
    forecast, work = served.forecast, Workload.of(served.forecast)
    if paths:
        drawn = np.where(work.open, forecast.paths(paths, seed), 0)
        arrivals: Paths | PerPeriod = Paths(tuple(tuple(int(n) for n in row) for row in drawn))
    else:
        arrivals = PerPeriod(tuple(float(n) for n in work.contacts))
    weights = np.where(work.busy, work.contacts, 0.0)
    mean = float(np.average(work.aht_seconds, weights=weights)) if weights.any() else 1.0
    factors = np.where(work.busy, work.aht_seconds / mean, 1.0)
    cv, patience = served.handling_cv, served.patience_seconds
    return ContactType(
        name=served.queue,
        arrivals=arrivals,
        handling=Exponential(mean) if cv is None else LogNormal(mean, cv),
        handling_factors=None if np.allclose(factors, 1.0) else tuple(float(factor) for factor in factors),
        patience=Infinite() if patience is None else Exponential(patience),
        target=served.target,
        hours=_hours(work.open, forecast.grid),
        value=served.value,
    )


def _hours(is_open: np.ndarray, grid: TimeGrid) -> Hours | None:
    """Runs of open intervals, in seconds since the grid began; None where it never closes."""
    if is_open.all():
        return None
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_open.astype(np.int8), [0]))))
    borders = np.append(0.0, np.cumsum(np.asarray(grid.lengths, dtype=np.float64)))
    spans = tuple((float(borders[first]), float(borders[last])) for first, last in edges.reshape(-1, 2))
    return Hours(spans)
