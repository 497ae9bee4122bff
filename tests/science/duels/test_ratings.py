"""Ratings: the planted order of skill comes out, intervals hold, tasks are rated beside people."""

from __future__ import annotations

import math
import random

import pytest
from scipy.stats import spearmanr

from floorwalker.science.duels import Skill, chance, difficulty_after, rate
from floorwalker.science.duels.ratings import LUCK, WIDTH
from floorwalker.science.errors import InvalidInput

PEOPLE, MATCHES = 40, 30


def wins(rng: random.Random, one: float, other: float) -> bool:
    return rng.random() < 1 / (1 + math.exp((other - one) / (math.sqrt(2) * LUCK)))


def a_season(seed: int, scores: int) -> tuple[list[float], list[Skill]]:
    """Everybody plays thirty matches decided by most of so many scores, each of them with luck of its own."""
    rng = random.Random(seed)
    planted = [rng.gauss(25, WIDTH) for _ in range(PEOPLE)]
    found = [Skill()] * PEOPLE
    for _ in range(MATCHES):
        order = rng.sample(range(PEOPLE), PEOPLE)
        for one, other in zip(order[::2], order[1::2], strict=True):
            won = sum(wins(rng, planted[one], planted[other]) for _score in range(scores)) > scores / 2
            (found[one],), (found[other],) = rate([[found[one]], [found[other]]], [1, 2] if won else [2, 1])
    return planted, found


def test_the_planted_order_is_recovered_after_thirty_matches_each() -> None:
    """Rank correlation of 0.9 or more, in every one of eight seasons."""
    seasons = [a_season(seed, scores=3) for seed in range(8)]
    found = [spearmanr(planted, [each.mu for each in skills]).statistic for planted, skills in seasons]
    assert min(found) >= 0.9, found


def test_four_in_five_intervals_hold_the_truth() -> None:
    """Where one result strays from skill as the model has it: 76 to 86 of a hundred, over ten seasons."""
    held = [
        each.low <= truth <= each.high
        for planted, skills in (a_season(seed, scores=1) for seed in range(10))
        for truth, each in zip(planted, skills, strict=True)
    ]
    assert 0.76 <= sum(held) / len(held) <= 0.86


def test_a_win_lifts_a_draw_of_equals_changes_no_mean_and_every_match_tells_something() -> None:
    """The winner above, the loser below by as much; two equals who draw stay equal and surer."""
    (winner,), (loser,) = rate([[Skill()], [Skill()]], [1, 2])
    assert winner.mu > 25 > loser.mu and winner.mu - 25 == pytest.approx(25 - loser.mu)
    (one,), (other,) = rate([[Skill()], [Skill()]], [1, 1])
    assert one.mu == pytest.approx(25) == other.mu and one.sigma < WIDTH


def test_the_less_is_known_of_somebody_the_more_a_match_moves_them() -> None:
    """A stranger who wins moves further than the well known one who loses."""
    (new,), (known,) = rate([[Skill(25, 8)], [Skill(25, 2)]], [1, 2])
    assert new.mu - 25 > 3 * (25 - known.mu)


def test_a_team_is_the_sum_of_its_members() -> None:
    """Two of 25 beat one of 50 as often as not, and the less known of a team moves more."""
    assert chance([Skill(25, 1), Skill(25, 1)], [Skill(50, 1)]) == pytest.approx(0.5)
    (known, new), _other = rate([[Skill(25, 2), Skill(25, 8)], [Skill(), Skill()]], [1, 2])
    assert new.mu - 25 > known.mu - 25 > 0


def test_a_planted_difficulty_is_learnt_on_the_scale_of_people() -> None:
    """Tasks mastered by chance of the gap between player and task: their order and their place come out."""
    rng = random.Random(3)
    planted = [10.0, 18.0, 25.0, 32.0, 40.0]
    found = [Skill()] * len(planted)
    for number in range(len(planted) * 200):
        task, player = number % len(planted), rng.gauss(25, WIDTH)
        found[task] = difficulty_after(found[task], Skill(player, 2.0), mastered=wins(rng, player, planted[task]))
    assert [each.mu for each in found] == sorted(each.mu for each in found)
    assert all(abs(each.mu - truth) < 6 for each, truth in zip(found, planted, strict=True)), found


def test_a_new_season_begins_where_the_last_ended_but_less_sure() -> None:
    """Never less sure than of a stranger."""
    after = Skill(31, 2).after_a_pause()
    assert after.mu == 31 and 2 < after.sigma < WIDTH
    assert Skill(31, WIDTH).after_a_pause().sigma == WIDTH


def test_a_match_of_nobody_is_refused() -> None:
    """In words, before anything is computed."""
    with pytest.raises(InvalidInput, match="two sides"):
        rate([[Skill()], []], [1, 2])
    with pytest.raises(InvalidInput, match="width above zero"):
        Skill(25, 0)
