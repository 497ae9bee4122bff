"""Contacts that were listened to: planted truths come back from what can be seen."""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people import ItemScores, RaterModel
from floorwalker.science.sample import TRIGGERS, Centre, JudgedContacts, judged_contacts, make_centre

ITEMS = ("greeting", "understanding", "solution", "closing")
EVALUATORS = ("lenient", "strict", "even")


@pytest.fixture(scope="module")
def corner() -> Centre:
    return make_centre("corner", seed=1, until=date(2026, 9, 7), weeks=8)


@pytest.fixture(scope="module")
def found(corner: Centre) -> JudgedContacts:
    return judged_contacts(corner, items=ITEMS, evaluators=EVALUATORS, each=40, seed=3)


def test_everybody_has_contacts_in_opening_hours(corner: Centre, found: JudgedContacts) -> None:
    """Each agent as many, none on a closed day, each with turns that follow one another."""
    assert len(found.conversations) == 40 * len(corner.people)
    assert len({each.key for each in found.conversations}) == len(found.conversations)
    grid = corner.demand["helpdesk"].grid
    last = grid.starts[-1] + grid.lengths[-1]
    for each in found.conversations:
        assert last - 29 * 86_400 <= each.start < last
        times = [turn.at for turn in each.turns]
        assert times == sorted(times) and each.seconds > times[-1]


def test_phrases_are_where_the_labels_say_and_nowhere_else(found: JudgedContacts) -> None:
    """A search for the very words finds the planted turns and no lookalike."""
    seen = {
        (each.key, place, trigger.phrase)
        for each in found.conversations
        for place, turn in enumerate(each.turns)
        for trigger in TRIGGERS
        if turn.speaker == trigger.speaker and trigger.phrase in turn.text
    }
    assert seen == found.truth.labels
    assert len(seen) > 50


def test_lenient_and_strict_are_told_apart(found: JudgedContacts) -> None:
    """The mixed model finds what was planted, from the evaluations alone."""
    agent_of = {each.key: each.agent for each in found.conversations}
    rows = [
        (
            f"{each.conversation} {each.evaluator}",
            agent_of[each.conversation],
            each.evaluator,
            each.conversation,
            *item,
        )
        for each in found.evaluations
        for item in each.points.items()
    ]
    model = RaterModel().fit(ItemScores(*(list(column) for column in zip(*rows, strict=True))))
    points = {each.name: each.points or 0.0 for each in model.evaluators_}
    assert points["lenient"] - points["strict"] == pytest.approx(14, abs=4)


def test_the_same_seed_is_the_same_again(corner: Centre, found: JudgedContacts) -> None:
    """And another is not."""
    assert judged_contacts(corner, items=ITEMS, evaluators=EVALUATORS, each=40, seed=3) == found
    assert judged_contacts(corner, items=ITEMS, evaluators=EVALUATORS, each=40, seed=4) != found


def test_bad_input_is_named(corner: Centre) -> None:
    """Nothing to score, nobody who scores."""
    for wrong in ({"items": ()}, {"evaluators": ()}, {"each": 0}, {"judged": 2.0}):
        with pytest.raises(InvalidInput):
            judged_contacts(corner, **({"items": ITEMS, "evaluators": EVALUATORS, "each": 1, "seed": 1} | wrong))  # type: ignore[arg-type]
