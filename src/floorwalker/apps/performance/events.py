"""What happens to goals."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class GoalAgreed(Event):
    """Both sides want it, or the one who sets it alone."""

    goal_id: int
    agent_id: int
    measure: str


@dataclass(frozen=True)
class GoalMet(Event):
    """Reached on its last day; ``best`` when it was the best there was."""

    goal_id: int
    agent_id: int
    measure: str
    mean: float
    best: bool


@dataclass(frozen=True)
class GoalMissed(Event):
    """Its days are over and it was not reached."""

    goal_id: int
    agent_id: int
    measure: str
    mean: float
