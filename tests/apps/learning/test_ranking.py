"""Agreement and distance of rankings: published figures, closed forms and brute force; small groups by lot."""

from __future__ import annotations

from itertools import permutations
from random import Random
from statistics import mean

import pytest

from floorwalker.apps.learning.rules import ranking, survival


def ordered(ranks: list[int]) -> list[str]:
    """The order that gives things a, b, c… these ranks."""
    return [thing for _rank, thing in sorted(zip(ranks, "abcdefghij", strict=False))]


def test_concordance_is_that_of_the_published_example() -> None:
    """Three executives rank six applicants (Siegel 1956, chapter 9): sums 8, 14, 11, 11, 11, 8; s 25.5; W 0.16."""
    rankings = [ordered(each) for each in ([1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1])]
    found = ranking.concordance(rankings)
    assert found is not None and round(found.w, 2) == 0.16 and found.w == pytest.approx(25.5 / 157.5)


def test_concordance_is_one_for_all_alike_and_nothing_for_a_ranking_and_its_reverse() -> None:
    """The ends of the scale; one ranking alone has no agreement, and others of other things are no rankings."""
    one = list("abcdefghij")
    alike, against = ranking.concordance([one] * 4), ranking.concordance([one, one[::-1]])
    assert alike is not None and against is not None
    assert (alike.w, against.w) == (1, 0) and alike.beyond_chance and against.beyond_chance is False
    assert ranking.concordance([one]) is None
    with pytest.raises(ValueError):
        ranking.concordance([one, one[:5]])


def test_random_rankings_are_called_chance_nineteen_times_in_twenty() -> None:
    """The test by chi-squared holds its level for ten things."""
    draw, found = Random(7), []
    for _each in range(2000):
        rankings = [draw.sample("abcdefghij", 10) for _person in range(5)]
        agreement = ranking.concordance(rankings)
        assert agreement is not None
        found.append(agreement.beyond_chance)
    assert 0.02 < mean(map(bool, found)) < 0.065


def test_the_footrule_has_the_mean_and_the_greatest_value_of_diaconis_and_graham() -> None:
    """Over all rankings of five: mean (n²-1)/3, greatest the whole part of n²/2; of one and its reverse."""
    things = "abcde"
    found = [ranking.footrule(things, each) for each in permutations(things)]
    assert mean(found) == (5**2 - 1) / 3 and max(found) == ranking.farthest(5) == 12
    assert ranking.footrule("abcdefghij", "jihgfedcba") == ranking.farthest(10) == 50
    with pytest.raises(ValueError):
        ranking.footrule("abc", "abd")


def test_moves_are_said_with_the_farthest_first() -> None:
    """Water from four to one, and what made room for it."""
    assert ranking.moves(["a", "b", "c", "water"], ["water", "a", "b", "c"])[0] == ("water", 4, 1)
    assert ranking.moves("abc", "abc") == []


def test_small_groups_have_three_to_five_people_as_even_as_can_be() -> None:
    """For every size of a group; the same seed draws the same groups, another one others."""
    for n in range(1, 61):
        drawn = survival.split(range(n), seed=3)
        sizes = [list(drawn.values()).count(number) for number in set(drawn.values())]
        assert max(sizes) - min(sizes) <= 1 and sum(sizes) == n
        assert n < 3 or 3 <= min(sizes) <= max(sizes) <= 5, n
    assert survival.split(range(12), 3) == survival.split(list(range(12))[::-1], 3) != survival.split(range(12), 4)


def test_an_item_moves_to_its_place_and_the_others_close_up() -> None:
    """Beyond the ends means at the end."""
    assert survival.moved("abcd", "d", 1) == list("dabc")
    assert survival.moved("abcd", "a", 99) == list("bcda")
    assert survival.moved("abcd", "b", 0) == list("bacd")
