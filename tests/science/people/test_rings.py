"""Rings of favours: planted ones are found, friends and inward teams are not taken for one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people import Favour, find_rings

PEOPLE, TEAM, DRAWS = 50, 10, 19


def a_season(seed: int, ring: Sequence[int] = (), one_way: bool = False) -> tuple[list[Favour], dict[str, str]]:
    """People of different popularity with friends of their team, who often like them back; the ring on top.

    Who is in a ring gives three of four favours within it: to anybody of it, or to the next one only.
    """
    chance = random.Random(seed)
    people = [f"a{n:02}" for n in range(PEOPLE)]
    teams = {who: f"t{n // TEAM}" for n, who in enumerate(people)}
    liked = {who: chance.gammavariate(2, 1) for who in people}
    friends: dict[str, list[str]] = {who: [] for who in people}
    for who in people:
        mates = [each for each in people if teams[each] == teams[who] and each != who]
        for friend in chance.sample(mates, chance.choice([0, 1, 1, 2])):
            friends[who].append(friend)
            if chance.random() < 0.6:
                friends[friend].append(who)
    given: Counter[tuple[str, str]] = Counter()
    for who in people:
        for _favour in range(min(15, int(chance.gammavariate(1.5, 4.0)))):
            near = chance.random()
            if friends[who] and near < 0.4:
                given[who, chance.choice(friends[who])] += 1
                continue
            pool = [each for each in people if each != who and (teams[each] == teams[who]) == (near < 0.85)]
            given[who, chance.choices(pool, [liked[each] for each in pool])[0]] += 1
    for place, number in enumerate(ring):
        mates = [ring[(place + 1) % len(ring)]] if one_way else [each for each in ring if each != number]
        for _favour in range(9):
            given[people[number], people[chance.choice(mates)]] += 1
    return [Favour(giver, to, count) for (giver, to), count in given.items()], teams


def test_honest_networks_are_left_alone() -> None:
    """Friends, popular people, inward teams: of twenty seasons at most three raise a question; 5 % are stated."""
    raised = sum(bool(find_rings(*a_season(seed), seed=seed, draws=DRAWS).rings) for seed in range(20))
    assert raised <= 3


@pytest.mark.parametrize(("ring", "one_way"), [((3, 14), False), ((3, 14, 25), True), ((2, 13, 24, 35), False)])
def test_planted_rings_are_found(ring: tuple[int, ...], one_way: bool) -> None:
    """Two who thank each other, three in a circle, four among themselves: in five of six seasons, by name."""
    names = {f"a{number:02}" for number in ring}
    found = 0
    for seed in range(6):
        rings = find_rings(*a_season(100 + seed, ring, one_way), seed=seed, draws=DRAWS).rings
        found += any(len(names & set(each.members)) >= len(names) and len(each.members) <= 6 for each in rings)
    assert found >= 5


def test_little_evidence_is_no_evidence() -> None:
    """Two who thanked each other three times are no ring, whatever chance says; and the search says why."""
    teams = {f"a{n}": "t" for n in range(10)}
    few = [Favour("a0", "a1", 3), Favour("a1", "a0", 3)]
    found = find_rings(few, teams, seed=1)
    assert found.rings == () and "6 favours by 2 people" in found.silent


def test_nonsense_is_refused() -> None:
    """Oneself, nobody, a person without a team, draws too few for the chance asked for."""
    for favours in ([Favour("a", "a")], [Favour("a", "b", 0)], [Favour("a", "x")]):
        with pytest.raises(InvalidInput):
            find_rings(favours, {"a": "t", "b": "t"}, seed=1)
    with pytest.raises(InvalidInput):
        find_rings([], {}, seed=1, false_alarm=0.01, draws=50)
