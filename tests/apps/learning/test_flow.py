"""The rules of a flow: what answers meet, what was heard, and what a walk is worth."""

from __future__ import annotations

import pytest

from floorwalker.apps.learning.rules.flow import (
    Answer,
    NoSuchAnswer,
    begin,
    branches_used,
    completeness,
    from_json,
    says,
    walk,
)
from tests.factories.learning import small_flow

FLOW = small_flow()


def test_a_flow_is_read_back_as_it_was_written() -> None:
    """What is stored is what was drawn."""
    assert from_json(FLOW.to_json()) == FLOW


def test_the_first_line_stands_and_its_facts_are_heard() -> None:
    """Nothing is met before an answer, but the customer has spoken."""
    found = begin(FLOW)
    assert (found.node, found.heard, found.completeness, found.ended) == ("late", {"gift"}, 0.0, False)


def test_a_complete_walk_meets_every_step_by_option_and_own_words() -> None:
    """Own words with every key phrase meet the steps of the line; either of two phrases will do."""
    found = walk(FLOW, [Answer("ask"), Answer(words="I apologise – for a BIRTHDAY that hurts.")])
    assert found.complete and found.outcome == "solved"
    assert found.met == {"sorry", "number", "gift"} and found.used == {"gift"} and not found.unused


def test_words_without_a_key_phrase_meet_nothing_and_say_what_was_missing() -> None:
    """The rule of the node decides, and nothing else."""
    found = walk(FLOW, [Answer("ask"), Answer(words="Sorry about that.")])
    assert found.ended and not found.complete
    assert found.turns[-1].unsaid == ("birthday",) and found.completeness == pytest.approx(0.25)


def test_a_fact_heard_and_passed_over_is_named() -> None:
    """Whoever looks it up without a word of the birthday has not listened."""
    assert walk(FLOW, [Answer("ask"), Answer("look")]).unused == ("gift",)


def test_an_answer_that_builds_on_a_fact_nobody_stated_meets_no_step() -> None:
    """The same flow in which the first line does not tell of the birthday."""
    first, *rest = FLOW.to_json()["nodes"]
    silent = from_json({**FLOW.to_json(), "nodes": [{**first, "states": []}, *rest]})
    found = walk(silent, [Answer("ask"), Answer(words="sorry about the birthday")])
    assert found.turns[-1].guessed == ("gift",) and "sorry" not in found.met and not found.complete


@pytest.mark.parametrize(
    "chosen",
    [[Answer("nothing")], [Answer(words="hello")], [Answer("wait"), Answer("wait")]],
    ids=["no such option", "no own words here", "after the end"],
)
def test_what_a_line_does_not_take_is_refused(chosen: list[Answer]) -> None:
    """An unknown option, own words where none are asked for, and an answer after the end."""
    with pytest.raises(NoSuchAnswer):
        walk(FLOW, chosen)


def test_steps_weigh_by_their_weight_and_without_steps_nothing_is_complete() -> None:
    """Two of four points; none of none."""
    assert completeness(FLOW, {"sorry"}) == pytest.approx(0.5)
    assert completeness(from_json({**FLOW.to_json(), "steps": []}), set()) == 0.0


@pytest.mark.parametrize(
    ("words", "phrase", "said"),
    [
        ("I'm SORRY!", "sorry", True),
        ("It is sorrowful", "sorry", False),
        ("Das tut mir Léid", "tut mir leid", True),
        ("I do apologise", "sorry / apologise", True),
        ("anything", " / ", False),
        ("Don’t worry", "dont worry", True),
    ],
)
def test_a_phrase_is_said_in_whole_words_whatever_case_accents_and_marks(
    words: str, phrase: str, said: bool
) -> None:
    """Phones write in their own way; half a word is not the word."""
    assert says(words, phrase) is said


def test_branches_never_used_stand_with_a_zero() -> None:
    """Every option of every line is counted, own words too."""
    counts = branches_used(FLOW, [[Answer("ask"), Answer("look")], [Answer("ask"), Answer(words="hm")]])
    assert counts["late", "ask"] == 2 and counts["number", ""] == 1 and counts["angry", "back"] == 0
