"""Working agreements: when both sides agree, when they are reviewed, what still has to be said. Plain values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

AGENT, LEAD = "agent", "lead"
SIDES = (AGENT, LEAD)
MET, PARTLY, NOT = "met", "partly", "not"
REVIEWED_EVERY = timedelta(days=91)
SAID_WITHIN = timedelta(days=14)


def other(side: str) -> str:
    return LEAD if side == AGENT else AGENT


def sides_without(items: Collection[str], *, contractor: bool) -> list[str]:
    """Which sides have not named anything yet; of a contractor nothing is asked. ``items`` are their sides."""
    return [side for side in SIDES if side not in items and not (contractor and side == AGENT)]


def review_day(since: date) -> date:
    return since + REVIEWED_EVERY


def missing_verdicts(theirs: Collection[int], said: Collection[int]) -> list[int]:
    """Items of the other side nothing was said of."""
    return sorted(set(theirs) - set(said))


def may_see(*, mine: bool, done: bool) -> bool:
    """Whether a side reads a verdict: its own at once, the other's when both have said theirs."""
    return mine or done
