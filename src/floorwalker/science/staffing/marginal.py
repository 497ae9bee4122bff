"""What one agent more would win in each interval, what one fewer would lose, and who is not needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import Goals, ServiceTarget
from floorwalker.science.staffing.cover import Achieved, achieved
from floorwalker.science.staffing.smallest import check_min_staff, staff_each
from floorwalker.science.staffing.workload import Floats, Workload
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class MarginalValue:
    """Per interval, in contacts an agent-hour: what the next agent wins and what the last one is worth.

    ``saved_by_one_more`` are contacts that would no longer be abandoned, ``in_time_by_one_more`` contacts that
    would be answered within the target's seconds and now are not; ``lost_by_one_fewer`` and
    ``late_by_one_fewer`` the same for taking one agent away (0 where nobody is). ``spare`` are whole agents
    beyond the fewest that meet the goals (negative: agents missing); ``now`` are the measures as they stand.
    """

    grid: TimeGrid
    now: Achieved
    saved_by_one_more: Floats
    in_time_by_one_more: Floats
    lost_by_one_fewer: Floats
    late_by_one_fewer: Floats
    spare: NDArray[np.int64]

    @property
    def overstaffed(self) -> NDArray[np.bool_]:
        """Where an agent could go without a goal being missed."""
        return self.spare > 0

    @property
    def spare_hours(self) -> float:
        """Agent-hours beyond the fewest that meet the goals."""
        return float((np.maximum(self.spare, 0) * np.asarray(self.grid.lengths)).sum() / 3600)

    @property
    def short_hours(self) -> float:
        """Agent-hours missing to meet the goals."""
        return float((np.maximum(-self.spare, 0) * np.asarray(self.grid.lengths)).sum() / 3600)

    def where_one_more_wins_most(self, count: int = 3) -> NDArray[np.int64]:
        """Intervals in which the next agent-hour wins most contacts in time, the best first."""
        order = np.argsort(-self.in_time_by_one_more, kind="stable")
        return np.asarray(order[:count], dtype=np.int64)

    def cost_per_contact_saved(self, hourly_cost: float) -> Floats:
        """Cost of saving one contact with the next agent-hour; infinite where it saves none."""
        if not 0 <= hourly_cost < float("inf"):
            raise InvalidInput(f"an hourly cost of {hourly_cost:g} is not possible; give 0 or more")
        saved = self.saved_by_one_more
        cost = np.full(saved.shape, np.inf)
        return np.asarray(np.divide(hourly_cost, saved, out=cost, where=saved > 0), dtype=np.float64)


def marginal_value(
    forecast: Forecast,
    agents_on_phones: ArrayLike,
    goals: Goals,
    *,
    patience_seconds: float | None = None,
    min_staff: int = 0,
    measured_as: ServiceTarget | None = None,
) -> MarginalValue:
    """Value of one agent more and one fewer on the phones, around ``agents_on_phones`` (fractions allowed).

    Contacts in time are counted under the target's seconds whatever its definition. Without patience nobody
    abandons, so nothing is saved; where the queue then grows without limit nothing is in time either.
    """
    target = measured_as or goals.target
    if target is None:
        raise InvalidInput("these goals name no service target; say with measured_as how service is reported")
    work = Workload.of(forecast)
    agents = np.asarray(agents_on_phones, dtype=np.float64)
    now = achieved(forecast, agents, target, patience_seconds)
    more = achieved(forecast, agents + work.open, target, patience_seconds)
    fewer = achieved(forecast, np.maximum(agents - 1, 0.0), target, patience_seconds)
    hours = work.seconds / 3600
    needed = staff_each(work, goals, patience_seconds, check_min_staff(min_staff))
    return MarginalValue(
        grid=forecast.grid,
        now=now,
        saved_by_one_more=(now.abandoned - more.abandoned) / hours,
        in_time_by_one_more=_in_time(more, now) / hours,
        lost_by_one_fewer=(fewer.abandoned - now.abandoned) / hours,
        late_by_one_fewer=_in_time(now, fewer) / hours,
        spare=np.floor(agents - needed + 1e-9).astype(np.int64),
    )


def _in_time(better: Achieved, worse: Achieved) -> Floats:
    gained = better.contacts * (better.answered_within - worse.answered_within)
    return np.asarray(gained, dtype=np.float64)
