"""What happens in recognition."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class ThanksGiven(Event):
    """Somebody was thanked; ``at`` in ISO form, ``visibility`` as far as it is shown."""

    thanks_id: int
    agent_id: int
    by: int
    kind: str
    visibility: str
    at: str


@dataclass(frozen=True)
class PointsMoved(Event):
    """Somebody earned points, or an award was taken back: their standing is counted anew."""

    entry_id: int
    agent_id: int


@dataclass(frozen=True)
class ContestMet(Event):
    """Somebody met their own aim of a contest, and what stands beside it did not fall."""

    contest_id: int
    agent_id: int


@dataclass(frozen=True)
class IncentiveAnnounced(Event):
    """Points are held ready for what people of a team, or of a whole site, may do until its last day."""

    incentive_id: int
    site_id: int
    team_id: int | None
    points: int
    places: int


@dataclass(frozen=True)
class IncentiveCancelled(Event):
    """It was called off; what was earned stays."""

    incentive_id: int


@dataclass(frozen=True)
class FunDayCancelled(Event):
    """A fun day will not be."""

    fun_day_id: int
