"""What the plan report shows, as plain frozen dataclasses the plan command fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from floorwalker.contacts import Guess
from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Demand
from floorwalker.science.outcome import Status
from floorwalker.science.rostering import Roster
from floorwalker.science.staffing import Achieved, QueueAudit, Requirement
from floorwalker.science.timegrid import TimeGrid

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Advice:
    """One thing a planner would do: the headline, its number, a sentence of detail, and when it applies."""

    headline: str
    number: str
    detail: str
    when: str = ""


@dataclass(frozen=True)
class MethodScore:
    """How one forecasting method did in the backtest. ``wape``, ``bias`` and ``coverage`` are shares."""

    method: str
    wape: float
    mase: float
    bias: float
    coverage: float
    chosen: bool = False


@dataclass(frozen=True)
class RosterResult:
    """The roster and how good it is.

    ``roster`` is None when none was found; ``clashes`` then say why. ``bound_hours`` are the paid hours no
    legal roster that covers the week can do without (the head-count bound), ``gap`` how far the search may
    be from the best, as a share of its proven bound.
    """

    status: Status
    roster: Roster | None
    bound_hours: float | None = None
    gap: float | None = None
    seconds: float | None = None
    clashes: tuple[str, ...] = ()
    repair: str = ""
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True)
class QueueReport:
    """One queue of the plan. Every array has one value for each interval of ``requirement.grid``.

    ``expected`` is what the *roster* achieves on the forecast (contacts, agents on the phones, service),
    ``contacts_p05`` and ``contacts_p95`` the quantiles of the forecast, ``rostered`` the people at work, meals
    taken out. ``patience_seconds`` None means that abandonment is not part of the model, and is not shown.
    ``audit`` is what a simulation makes of the roster.
    ``day_p05`` and ``day_p95`` are quantiles of the daily volume, which are not sums of the interval
    quantiles; without them the daily chart has no band. ``history`` may be as long as it likes, the report
    shows its last eight weeks. ``special_days`` name dates worth a mark, ``method`` names the forecast's method.
    """

    requirement: Requirement
    expected: Achieved
    contacts_p05: Floats
    contacts_p95: Floats
    aht_seconds: Floats
    rostered: Floats
    result: RosterResult
    patience_seconds: float | None = None
    audit: QueueAudit | None = None
    advice: tuple[Advice, ...] = ()
    history: Demand | None = None
    day_p05: tuple[float, ...] | None = None
    day_p95: tuple[float, ...] | None = None
    special_days: Mapping[date, str] = field(default_factory=dict)
    profile: str = ""
    method: str = ""
    scores: tuple[MethodScore, ...] = ()
    changes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("contacts_p05", "contacts_p95", "aht_seconds", "rostered"):
            if np.shape(getattr(self, name)) != (len(self.grid),):
                raise InvalidInput(
                    f"{name} of queue {self.queue!r} needs {len(self.grid)} values, one an interval"
                )
        if self.expected.grid != self.grid:
            raise InvalidInput(f"expected service of queue {self.queue!r} is not on the grid of its requirement")
        for name in ("day_p05", "day_p95"):
            values = getattr(self, name)
            if values is not None and len(values) != self.grid.days:
                raise InvalidInput(f"{name} of queue {self.queue!r} needs {self.grid.days} values, one a day")

    @property
    def queue(self) -> str:
        return self.requirement.queue

    @property
    def grid(self) -> TimeGrid:
        return self.requirement.grid

    @property
    def contacts(self) -> Floats:
        """Expected contacts."""
        return self.expected.contacts

    @property
    def difference(self) -> Floats:
        """People rostered above (+) or below (−) those required."""
        return np.asarray(self.rostered, dtype=np.float64) - self.requirement.scheduled

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Intervals in which anything happens: a contact is expected, somebody is required or at work."""
        return (self.contacts > 0) | (np.asarray(self.rostered) > 0) | (self.requirement.scheduled > 0)

    @property
    def abandonment(self) -> bool:
        """Whether abandonment is part of the model."""
        return self.patience_seconds is not None

    def where_contacts(self, values: Floats) -> Floats:
        """``values``, NaN where no contact is expected: nothing can be said of nobody."""
        return np.where(self.contacts > 0, values, np.nan)


@dataclass(frozen=True)
class PlanReport:
    """The whole plan of one run: its queues, what was guessed, what was set aside, how to rebuild it.

    ``settings`` are the options of the run as (name, value); ``rejects`` and ``warnings`` are sentences.
    """

    queues: tuple[QueueReport, ...]
    guesses: tuple[Guess, ...] = ()
    warnings: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    version: str = ""
    input_sha256: str = ""
    directory: str = "DIR"

    def __post_init__(self) -> None:
        if not self.queues:
            raise InvalidInput("a plan report needs at least one queue")
