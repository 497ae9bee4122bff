"""Duels that are let won: planted pairs are found, honest quarters hardly ever ask, against counting all ways."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from floorwalker.science.duels import Duel, Search, thrown_duels
from floorwalker.science.duels.rings import FALSE_ALARM
from floorwalker.science.errors import InvalidInput

PEOPLE = 24


def a_quarter(seed: int, lets_win: dict[int, int], *, duels: int = 240) -> Search:
    """People as different as can be in how often they fall short; who lets somebody win always does."""
    rng = random.Random(seed)
    falls = [rng.uniform(0.05, 0.7) for _ in range(PEOPLE)]
    played = []
    for match in range(duels):
        one, other = rng.sample(range(PEOPLE), 2)
        if lets_win and match % 24 == 0:  # ten duels of the two
            one, other = next(iter(lets_win.items()))
        short = {
            each
            for each, rival in ((one, other), (other, one))
            if lets_win.get(each) == rival or rng.random() < falls[each]
        }
        played.append(Duel(match, (one, other), frozenset(short)))
    return thrown_duels(played)


def test_two_who_let_each_other_win_are_found_and_no_one_else() -> None:
    """In eight of ten quarters; hardly anybody beside them."""
    searches = [a_quarter(seed, {3: 8, 8: 3}) for seed in range(10)]
    assert sum((3, 8) in [trade.pair for trade in search.trades] for search in searches) >= 8
    assert sum(len([t for t in search.trades if t.pair != (3, 8)]) for search in searches) <= 1


def test_an_honest_quarter_asks_at_most_one_time_in_twenty() -> None:
    """The stated rate, over eighty quarters of the good and the bad."""
    asked = sum(bool(a_quarter(seed, {}).trades) for seed in range(80))
    assert asked / 80 <= FALSE_ALARM + 0.03


def test_somebody_who_falls_short_against_all_raises_no_question() -> None:
    """A beginner loses to everybody, often to the same colleague."""
    duels = [Duel(n, (1, 2 + n % 3), frozenset({1})) for n in range(30)]
    duels += [Duel(100 + n, (2 + n % 3, 2 + (n + 1) % 3), frozenset()) for n in range(30)]
    found = thrown_duels(duels)
    assert found.pairs and found.trades == ()


def test_the_chance_is_what_counting_all_ways_gives() -> None:
    """Which of one's duels were left incomplete, in every possible way, for both."""
    duels = [Duel(n, (1, 2), frozenset({1, 2} if n < 2 else {1})) for n in range(3)]
    duels += [Duel(10 + n, (1, 3), frozenset({1} if n == 0 else ())) for n in range(4)]
    duels += [Duel(20 + n, (2, 3), frozenset({2} if n == 0 else ())) for n in range(3)]
    (found,) = (each for each in thrown_duels(duels, false_alarm=0.999).trades if each.pair == (1, 2))
    ways = list(product(combinations(range(7), 4), combinations(range(6), 3)))  # with each other: the first three
    so_many = sum(sum(n < 3 for n in one) + sum(n < 3 for n in other) >= 5 for one, other in ways)
    assert found.given == (3, 2) and found.expected == (12 / 7, 1.5)
    assert found.by_chance == pytest.approx(so_many / len(ways))


def test_what_cannot_be_is_refused() -> None:
    """Nobody plays alone, and who was not there did not fall short."""
    for players, short in (((1, 1), frozenset()), ((1, 2), frozenset({3}))):
        with pytest.raises(InvalidInput, match="two people play"):
            Duel(1, players, short)
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        thrown_duels([], false_alarm=0)
