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


@dataclass(frozen=True)
class TalkHeld(Event):
    """A one-to-one took place."""

    talk_id: int
    agent_id: int
    lead_id: int
    minutes: int | None


@dataclass(frozen=True)
class TalkClosed(Event):
    """A one-to-one was closed; ``action_id`` names what follows, where something does."""

    talk_id: int
    agent_id: int
    lead_id: int
    action_id: int | None


@dataclass(frozen=True)
class ActionEnded(Event):
    """What was agreed in a one-to-one was done, not reached, or dropped."""

    action_id: int
    agent_id: int
    lead_id: int
    state: str
    measure: str
