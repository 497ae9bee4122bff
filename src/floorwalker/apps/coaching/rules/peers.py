"""Buddies and peer coaching: the life of a pair, and who may help whom. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PROPOSED, ACCEPTED, ENDED, DECLINED = "proposed", "accepted", "ended", "declined"
OPEN = (PROPOSED, ACCEPTED)
HELPER, LEARNER, LEAD, WORK = "helper", "learner", "lead", "work"
MOVES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (PROPOSED, ACCEPTED): (HELPER, LEARNER),
    (PROPOSED, DECLINED): (HELPER, LEARNER),
    (PROPOSED, ENDED): (LEAD, WORK),
    (ACCEPTED, ENDED): (HELPER, LEARNER, LEAD, WORK),
}
HELPS_AT_MOST = 3  # learners at a time
LONGEST_DAYS = 184


def may_move(state: str, to: str, side: str) -> bool:
    return side in MOVES.get((state, to), ())


@dataclass(frozen=True)
class Candidate:
    """Somebody who could help: hours at work together with the learner, whom they help now, days of experience."""

    agent: int
    hours_together: float
    helping: int
    days_here: int


def in_order(candidates: Sequence[Candidate], most: int = 5) -> list[Candidate]:
    """Who has room, works when the learner does, helps fewest now, and is here longest; never by a score."""
    able = [each for each in candidates if each.helping < HELPS_AT_MOST]
    ranked = sorted(able, key=lambda c: (-min(c.hours_together, 20.0), c.helping, -c.days_here, c.agent))
    return ranked[:most]
