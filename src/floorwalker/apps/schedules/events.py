"""What happened to schedules."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class RosterPublished(Event):
    """A week has a new current version, by a draft, an earlier version or a single change.

    ``agents`` are those whose week changed, ``tell`` the users among them whose days to come did.
    """

    publication_id: int
    week_id: int
    site_id: int
    first_day: str
    number: int
    kind: str
    agents: tuple[int, ...]
    tell: tuple[int, ...] = ()


@dataclass(frozen=True)
class RosterRunEnded(Event):
    run_id: int
    week_id: int
    state: str


@dataclass(frozen=True)
class ChangeAsked(Event):
    request_id: int
    agent_id: int


@dataclass(frozen=True)
class ChangeEnded(Event):
    request_id: int
    agent_id: int
    state: str
