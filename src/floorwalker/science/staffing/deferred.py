"""Email, social media and messages: work that may wait, staffed over its response time against a backlog.

Work is counted in agent-seconds. Up to the edge between two intervals at most what has *arrived* can be done
and at least what is *due* must be done, so the work done runs between two rising curves. The path pulled taut
between them, like a string, changes its slope as little as possible: no other path that meets every due time
has a lower peak, and none is more even. It is the least work too, since it ends at what is due by the end.
(The taut string as minimiser of every convex cost: Barlow, Bartholomew, Bremner and Brunk, *Statistical
Inference under Order Restrictions*, 1972; as production smoothing: Modigliani and Hohn, Econometrica 23, 1955.)

Whole agents follow the path from above: an interval gets one agent less wherever earlier rounding has already
put the work ahead of it. Contacts of an interval count as arrived at its end and as due by the promise made to
the first of them, so the plan errs on the punctual side by less than an interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.errors import Infeasible, InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.staffing.backlog import Backlog, BacklogPath, Batches, work_off
from floorwalker.science.staffing.business_clock import BusinessClock
from floorwalker.science.staffing.shrinkage import ROUNDING_NOISE, scheduled_for
from floorwalker.science.staffing.taut import taut_string
from floorwalker.science.staffing.workload import Bools, Floats, Workload
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class DeferredPlan:
    """Staff for work that may wait.

    ``level`` is the even path in agents (fractions), ``required`` whole agents on the work, ``scheduled`` the
    people to roster for them; ``path`` tells what follows from ``required`` (backlog, share on time).
    """

    queue: str
    grid: TimeGrid
    response_seconds: float
    level: Floats
    required: NDArray[np.int64]
    scheduled: NDArray[np.int64]
    path: BacklogPath

    @property
    def agent_hours(self) -> float:
        """Required agents × time."""
        return float((self.required * np.asarray(self.grid.lengths)).sum() / 3600)


def plan_deferred(
    forecast: Forecast,
    response_seconds: float,
    *,
    staffed: ArrayLike | None = None,
    clock: ArrayLike | None = None,
    opening: tuple[Backlog, ...] = (),
    idle_agents: ArrayLike | None = None,
    shrinkage: float = 0.0,
) -> DeferredPlan:
    """Fewest and most even agents that finish every item within ``response_seconds``, first come, first served.

    ``forecast`` says when items arrive (its ``open`` intervals, often the whole day). ``staffed`` marks the
    intervals in which people work on them and ``clock`` those in which the promised time runs (business hours);
    both default to the forecast's open intervals, ``clock`` to ``staffed`` where only that is given.
    ``opening`` is the backlog at the start. ``idle_agents`` (per interval, fractions allowed) is time others
    have to spare between calls, used first. Items not due within the grid may be left at its end.

    :class:`Infeasible` where a promise ends before anyone works.
    """
    grid, work = forecast.grid, Workload.of(forecast)
    at_work = _flags(staffed, work.open, "staffed", grid)
    running = _flags(clock, at_work, "clock", grid)
    if not at_work.any():
        raise InvalidInput("no interval is staffed; mark those in which people work on the backlog")
    if not np.isfinite(response_seconds) or response_seconds < grid.step_seconds:
        raise InvalidInput(
            f"a response time of {response_seconds:g} s is shorter than the intervals of {grid.step_seconds} s; "
            "plan it as live contacts (plan_intervals) or use shorter intervals"
        )
    batches = Batches.of(work, BusinessClock(grid, running), response_seconds, opening)
    idle = np.zeros(len(grid)) if idle_agents is None else np.asarray(idle_agents, dtype=np.float64)
    if idle.shape != (len(grid),) or not np.all(np.isfinite(idle)) or np.any(idle < 0):
        raise InvalidInput(f"idle_agents needs {len(grid)} finite numbers, 0 or more")
    idle_seconds = idle * work.seconds
    left = batches.after(idle_seconds)
    level = _level(left, work.seconds * at_work, grid)
    required = _whole(level, left, work.seconds * at_work)
    return DeferredPlan(
        queue=forecast.queue,
        grid=grid,
        response_seconds=float(response_seconds),
        level=level,
        required=required,
        scheduled=scheduled_for(required, shrinkage),
        path=work_off(batches, required * work.seconds + idle_seconds, BusinessClock(grid, running)),
    )


def _flags(given: ArrayLike | None, default: Bools, name: str, grid: TimeGrid) -> Bools:
    flags = default if given is None else np.asarray(given, dtype=np.bool_)
    if flags.shape != (len(grid),):
        raise InvalidInput(f"{name} has {flags.size} values for {len(grid)} intervals")
    return flags


def _level(batches: Batches, staffed_seconds: Floats, grid: TimeGrid) -> Floats:
    """Agents of the taut path in each interval."""
    arrived, due = batches.curves()
    # Nothing is done while nobody works, so edges with no staffed time between them are one point.
    time = np.append(0.0, np.cumsum(staffed_seconds))
    points, first = np.unique(time, return_index=True)
    last = np.append(first[1:], time.size) - 1
    upper, lower = arrived[first], due[last]
    short = lower > upper + 1e-6 * np.maximum(1.0, upper)
    if np.any(short):
        where = int(last[np.flatnonzero(short)[0]])
        when = grid.local(where).isoformat() if where < len(grid) else "the end of the grid"
        raise Infeasible(
            f"items due by {when} arrive after the last staffed interval before it: "
            "staff more hours or promise a longer response time"
        )
    done = taut_string(points, np.minimum(lower, upper), upper)
    rates = np.diff(done) / np.diff(points)
    level = np.zeros(len(grid))
    level[staffed_seconds > 0] = rates
    return level


def _whole(level: Floats, batches: Batches, staffed_seconds: Floats) -> NDArray[np.int64]:
    """Whole agents that never fall behind the taut path, given that nobody works on what has not arrived."""
    arrived, _ = batches.curves()
    agents = np.zeros(level.size, dtype=np.int64)
    planned = done = 0.0
    for i, seconds in enumerate(staffed_seconds):
        if seconds > 0:
            planned += level[i] * seconds
            behind = (planned - done) / seconds
            agents[i] = max(0, int(np.ceil(behind - ROUNDING_NOISE * max(1.0, behind))))
        done = min(done + agents[i] * seconds, arrived[i + 1])
    return agents
