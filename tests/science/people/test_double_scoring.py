"""Second scores go where they teach most."""

import itertools

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people import worth_scoring_twice

EVALUATORS = [f"r{number}" for number in range(6)]


def variance_after(edges: list[tuple[str, str]], sd: float = 5.0, rest: float = 8.0) -> float:
    """The summed variance of leniency, by inverting the information matrix outright."""
    information = np.eye(len(EVALUATORS)) / sd**2
    for first, second in edges:
        b = np.zeros(len(EVALUATORS))
        b[EVALUATORS.index(first)], b[EVALUATORS.index(second)] = 1, -1
        information += np.outer(b, b) / (2 * rest**2)
    return float(np.trace(np.linalg.inv(information)))


def test_the_first_choice_is_the_best_of_all() -> None:
    """Against every possible pair, tried one by one."""
    together = [("r0", "r1"), ("r0", "r1"), ("r1", "r2"), ("r3", "r4")]
    (chosen,) = worth_scoring_twice([(f"c{r}", r) for r in EVALUATORS], EVALUATORS, 1, seen_together=together)
    every = {pair: variance_after([*together, pair]) for pair in itertools.combinations(EVALUATORS, 2)}
    found = variance_after([*together, (chosen.first, chosen.second)])
    assert found == pytest.approx(min(every.values()))
    assert chosen.gain == pytest.approx(1 - found / variance_after(together))


def test_half_the_calibrations_do_for_the_same_error() -> None:
    """Two evaluators do most of the work: any contact, scored again by whoever comes next, takes twice as many.

    Drawn evenly among all evaluators it still takes a fifth more.
    """
    rng = np.random.default_rng(1)
    shares = np.array([0.5, 0.3, 0.05, 0.05, 0.05, 0.05])
    scored = [(f"c{n}", str(rng.choice(EVALUATORS, p=shares))) for n in range(400)]
    chosen = worth_scoring_twice(scored, EVALUATORS, 20)
    reached = variance_after([(each.first, each.second) for each in chosen])
    assert np.mean([needed(scored, reached, shares, rng) for _ in range(30)]) >= 40
    assert np.mean([needed(scored, reached, np.full(6, 1 / 6), rng) for _ in range(30)]) >= 24


def needed(scored: list[tuple[str, str]], reached: float, shares: np.ndarray, rng: np.random.Generator) -> int:
    """Second scores at random until leniency is known as well."""
    edges: list[tuple[str, str]] = []
    for _, first in rng.permutation(scored):
        others = shares * [each != first for each in EVALUATORS]
        edges.append((str(first), str(rng.choice(EVALUATORS, p=others / others.sum()))))
        if variance_after(edges) <= reached:
            break
    return len(edges)


def test_nobody_scores_their_own_again_and_each_contact_once() -> None:
    """Two different people a contact, no contact twice, no more than there are."""
    scored = [(f"c{n}", EVALUATORS[n % 2]) for n in range(8)]
    chosen = worth_scoring_twice(scored, EVALUATORS, 50)
    assert len(chosen) == 8
    assert len({each.contact for each in chosen}) == 8
    assert all(each.first != each.second for each in chosen)
    assert dict(scored) == {each.contact: each.first for each in chosen}


def test_alone_there_is_nobody_to_ask() -> None:
    """One evaluator, no second score; a stranger is named."""
    assert worth_scoring_twice([("c", "r0")], ["r0"], 3) == ()
    with pytest.raises(InvalidInput, match="nobody"):
        worth_scoring_twice([("c", "nobody")], ["r0"], 1)
    with pytest.raises(InvalidInput, match="above zero"):
        worth_scoring_twice([("c", "r0")], ["r0"], 1, rest_sd=0)
