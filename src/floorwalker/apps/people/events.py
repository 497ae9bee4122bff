"""What happens to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class AgentAdded(Event):
    agent_id: int
    number: str
    team_id: int
    started_on: date


@dataclass(frozen=True)
class AgentMoved(Event):
    """From one team to another; since ``on`` the new supervisor sees the agent and the old one does not."""

    agent_id: int
    user_id: int | None
    from_team_id: int
    to_team_id: int
    on: date


@dataclass(frozen=True)
class AgentLeft(Event):
    """Rights end with it: whoever keeps users ends the roles of ``user_id``."""

    agent_id: int
    user_id: int | None
    left_on: date


@dataclass(frozen=True)
class AgentReturned(Event):
    """A leaving was recorded in error, or somebody came back."""

    agent_id: int
    user_id: int | None
