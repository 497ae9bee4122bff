"""Which queues there are and who answers them, said by the room that knows queues; it stands beside this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import Choices


@dataclass(frozen=True)
class Answered:
    """A queue as far as an announcement needs it: agents of its site who hold its skill, or all of them."""

    name: str
    site_id: int
    skill_id: int | None


@dataclass
class Known:
    offered: Callable[[Actor], Choices] | None = None
    of: Callable[[Actor, int], Answered] | None = None


KNOWN = Known()


def queues_by(offered: Callable[[Actor], Choices], of: Callable[[Actor, int], Answered]) -> None:
    """Say which queues an actor may choose from, and who answers one; NotFound where it is not theirs to see."""
    KNOWN.offered, KNOWN.of = offered, of
