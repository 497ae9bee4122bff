"""Vote trading: planted pairs are found, and where nobody trades hardly anybody is asked."""

from __future__ import annotations

import random

import pytest

from floorwalker.science.duels import Ballot, vote_trading
from floorwalker.science.duels.rings import FALSE_ALARM, Search
from floorwalker.science.errors import InvalidInput

PEOPLE, MATCHES, VOTERS = 24, 500, 5


def a_quarter(seed: int, trading: dict[int, int], *, matches: int = MATCHES) -> Search:
    """Matches of two, five voters each; some players are better, traders name each other whatever is played."""
    rng = random.Random(seed)
    good = [rng.gauss(0, 1) for _ in range(PEOPLE)]
    ballots = []
    for match in range(matches):
        one, other, *voters = rng.sample(range(PEOPLE), 2 + VOTERS)
        share = 1 / (1 + 2.718 ** (good[other] - good[one]))
        for voter in voters:
            named = {one} if rng.random() < share else {other}
            if rng.random() < 0.15:
                named = set()
            if trading.get(voter) in (one, other):
                named = {trading[voter]}
            ballots.append(Ballot(match, voter, frozenset(named), frozenset((one, other))))
    return vote_trading(ballots)


def test_a_planted_pair_is_found_and_no_one_else() -> None:
    """Two who always name each other, in seven of ten quarters; others hardly ever beside them."""
    searches = [a_quarter(seed, {3: 8, 8: 3}) for seed in range(10)]
    assert sum((3, 8) in [trade.pair for trade in search.trades] for search in searches) >= 7
    assert sum(len([t for t in search.trades if t.pair != (3, 8)]) for search in searches) <= 1


def test_where_nobody_trades_a_search_asks_at_most_one_time_in_twenty() -> None:
    """The stated rate, over eighty quarters in which better players are named more."""
    asked = sum(bool(a_quarter(seed, {}, matches=150).trades) for seed in range(80))
    assert asked / 80 <= FALSE_ALARM + 0.03


def test_a_player_everybody_names_raises_no_question() -> None:
    """Two of the best, who vote for each other as all others do."""
    ballots = [
        Ballot(match, voter, frozenset({1 + match % 2}), frozenset({1 + match % 2, 9}))
        for match in range(20)
        for voter in ({2 - match % 2} | {3, 4, 5})
    ]
    found = vote_trading(ballots)
    assert found.pairs == 1 and found.trades == ()


def test_a_vote_one_way_is_no_trade() -> None:
    """Somebody who always names another and is not named back."""
    searches = [a_quarter(seed, {3: 8}) for seed in range(10)]
    assert sum(trade.pair == (3, 8) for search in searches for trade in search.trades) <= 1


def test_a_ballot_of_a_player_is_refused() -> None:
    """Nobody votes in their own match."""
    with pytest.raises(InvalidInput, match="do not play"):
        Ballot(1, 2, frozenset({2}), frozenset({2, 3}))
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        vote_trading([], false_alarm=1)
