"""What happens to time off the phones."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class SessionMoved(Event):
    """A session was asked for, owed, placed, moved, delivered, declined, let go, or no longer needed."""

    session_id: int
    agent_id: int
    state: str
