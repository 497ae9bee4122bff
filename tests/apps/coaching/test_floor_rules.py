"""Whom to see first: nobody falls silent, at no more time than a supervisor has."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from floorwalker.apps.coaching.rules.floor import SILENCE, SURGE, THANKS, Somebody, mix, round_today

TEAM, A_DAY, LIMIT, DAYS = 20, 4, 10, 30
Choice = Callable[[list[Somebody], random.Random], list[int]]


def ours(people: list[Somebody], _chance: random.Random) -> list[int]:
    return [each.agent for each in round_today(people, limit_days=LIMIT, a_day=A_DAY)]


def by_chance(people: list[Somebody], chance: random.Random) -> list[int]:
    here = [each.agent for each in people if each.here]
    return chance.sample(here, len(here))


def whoever_had_it_rough(people: list[Somebody], _chance: random.Random) -> list[int]:
    return [each.agent for each in sorted(people, key=lambda each: -each.load) if each.here]


def by_name(people: list[Somebody], _chance: random.Random) -> list[int]:
    return [each.agent for each in people if each.here]


def longest_silence(choose: Choice, seed: int) -> int:
    """Thirty days of four visits: two days off in seven, a week of leave now and then, some rough days."""
    chance = random.Random(seed)
    last = {agent: -chance.randint(0, 4) for agent in range(TEAM)}
    off = {agent: chance.randint(0, 6) for agent in range(TEAM)}
    leave = {agent: chance.choice([None, None, None, chance.randint(5, 20)]) for agent in range(TEAM)}

    def away(agent: int, day: int) -> bool:
        start = leave[agent]
        return (day + off[agent]) % 7 >= 5 or (start is not None and start <= day < start + 5)

    def until_back(agent: int, day: int) -> int:
        return next(n for n in range(30) if not away(agent, day + 1 + n))

    worst = 0
    for day in range(DAYS):
        people = [
            Somebody(
                agent, day - last[agent], not away(agent, day), until_back(agent, day),
                chance.choice([1.0, 1.0, 1.1, 1.4]), chance.random() < 0.2,
            )
            for agent in range(TEAM)
        ]  # fmt: skip
        for agent in choose(people, chance)[:A_DAY]:
            last[agent] = day
        worst = max(worst, max(day - last[agent] for agent in range(TEAM)))
    return worst


def test_nobody_is_silent_beyond_the_limit() -> None:
    """N22: a hundred months of a team of twenty with four visits a day, leave and rough days included."""
    assert max(longest_silence(ours, seed) for seed in range(100)) <= LIMIT


@pytest.mark.parametrize("naive", [by_chance, whoever_had_it_rough, by_name])
def test_other_ways_leave_somebody_out(naive: Choice) -> None:
    """At equal time: chance, the loudest need, the order of names."""
    assert min(longest_silence(naive, seed) for seed in range(20)) > LIMIT


def test_reasons_are_said_and_the_first_put_them_there() -> None:
    """Close to the limit first, then the roughest, then thanks; who is not here is not listed."""
    people = [
        Somebody(1, silent_days=9),
        Somebody(2, silent_days=1, load=1.3),
        Somebody(3, silent_days=1, load=1.6),
        Somebody(4, silent_days=2, thanks_due=True),
        Somebody(5, silent_days=3),
        Somebody(6, silent_days=30, here=False),
    ]
    found = round_today(people)
    assert [each.agent for each in found] == [1, 3, 2, 4, 5]
    assert [reason.kind for reason in found[1].reasons] == [SILENCE, SURGE]
    assert [reason.kind for reason in found[3].reasons] == [SILENCE, THANKS]


def test_a_list_has_seven_at_most() -> None:
    """A supervisor has two eyes."""
    assert len(round_today([Somebody(n, n % 9) for n in range(40)])) == 7


def test_the_mix_counts_everybody_of_the_team() -> None:
    """With nothing too, and nobody of another team."""
    found = mix([(1, "positive", 5), (1, "corrective", 10), (2, "positive", 0), (9, "positive", 60)], [1, 2, 3])
    assert found.share_positive == pytest.approx(2 / 3)
    assert found.minutes == {1: 15, 2: 0, 3: 0}
    assert found.least_and_most == (0, 15) and found.nothing == 2
    assert mix([], []).share_positive is None and mix([], []).least_and_most is None
