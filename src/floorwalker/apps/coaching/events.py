"""What happens in coaching, without words."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class FeedbackGiven(Event):
    """Somebody gave an agent feedback."""

    feedback_id: int
    agent_id: int
    author_id: int
    kind: str
