"""Votes: what counts as agreement, and how often chance alone looks like it."""

from __future__ import annotations

import random
from itertools import product

import pytest

from floorwalker.science.duels import FEWEST_VOTES, agreed, pooled
from floorwalker.science.errors import InvalidInput


def decided(votes: list[int], *, trusted: bool = True) -> int | None:
    """Vote after vote, as they come in, until one is named or seven have voted; 2 is no difference."""
    for cast in range(1, 8):
        counts = [votes[:cast].count(each) for each in (0, 1, 2)]
        found = agreed(*counts, trusted=trusted)
        if found is not None:
            return found
    return None


def test_three_of_three_or_six_of_seven() -> None:
    """Fewer than three never count; no difference counts against both."""
    assert agreed(2, 0, 0) is None and agreed(3, 0, 0) == 0 and agreed(0, 3, 0) == 1
    assert agreed(3, 0, 1) is None and agreed(5, 1, 0) is None
    assert agreed(6, 1, 0) == 0 and agreed(1, 6, 0) == 1 and agreed(0, 6, 1) == 1 and agreed(5, 1, 1) is None
    assert agreed(3, 0, 0, trusted=False) is None and agreed(6, 1, 0, trusted=False) == 0
    assert FEWEST_VOTES == 3
    with pytest.raises(InvalidInput):
        agreed(-1, 3, 0)


@pytest.mark.parametrize(
    ("answers", "trusted", "stated"),
    [(3, True, 0.080), (2, True, 0.297), (3, False, 0.014), (2, False, 0.125)],
    ids=["three answers", "a coin", "three answers, not trusted", "a coin, not trusted"],
)
def test_the_false_alarms_are_the_ones_stated(answers: int, trusted: bool, stated: float) -> None:
    """Counted over every way seven voters can answer by chance, and simulated."""
    every = [decided(list(each), trusted=trusted) is not None for each in product(range(answers), repeat=7)]
    assert sum(every) / len(every) == pytest.approx(stated, abs=0.0006)
    rng = random.Random(5)
    simulated = [
        decided([rng.randrange(answers) for _ in range(7)], trusted=trusted) is not None for _ in range(4000)
    ]
    assert sum(simulated) / 4000 == pytest.approx(stated, abs=0.022)


def test_voters_who_see_a_difference_are_heard() -> None:
    """Where seven in ten name the better one, votes name it four times as often as the other or more."""
    rng = random.Random(6)
    found = [decided(rng.choices((0, 1, 2), (0.7, 0.15, 0.15), k=7)) for _ in range(2000)]
    assert found.count(0) > 0.4 * 2000 and found.count(0) > 20 * found.count(1)


def test_all_voters_together_are_trusted_until_they_are_shown_to_toss_coins() -> None:
    """A coin is trusted one time in twenty; voters who agree in seven of ten nearly always."""
    assert pooled([(2, 1)] * 19).trusted and pooled([]).share is None
    rng = random.Random(7)

    def season(towards: float) -> bool:
        counts = [sum(rng.random() < towards for _ in range(5)) for _ in range(40)]
        return pooled([(each, 5 - each) for each in counts]).trusted

    assert sum(season(0.5) for _ in range(1000)) / 1000 == pytest.approx(0.05, abs=0.03)
    assert sum(season(0.8) for _ in range(200)) >= 195
