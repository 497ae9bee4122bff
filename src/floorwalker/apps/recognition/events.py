"""What happens with thanks."""

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
