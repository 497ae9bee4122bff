"""Whether those who vote agree by more than chance."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput

FEWEST_VOTES, MOST_VOTES = 3, 7
MOST_AGAINST = 1
TRIED = 20  # matches voted on, before the agreement of all of them is asked
LEVEL = 1.6448536269514722  # standard deviations that chance alone exceeds one time in twenty


def agreed(first: int, second: int, neither: int, *, trusted: bool = True) -> int | None:
    """Which of two the votes name – 0 or 1 – or None while or where they agree no more than chance would.

    Three of three name the same, or six of seven; the first three decide where they agree. ``neither`` are those
    who saw no difference. ``trusted=False``, where voters as a whole do not agree (`Pooled`), asks for six of
    seven only.

    False alarms, where there is no difference at all: 8.0 % of matches where voters take one of the three answers
    at random, 29.7 % where all toss a coin between two and nobody ever says "no difference"; not trusted 1.4 %
    and 12.5 %. Raises InvalidInput.
    Source: the sign test with a second look; Pocock, Biometrika 64 (1977), 191-199 (looking twice).
    """
    if min(first, second, neither) < 0:
        raise InvalidInput("votes are counted from zero upwards")
    cast = first + second + neither
    leader, most = (0, first) if first >= second else (1, second)
    if trusted and cast >= FEWEST_VOTES and most == cast:
        return leader
    return leader if cast >= MOST_VOTES and cast - most <= MOST_AGAINST else None


@dataclass(frozen=True)
class Pooled:
    """How often two voters of the same match named the same, over many matches."""

    matches: int
    pairs: int
    agreeing: int

    @property
    def share(self) -> float | None:
        return self.agreeing / self.pairs if self.pairs else None

    @property
    def trusted(self) -> bool:
        """Whether voters agree above chance, or too little was voted on to doubt it.

        By a coin half of all pairs agree; pairs of one match are uncorrelated then, so that the count strays by
        half the root of the pairs. Voters who toss coins are trusted one time in twenty.
        """
        if self.matches < TRIED:
            return True
        return self.agreeing - self.pairs / 2 > LEVEL * math.sqrt(self.pairs) / 2


def pooled(matches: Iterable[tuple[int, int]]) -> Pooled:
    """The agreement of voters over matches, each given as its votes for the one and for the other."""
    counted = [(first, second) for first, second in matches if first + second >= 2]
    pairs = sum(math.comb(first + second, 2) for first, second in counted)
    agreeing = sum(math.comb(first, 2) + math.comb(second, 2) for first, second in counted)
    return Pooled(len(counted), pairs, agreeing)
