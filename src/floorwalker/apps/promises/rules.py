"""What becomes of a promise, and how well somebody keeps theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

OPEN, KEPT, LATE, BROKEN, WITHDRAWN = "open", "kept", "late", "broken", "withdrawn"
ENDED = (KEPT, LATE, BROKEN, WITHDRAWN)
FEWEST = 5  # with fewer ended promises a rate says nothing about a person
Z90 = 1.6448536269514722
REMINDED_BEFORE = timedelta(days=1)
LEAD_TOLD_AFTER = timedelta(days=2)


def delivered(due: datetime, at: datetime) -> str:
    """The end of a promise that was delivered at ``at``."""
    return KEPT if at <= due else LATE


def overdue(due: datetime, at: datetime) -> bool:
    """Whether an open promise is past its day."""
    return at > due


def lapsed(due: datetime, grace: timedelta, at: datetime) -> bool:
    """Whether waiting longer makes no sense: the promise counts as broken."""
    return at > due + grace


def owner_told_from(made_at: datetime, due: datetime) -> datetime:
    """When its owner is reminded: a day before it is due, or half-way where there were fewer than two days."""
    return due - min(REMINDED_BEFORE, max(due - made_at, timedelta(0)) / 2)


def lead_told_from(due: datetime, after: timedelta, grace: timedelta) -> datetime:
    """When whoever leads its owner hears that it is late: always while it can still be delivered."""
    return due + min(after, grace)


@dataclass(frozen=True)
class KeptRate:
    """Share of ended promises that were kept in time, with its 90 % interval; withdrawn ones do not count."""

    kept: int
    late: int
    broken: int

    @property
    def ended(self) -> int:
        return self.kept + self.late + self.broken

    @property
    def too_few(self) -> bool:
        return self.ended < FEWEST

    @property
    def share(self) -> float:
        return self.kept / self.ended if self.ended else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (Wilson 1927, JASA 22:209-212)."""
        n, p = self.ended, self.share
        if not n:
            return 0.0, 1.0
        centre = p + Z90**2 / (2 * n)
        half = Z90 * sqrt(p * (1 - p) / n + Z90**2 / (4 * n**2))
        scale = 1 + Z90**2 / n
        return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def kept_rate(counts: Mapping[str, int]) -> KeptRate:
    """The rate of a person or a kind, from counts by state."""
    return KeptRate(counts.get(KEPT, 0), counts.get(LATE, 0), counts.get(BROKEN, 0))
