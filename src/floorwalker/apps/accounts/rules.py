"""What is decided without looking anything up: how long sessions last, how long passwords are, who gives roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

SHORTEST_PASSWORD = 8
SHORTEST_PASSWORD_WITH_OTHERS = 15
LONGEST_TOKEN_LIFE = timedelta(days=365)
# A proof of who one is counts this long for giving roles, tokens and factors.
FRESH = timedelta(minutes=5)
# How exact "last seen" is kept: not every request writes.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SessionLimits:
    """How long a session may be open, and unused, for those who see others' data and for agents."""

    privileged_idle: timedelta = timedelta(minutes=30)
    privileged_open: timedelta = timedelta(hours=8)
    agent_idle: timedelta = timedelta(minutes=60)  # then sensitive pages ask again, the rest stays open
    agent_open: timedelta = timedelta(hours=14)  # a shift and its breaks

    def over(self, *, privileged: bool, opened_at: datetime, seen_at: datetime, at: datetime) -> bool:
        """Whether a session has ended by itself."""
        if privileged:
            return at - opened_at >= self.privileged_open or at - seen_at >= self.privileged_idle
        return at - opened_at >= self.agent_open

    def slept(self, *, seen_at: datetime, at: datetime) -> bool:
        """Whether an agent comes back after a pause in which somebody else may have taken the device."""
        return at - seen_at >= self.agent_idle


def shortest_password(*, sees_others: bool) -> int:
    return SHORTEST_PASSWORD_WITH_OTHERS if sees_others else SHORTEST_PASSWORD


class Separation(Enum):
    """Why a role may not be given or taken, or that it may."""

    ALLOWED = "allowed"
    ONESELF = "oneself"
    LAST = "last"


def may_give(*, to_oneself: bool, other_administrators: int) -> Separation:
    """Nobody gives themselves a role, unless there is nobody else who could."""
    return Separation.ONESELF if to_oneself and other_administrators else Separation.ALLOWED


def may_lose_administrator(*, other_administrators: int) -> Separation:
    """The last administrator stays one, or nobody could ever give a role again."""
    return Separation.ALLOWED if other_administrators else Separation.LAST
