"""Pairs that vote for each other far more than others vote for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput

FALSE_ALARM = 0.05  # of a whole search in which nobody trades votes
FEWEST = 3  # votes each way
EACH_WAY = 0.1  # what either way must stay below by itself: admiring somebody is no trade


@dataclass(frozen=True)
class Ballot:
    """One vote: in which match, by whom, for which people – those of the side named, none for no difference."""

    match: int
    voter: int
    named: frozenset[int]
    players: frozenset[int]

    def __post_init__(self) -> None:
        if self.voter in self.players or not self.named <= self.players:
            raise InvalidInput(f"match {self.match}: voters do not play in it, and name only those who do")


@dataclass(frozen=True)
class Trade:
    """Two who named each other: how often of how many votes, beside what the votes of all would make likely."""

    pair: tuple[int, int]
    given: tuple[int, int]  # votes of the first for the second, and back
    cast: tuple[int, int]
    expected: tuple[float, float]
    by_chance: float  # how likely both ways together are so many or more, if nobody trades
    either_way: tuple[float, float]  # the same of each way by itself


@dataclass(frozen=True)
class Search:
    """What a search has found, and out of how many pairs; ``level`` is what a pair had to stay below."""

    trades: tuple[Trade, ...]
    pairs: int
    level: float


def vote_trading(ballots: Sequence[Ballot], *, false_alarm: float = FALSE_ALARM) -> Search:
    """The pairs whose votes for each other exceed, both ways, what everybody's votes in the same matches explain.

    Where nobody trades, any vote of a match could have been any voter's: the chance that a voter named somebody is
    the share of that match's votes which did. Over the matches of a pair the number of such votes is a sum of
    independent trials, whose upper tail is exact. A good player is named by everybody and raises no question. The
    level is divided by the number of pairs looked at, so that a search in which nobody trades raises any question
    at all at most ``false_alarm`` of the time; one who always names another without being named back is asked
    about one time in ten at most. Raises InvalidInput.
    Source: permutation within strata, Good, Permutation Tests (2000), ch. 6; Holm, Scandinavian Journal of
    Statistics 6 (1979), 65-70 (its first step).
    """
    if not 0 < false_alarm < 1:
        raise InvalidInput(f"a rate of false alarms lies between 0 and 1, not {false_alarm}")
    shares = _shares(ballots)
    ways: dict[tuple[int, int], list[tuple[bool, float]]] = defaultdict(list)
    for ballot in ballots:
        for player in ballot.players:
            ways[ballot.voter, player].append((player in ballot.named, shares[ballot.match, player]))
    looked_at = [
        (one, other)
        for one, other in ways
        if one < other and min(len(ways[one, other]), len(ways.get((other, one), ()))) >= FEWEST
    ]
    level = false_alarm / max(1, len(looked_at))
    found = [_trade(pair, ways[pair], ways[pair[1], pair[0]]) for pair in looked_at]
    trades = [each for each in found if each.by_chance <= level and max(each.either_way) <= EACH_WAY]
    return Search(tuple(sorted(trades, key=lambda each: (each.by_chance, each.pair))), len(looked_at), level)


def _shares(ballots: Sequence[Ballot]) -> dict[tuple[int, int], float]:
    """For each match and player the share of the votes that named them."""
    cast: Counter[int] = Counter(ballot.match for ballot in ballots)
    named: Counter[tuple[int, int]] = Counter()
    for ballot in ballots:
        named.update((ballot.match, player) for player in ballot.named)
    return {
        (ballot.match, player): named[ballot.match, player] / cast[ballot.match]
        for ballot in ballots
        for player in ballot.players
    }


def _trade(pair: tuple[int, int], there: list[tuple[bool, float]], back: list[tuple[bool, float]]) -> Trade:
    given = sum(said for said, _share in there), sum(said for said, _share in back)
    return Trade(
        pair=pair,
        given=given,
        cast=(len(there), len(back)),
        expected=(sum(share for _said, share in there), sum(share for _said, share in back)),
        by_chance=_at_least(sum(given), [share for _said, share in (*there, *back)]),
        either_way=(
            _at_least(given[0], [share for _said, share in there]),
            _at_least(given[1], [share for _said, share in back]),
        ),
    )


def _at_least(count: int, chances: Sequence[float]) -> float:
    """How likely so many of independent trials succeed, or more."""
    likely = [1.0]
    for chance in chances:
        fewer, more = [*likely, 0.0], [0.0, *likely]
        likely = [(1 - chance) * no + chance * yes for no, yes in zip(fewer, more, strict=True)]
    return min(1.0, sum(likely[count:]))
