"""What a board shows: the top and yourself, never a last; teams of unequal size side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TOP = 10
LEAST_TEAM = 3  # members who joined, so that a team's average is nobody's own
DRAWN = 5  # members with the average of all that each team counts as having beside its own


def shown(members: int) -> int:
    """How many names stand on a board: at most ten, and never more than half, so that nobody stands last."""
    return min(TOP, max(members // 2, 1)) if members > 1 else 0


@dataclass(frozen=True)
class TeamSum:
    team: str
    team_id: int
    members: int
    points: int


@dataclass(frozen=True)
class TeamStanding:
    team: str
    team_id: int
    members: int
    average: float  # drawn towards that of all
    rank: int


def teams(sums: Iterable[TeamSum]) -> list[TeamStanding]:
    """Teams by average a member, drawn towards the average of all as if five more of it belonged to each.

    A plain average puts small teams on top and at the bottom, for chance moves them most; a sum puts large ones
    on top. Teams with fewer than three who joined are left out.
    """
    found = [each for each in sums if each.members >= LEAST_TEAM]
    people = sum(each.members for each in found)
    usual = sum(each.points for each in found) / people if people else 0.0
    drawn = [(each, (each.points + DRAWN * usual) / (each.members + DRAWN)) for each in found]
    drawn.sort(key=lambda each: (-each[1], each[0].team))
    return [
        TeamStanding(
            each.team, each.team_id, each.members, average, 1 + sum(other > average for _o, other in drawn)
        )
        for each, average in drawn
    ]
