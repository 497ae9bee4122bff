"""Teams: no split is more even than the one found."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from floorwalker.science.duels import balanced
from floorwalker.science.errors import InvalidInput


def by_brute_force(skills: list[float]) -> float:
    """The smallest gap of any split, as distance of means times half the people."""
    people = range(len(skills))
    gaps = []
    for size in {len(skills) // 2, len(skills) - len(skills) // 2}:
        for team in combinations(people, size):
            mean = sum(skills[each] for each in team) / size
            others = sum(skills[each] for each in people if each not in team) / (len(skills) - size)
            gaps.append(abs(mean - others) * len(skills) / 2)
    return min(gaps)


@pytest.mark.parametrize("people", range(2, 12))
def test_no_split_is_more_even(people: int) -> None:
    """Against every split there is, ten times for each number of people; nobody is left out or on both teams."""
    rng = random.Random(people)
    for _ in range(10):
        skills = [rng.gauss(25, 8) for _ in range(people)]
        found = balanced(skills)
        assert sorted(found.first + found.second) == list(range(people))
        assert abs(len(found.first) - len(found.second)) <= 1
        assert found.gap == pytest.approx(by_brute_force(skills), abs=1e-9)


def test_two_dozen_are_split_exactly() -> None:
    """The most there may be: a split known to be even is found."""
    half = [7.5, 11.25, 20.0, 3.75, 31.5, 28.0, 16.25, 9.0, 22.75, 40.0, 1.5, 13.0]
    assert balanced(half + half[::-1]).gap == pytest.approx(0, abs=1e-9)


def test_one_person_is_no_two_teams() -> None:
    """And neither are twenty-five people."""
    for people in (1, 25):
        with pytest.raises(InvalidInput, match="two teams"):
            balanced([25.0] * people)
