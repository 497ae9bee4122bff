"""Scores taken apart: planted leniency, merit and difficulty come back inside their intervals."""

from dataclasses import replace

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people import Effect, ItemScores, RaterModel
from tests.science.people.planted import planted


def inside(effects: tuple[Effect, ...], truth: np.ndarray) -> list[bool]:
    return [
        each.low <= true <= each.high
        for each, true in zip(effects, truth, strict=True)
        if each.low is not None and each.high is not None
    ]


@pytest.mark.parametrize("runs", [6, pytest.param(100, marks=pytest.mark.prove)])
def test_what_was_planted_comes_back(runs: int) -> None:
    """Nine in ten intervals of 90 % hold the truth: of leniency, merit and items.

    Over the 100 runs of the proof the shares are 0.968 of 600 leniencies, 0.922 of 3,000 merits and 0.908 of 800
    items, so 0.9 itself is asserted. Six runs hold 36 leniencies: were each inside with a chance of exactly 0.9,
    the share would fall below 0.9 in nearly half of all choices of seeds, so two standard deviations of that
    binomial are allowed: 0.9 - 2 sqrt(0.9 x 0.1 / n), which is 0.80 for 36.
    """
    found: dict[str, list[bool]] = {"evaluators": [], "agents": [], "items": []}
    for seed in range(runs):
        truth = planted(seed)
        model = RaterModel(confidence=0.9).fit(truth.scores)
        found["evaluators"] += inside(model.evaluators_, truth.evaluators)
        found["agents"] += inside(model.agents_, truth.agents)
        found["items"] += inside(model.items_, truth.items)
    for what, each in found.items():
        slack = 0.0 if runs == 100 else 2 * np.sqrt(0.9 * 0.1 / len(each))
        assert np.mean(each) >= 0.9 - slack, what


def test_a_lenient_evaluator_stands_out_and_their_agents_do_not() -> None:
    """Ten points given away by one evaluator are theirs, wherever the scores land."""
    truth = planted(3, evaluators=4)
    lenient = "evaluator-00002"
    more = [
        points + 10 * (who == lenient)
        for points, who in zip(truth.scores.points, truth.scores.evaluator, strict=True)
    ]
    before, after = (RaterModel().fit(each) for each in (truth.scores, replace(truth.scores, points=more)))
    moved = {
        each.name: (each.points or 0) - (was.points or 0)
        for was, each in zip(before.evaluators_, after.evaluators_, strict=True)
    }
    assert max(moved, key=lambda name: moved[name]) == lenient
    assert moved[lenient] - np.mean([gain for name, gain in moved.items() if name != lenient]) == pytest.approx(
        10, abs=1
    )
    agents = [
        abs((each.points or 0) - (was.points or 0))
        for was, each in zip(before.agents_, after.agents_, strict=True)
    ]
    assert np.mean(agents) < 0.5


def test_an_easy_form_flatters_nobody() -> None:
    """An agent whose hard items never applied is not above the others for that."""
    truth = planted(5, left_out=0.0)
    hardest = f"item-{int(np.argmin(truth.items)):05d}"
    spared = "agent-00003"
    kept = [
        index
        for index, (item, agent) in enumerate(zip(truth.scores.item, truth.scores.agent, strict=True))
        if not (item == hardest and agent == spared)
    ]
    fewer = ItemScores(*([column[index] for index in kept] for column in vars(truth.scores).values()))
    of = {each.name: each.points for each in RaterModel().fit(truth.scores).agents_}
    then = {each.name: each.points for each in RaterModel().fit(fewer).agents_}
    assert then[spared] == pytest.approx(of[spared], abs=1.5)


def test_few_evaluations_say_nothing() -> None:
    """Below the stated sizes there is a reason instead of a number."""
    truth = planted(1, evaluations=60, evaluators=6)
    said = RaterModel(least_by_evaluator=20).fit(truth.scores).evaluators_
    assert all(each.points is None and "20 are needed" in each.silent for each in said if each.evaluations < 20)
    assert any(each.silent for each in said)


def test_evaluators_with_agents_of_their_own_cannot_be_compared() -> None:
    """Two sites without a shared agent: is it merit or leniency? Nobody knows, and it is said."""
    north, south = planted(1), planted(2, evaluations=300)
    theirs = {
        name: [f"south {each}" for each in getattr(south.scores, name)]
        for name in ("evaluation", "agent", "evaluator", "contact")
    }
    both = ItemScores(
        evaluation=[*north.scores.evaluation, *theirs["evaluation"]],
        agent=[*north.scores.agent, *theirs["agent"]],
        evaluator=[*north.scores.evaluator, *theirs["evaluator"]],
        contact=[*north.scores.contact, *theirs["contact"]],
        item=[*north.scores.item, *south.scores.item],
        points=[*north.scores.points, *south.scores.points],
    )
    said = RaterModel().fit(both).evaluators_
    apart = {each.name for each in said if each.silent}
    assert apart == {each.name for each in said if each.name.startswith("south")}


def test_contacts_show_only_where_two_scored_one() -> None:
    """Without double scores, difficulty of a contact and chance are one figure."""
    assert RaterModel().fit(planted(1, doubled=0.0).scores).spread_.contact is None
    assert RaterModel().fit(planted(1, doubled=0.3).scores).spread_.contact == pytest.approx(6, abs=2.5)


def test_bad_input_is_named() -> None:
    """One evaluator, two agents in one evaluation, missing points."""
    one = ItemScores(["a", "b"], ["x", "y"], ["r", "r"], ["1", "2"], ["i", "i"], [1.0, 2.0])
    with pytest.raises(InvalidInput, match="one evaluator alone"):
        RaterModel().fit(one)
    with pytest.raises(InvalidInput, match="two values of agent"):
        RaterModel().fit(ItemScores(["a", "a"], ["x", "y"], ["r", "r"], ["1", "1"], ["i", "j"], [1.0, 2.0]))
    with pytest.raises(InvalidInput, match="has no row"):
        ItemScores(["a"], ["x"], ["r"], ["1"], ["i"], [float("nan")])
    with pytest.raises(InvalidInput, match="rows"):
        ItemScores([], [], [], [], [], [])
