"""Rankings of the same things by several people: how much they agree, and how far two are apart.

W is Kendall's coefficient of concordance (Kendall and Babington Smith 1939); its test against ranking at random
is Friedman's chi-squared m(n-1)W with n-1 degrees of freedom (Siegel 1956, chapter 9). The footrule of Spearman
adds up how many places each thing stands apart in two rankings; it is at most the whole part of n²/2 (Diaconis
and Graham 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# 95th percentiles of chi-squared by degrees of freedom; for eight things and more the test by chi-squared holds.
CHI_SQUARED_95 = {7: 14.067, 8: 15.507, 9: 16.919, 10: 18.307, 11: 19.675}


@dataclass(frozen=True)
class Agreement:
    """How alike several rankings are: 0 as at random or worse, 1 all the same."""

    w: float
    people: int
    things: int

    @property
    def chi_squared(self) -> float:
        return self.people * (self.things - 1) * self.w

    @property
    def beyond_chance(self) -> bool | None:
        """Whether people who rank at random agree as much less than one time in twenty; none: too few things."""
        limit = CHI_SQUARED_95.get(self.things - 1)
        return None if limit is None else self.chi_squared > limit


def concordance(rankings: Sequence[Sequence[str]]) -> Agreement | None:
    """Kendall's W of complete rankings without ties; none for fewer than two of them."""
    m = len(rankings)
    if m < 2:
        return None
    things = sorted(rankings[0])
    n = len(things)
    if n < 2 or any(sorted(each) != things for each in rankings):
        raise ValueError("rankings of the same two or more things are compared, each ranking all of them")
    totals = dict.fromkeys(things, 0)
    for ranking in rankings:
        for place, thing in enumerate(ranking, 1):
            totals[thing] += place
    mean = m * (n + 1) / 2
    spread = sum((total - mean) ** 2 for total in totals.values())
    return Agreement(12 * spread / (m**2 * (n**3 - n)), m, n)


def footrule(one: Sequence[str], other: Sequence[str]) -> int:
    """By how many places two rankings differ, all things together."""
    at = {thing: place for place, thing in enumerate(other)}
    if set(one) != set(at):
        raise ValueError("two rankings of the same things are compared")
    return sum(abs(place - at[thing]) for place, thing in enumerate(one))


def farthest(things: int) -> int:
    """The footrule of a ranking and its reverse: no two are further apart."""
    return things**2 // 2


def moves(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int]]:
    """What stands elsewhere: thing, place before, place after; the farthest moved first."""
    at = {thing: place for place, thing in enumerate(after, 1)}
    found = [(thing, place, at[thing]) for place, thing in enumerate(before, 1) if at[thing] != place]
    return sorted(found, key=lambda each: (-abs(each[2] - each[1]), each[2]))
