"""A plan: one queue with each step's result, and the whole of them with what led to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker import __version__
from floorwalker.cli.planning.resolve import Decisions
from floorwalker.cli.planning.settings import PlanSettings
from floorwalker.cli.planning.snapshot import Snapshot
from floorwalker.contacts import Guess
from floorwalker.science.forecasting import QueueForecast
from floorwalker.science.outcome import Outcome
from floorwalker.science.rostering import HeadCounts, Roster
from floorwalker.science.staffing import Achieved, QueueAudit, Requirement


@dataclass(frozen=True)
class QueuePlan:
    """One queue of the plan, each step with its result."""

    forecasting: QueueForecast
    requirement: Requirement
    bound: Outcome[HeadCounts]
    outcome: Outcome[Roster]
    at_work: np.ndarray
    on_phones: np.ndarray
    expected: Achieved
    audit: QueueAudit | None = None

    @property
    def queue(self) -> str:
        return self.requirement.queue

    @property
    def shifts_bound(self) -> float | None:
        """Paid hours that no roster of these shifts can do without; None where they cannot cover every hour."""
        return None if self.bound.clashes else self.bound.bound


@dataclass(frozen=True)
class Plan:
    """A whole plan."""

    settings: PlanSettings
    decisions: Decisions
    snapshot: Snapshot
    queues: tuple[QueuePlan, ...]
    guesses: tuple[Guess, ...]
    left_out: int = 0  # people of the file who work for other queues
    warnings: tuple[str, ...] = ()
    version: str = __version__
