"""A queue as the library knows it, from plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from floorwalker.science.forecasting import Forecast, Spread
from floorwalker.science.queueing import Goals, ServiceTarget
from floorwalker.science.simulation import Value
from floorwalker.science.staffing import (
    Achieved,
    MarginalValue,
    Requirement,
    achieved,
    marginal_value,
    plan_intervals,
)
from floorwalker.science.timegrid import TimeGrid

Plain = dict[str, Any]
MOST_AWAY = 0.95


@dataclass(frozen=True)
class Case:
    """A queue as the library knows it."""

    forecast: Forecast
    goals: Goals
    measured: ServiceTarget
    patience_seconds: float | None
    policy: Plain
    off_phone: float = 0.0  # share of paid time the site plans off the phones

    @classmethod
    def of(cls, plain: Plain) -> Case:
        goals, policy = plain["of"]["goals"], plain["of"]["policy"]
        measured = ServiceTarget(goals["share"], goals["seconds"], goals["definition"])
        ceilings = [each for each in (goals["max_abandon"], policy["max_abandon"]) if each]
        wanted = Goals(
            None if goals["asa_seconds"] else measured,
            max_abandon=min(ceilings, default=None),
            max_occupancy=policy["max_occupancy"],
            max_asa_seconds=goals["asa_seconds"],
        )
        off_phone = plain["of"].get("off_phone", 0.0)
        return cls(forecast_of(plain), wanted, measured, goals["patience_seconds"], policy, off_phone)

    @property
    def shrinkage(self) -> float:
        """Of the queue, and the site's budget off the phones on top of it; a twentieth is always on the phones."""
        return min(float(self.policy["shrinkage"] + self.off_phone), MOST_AWAY)

    @property
    def presence(self) -> float:
        """The share of people on the schedule who are on the phones."""
        return float((1 - self.shrinkage) * (1 - self.policy["absence"]))

    @property
    def worth(self) -> Value:
        """What a contact is worth when it is answered in time, and what it costs when it is lost."""
        gained, lost = (self.policy.get(name) or 0.0 for name in ("value_in_time", "cost_lost"))
        return Value(answered=gained, lost=lost, within_seconds=self.measured.seconds)

    @property
    def worth_known(self) -> bool:
        return bool(self.worth.answered or self.worth.lost)

    def earned(self, found: Achieved) -> np.ndarray:
        """Worth of the contacts answered in time less the cost of those lost, in each interval."""
        return found.contacts * found.answered_within * self.worth.answered - found.abandoned * self.worth.lost

    @property
    def settings(self) -> Plain:
        kept = {name: self.policy[name] for name in ("min_staff", "over", "confidence", "absence")}
        return {"patience_seconds": self.patience_seconds, "shrinkage": self.shrinkage, **kept}

    def need(self) -> Requirement:
        return plan_intervals(self.forecast, self.goals, **self.settings, measured_as=self.measured)

    def value(self, agents: np.ndarray) -> MarginalValue:
        """What one agent more on the phones would win."""
        patience = self.patience_seconds
        return marginal_value(
            self.forecast, agents, self.goals, patience_seconds=patience, measured_as=self.measured
        )

    def achieved(self, agents: np.ndarray, forecast: Forecast | None = None) -> Achieved:
        """What so many agents on the phones do in each interval."""
        return achieved(forecast or self.forecast, agents, self.measured, self.patience_seconds)

    def lost(self, agents: np.ndarray, forecast: Forecast | None = None) -> np.ndarray:
        """Callers lost in each interval."""
        return self.achieved(agents, forecast).abandoned


def forecast_of(plain: Plain) -> Forecast:
    """The forecast as the library knows it, from its stored days."""
    kept, about = plain["days"], plain["of"]
    grid = TimeGrid(date.fromisoformat(kept[0]["day"]), len(kept), about["step_seconds"], about["zone"])

    def column(name: str) -> np.ndarray:
        return np.concatenate([np.asarray(each[name], dtype=np.float64) for each in kept])

    day_cv = np.asarray([each["day_cv"] for each in kept], dtype=np.float64)
    spread = Spread(day_cv, column("slot_cv"), about["slot_correlation"], about["day_correlation"])
    is_open = column("open") > 0
    contacts = np.where(is_open, column("contacts"), 0.0)
    return Forecast(plain["name"], grid, contacts, column("aht_seconds"), is_open, spread, about["method"])


def people_at_work(need: Requirement, rostered: list[list[int] | None]) -> tuple[np.ndarray, list[str]]:
    """People on the schedule, day by day: as published, or as required where nothing is; and which of the two."""
    people = np.asarray(need.scheduled, dtype=np.int64).copy()
    bases = []
    for number, counts in enumerate(rostered):
        if counts is not None:
            people[need.grid.day_slice(number)] = counts
        bases.append("required" if counts is None else "rostered")
    return people, bases


def moment(grid: TimeGrid, index: int) -> str:
    return datetime.fromtimestamp(grid.starts[index], UTC).isoformat()


def numbers(values: np.ndarray, unknown: float | None = None) -> list[float | None]:
    """Finite numbers with seven digits; what is not a number stays unknown."""
    return [float(f"{v:.7g}") if np.isfinite(v) else unknown for v in values]
