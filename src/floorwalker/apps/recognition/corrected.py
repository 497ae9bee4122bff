"""How often people of a team were praised and corrected: told by the room of feedback, which stands beside."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from floorwalker.kernel.access import Actor
from floorwalker.kernel.periods import Period

Tones = Callable[[Actor, Collection[int], Period], dict[int, tuple[int, int]]]


@dataclass
class Resolver:
    tones: Tones | None = None


RESOLVER = Resolver()


def feedback_by(tones: Tones) -> None:
    """Say how often feedback to people of each of these teams was positive, and how often corrective."""
    RESOLVER.tones = tones


def feedback_of(actor: Actor, teams: Collection[int], between: Period) -> dict[int, tuple[int, int]]:
    """By team: positive, corrective. Nothing where no room knows of feedback."""
    return RESOLVER.tones(actor, teams, between) if RESOLVER.tones else {}
