"""Pairs who let each other win: against each other they fall short far more often than against anybody else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from floorwalker.science.duels.rings import FALSE_ALARM, FEWEST, Search, Trade
from floorwalker.science.errors import InvalidInput


@dataclass(frozen=True)
class Duel:
    """One duel played to its end: who sat there, and which of the two left the scenario incomplete."""

    match: int
    players: tuple[int, int]
    short: frozenset[int]

    def __post_init__(self) -> None:
        if len(set(self.players)) != 2 or not self.short <= set(self.players):
            raise InvalidInput(f"match {self.match}: two people play, and only they can fall short")


def thrown_duels(duels: Sequence[Duel], *, false_alarm: float = FALSE_ALARM) -> Search:
    """The pairs who fall short against each other more than their duels with everybody else explain.

    Each plays their own side of the scenario, so how complete it becomes does not hang on the opponent: whoever
    lets nobody win falls short by their own skill, and which of their duels those were is chance. Of one player
    the number of such duels against one opponent is therefore hypergeometric given their duels and how many they
    left incomplete; of two together, the sum of both. Its upper tail is exact. Somebody who falls short against
    all raises no question; one who falls short against one alone does, returned or not. The level is divided by
    the number of pairs looked at – three duels with each other and three with others each – so that a quarter in
    which nobody lets anybody win raises any question at all at most ``false_alarm`` of the time. In the trades
    ``given`` counts how often the first, and the second, fell short in ``cast`` duels with the other.
    Raises InvalidInput.
    Source: Fisher's exact test, Statistical Methods for Research Workers (1934), §21.02; Holm, Scandinavian
    Journal of Statistics 6 (1979), 65-70 (its first step).
    """
    if not 0 < false_alarm < 1:
        raise InvalidInput(f"a rate of false alarms lies between 0 and 1, not {false_alarm}")
    played: Counter[int] = Counter(player for duel in duels for player in duel.players)
    short: Counter[int] = Counter(player for duel in duels for player in duel.short)
    together: dict[tuple[int, int], list[Duel]] = defaultdict(list)
    for duel in duels:
        together[min(duel.players), max(duel.players)].append(duel)
    looked_at = [
        pair
        for pair, theirs in together.items()
        if len(theirs) >= FEWEST and min(played[each] for each in pair) >= len(theirs) + FEWEST
    ]
    level = false_alarm / max(1, len(looked_at))
    found = [_trade(pair, together[pair], played, short) for pair in looked_at]
    trades = [each for each in found if each.by_chance <= level]
    return Search(tuple(sorted(trades, key=lambda each: (each.by_chance, each.pair))), len(looked_at), level)


def _trade(pair: tuple[int, int], theirs: list[Duel], played: Counter[int], short: Counter[int]) -> Trade:
    count = len(theirs)
    first, second = (sum(each in duel.short for duel in theirs) for each in pair)
    one, other = (_chances(played[each], short[each], count) for each in pair)
    both = [0.0] * (2 * count + 1)
    for i, likely in enumerate(one):
        for j, also in enumerate(other):
            both[i + j] += likely * also
    return Trade(
        pair=pair,
        given=(first, second),
        cast=(count, count),
        expected=(count * short[pair[0]] / played[pair[0]], count * short[pair[1]] / played[pair[1]]),
        by_chance=min(1.0, sum(both[first + second :])),
        either_way=(min(1.0, sum(one[first:])), min(1.0, sum(other[second:]))),
    )


def _chances(played: int, short: int, together: int) -> list[float]:
    """How likely 0, 1, … of the duels left incomplete are among those with one opponent."""
    ways = comb(played, together)
    return [comb(short, n) * comb(played - short, together - n) / ways for n in range(together + 1)]
