"""What leaders think an item is worth: shares of 100, how far apart they are, what lies in the middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

MOST = 1000
CLOSE, SOME, FAR = "close", "some", "far"
SOME_APART, FAR_APART = 5.0, 15.0  # points of 100


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as points of 100, so that who thinks in tens and who thinks in ones can be compared."""
    whole = sum(weights.values())
    return {key: 100 * each / whole for key, each in weights.items()} if whole else {}


@dataclass(frozen=True)
class Spread:
    """What leaders gave one item, in points of 100."""

    item: str
    low: float
    middle: float
    high: float
    votes: int

    @property
    def range(self) -> float:
        return self.high - self.low

    @property
    def apart(self) -> str:
        """How far apart they are."""
        return CLOSE if self.range < SOME_APART else SOME if self.range < FAR_APART else FAR


def spreads(votes: Sequence[Mapping[str, float]], items: Sequence[str]) -> list[Spread]:
    """Each item in the order of the form; an item nobody weighed counts as 0 for who left it out."""
    told = [found for each in votes if (found := shares(each))]
    if not told:
        return []
    given = {item: [each.get(item, 0.0) for each in told] for item in items}
    return [Spread(item, min(g), median(g), max(g), len(g)) for item, g in given.items()]


def proposed(found: Sequence[Spread]) -> dict[str, float]:
    """What lies in the middle, made to come to 100 again, to half a point."""
    whole = sum(each.middle for each in found)
    if not whole:
        return {each.item: round(100 / len(found), 1) for each in found}
    return {each.item: round(200 * each.middle / whole) / 2 for each in found}


def flaw(weights: Mapping[str, float], items: Sequence[str]) -> str:
    """Why these weights are no vote: a code, empty for nothing."""
    if set(weights) - set(items):
        return "unknown"
    if set(items) - set(weights):
        return "missing"
    if any(not 0 <= each <= MOST for each in weights.values()):
        return "range"
    return "" if sum(weights.values()) > 0 else "nothing"


@dataclass(frozen=True)
class Count:
    """What those who weighed say to the weights proposed."""

    yes: int
    no: int
    silent: int

    @property
    def carried(self) -> bool:
        """More say yes than no; where nobody weighed there is nobody to ask."""
        return self.yes > self.no or not (self.yes + self.no + self.silent)


def count(said: Sequence[str]) -> Count:
    """From the answers of those who weighed besides who proposes: `yes`, `no`, or nothing yet."""
    return Count(said.count("yes"), said.count("no"), len(said) - said.count("yes") - said.count("no"))
