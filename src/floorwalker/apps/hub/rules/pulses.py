"""The questions of a pulse in two sets, the groups it is shown by, and the share that agrees with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

OPEN, CLOSED, TOO_FEW, ANSWERED, DONE = "open", "closed", "too_few", "answered", "done"
SKILL, LEAD, VALUED, EFFORT, CAREER = "skill", "lead", "valued", "effort", "career"
CONFIDENCE = "confidence"
USUAL, DRIVERS = "usual", "drivers"  # the sets a manager chooses between
ALWAYS = (SKILL, LEAD, VALUED)
FOURTH = (EFFORT, CAREER)  # which one stands last is chosen with the pulse
FOUR_DRIVERS = (CONFIDENCE, SKILL, LEAD, CAREER)  # why people leave, asked together
SCALE = (1, 2, 3, 4, 5)
AGREES_FROM = 4
# "69% of employees feel they are consistently putting all their effort into their work."
EFFORT_ELSEWHERE = 0.69
BANDS = (("new", 91), ("first_year", 365), ("settled", 3 * 365), ("long", None))  # days since the first one
SURELY = 1.96


@dataclass(frozen=True)
class Share:
    """How many of a group agree, with the interval of 95 % (Wilson)."""

    agree: int
    of: int

    @property
    def share(self) -> float:
        return self.agree / self.of

    @property
    def low(self) -> float:
        return self._wilson()[0]

    @property
    def high(self) -> float:
        return self._wilson()[1]

    def _wilson(self) -> tuple[float, float]:
        """Wilson, Journal of the American Statistical Association 22 (1927)."""
        n, p, z = self.of, self.share, SURELY
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


def questions(asks: str, fourth: str) -> tuple[str, ...]:
    """The questions of a set in their order."""
    return FOUR_DRIVERS if asks == DRIVERS else (*ALWAYS, fourth)


def weakest(shares: Mapping[str, Share]) -> str | None:
    """The question fewest agree with, where its whole interval lies below that of each other; else none.

    The same people answer all of them, so intervals that do not touch ask for more than a paired test would.
    """
    if len(shares) < 2:
        return None
    lowest, *others = sorted(shares, key=lambda name: shares[name].share)
    return lowest if all(shares[lowest].high < shares[each].low for each in others) else None


def band_of(started: date, day: date) -> str:
    """How long somebody has been here, in four bands."""
    days = (day - started).days
    return next(key for key, most in BANDS if most is None or days < most)
