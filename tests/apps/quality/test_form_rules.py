"""Forms: what is wrong with one, and what answers are worth."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.quality.rules.forms import (
    CONTROLLERS,
    Anchor,
    Condition,
    FormContent,
    Item,
    Section,
    flaws,
    from_json,
    score,
    yes_or_no,
)
from floorwalker.apps.quality.rules.handbook import forms_of
from floorwalker.contacts import NoHandbook

YES_NO = yes_or_no("It was done.", "It was not.")
SCALE = (Anchor("1", 0.0, "Not at all."), Anchor("2", 0.5, "In part."), Anchor("3", 1.0, "Fully."))
GREET = Item("greet", "Greets by name", 1, YES_NO)
LISTEN = Item("listen", "Lets the customer finish", 3, SCALE)
VERIFY = Item("verify", "Verifies who calls", 2, YES_NO, critical=True)
WAIT = Item("wait", "System answers within 5 s", 4, YES_NO, controlled_by="system")
OFFER = Item(
    "offer", "Offers the newer product", 2, YES_NO, may_not_apply=True, condition=Condition("listen", ("3",))
)
FORM = FormContent((Section("Opening", (GREET, VERIFY)), Section("Talk", (LISTEN, WAIT, OFFER))))
ALL_WELL = {"greet": "yes", "verify": "yes", "listen": "3", "wait": "yes", "offer": "yes"}


def test_all_well_is_a_hundred() -> None:
    """And nothing is missing, lost or failed."""
    found = score(FORM, ALL_WELL)
    assert (found.points, found.all_points, found.lost, found.missing) == (100, 100, (), ())


def test_weights_and_anchors() -> None:
    """Half of three, of six that count: offer is not asked where nobody was heard out."""
    found = score(FORM, ALL_WELL | {"listen": "2", "offer": "yes"})
    assert found.points == pytest.approx(100 * (1 + 2 + 1.5) / 6)
    assert [each.item for each in found.lost] == ["listen"]


def test_what_the_agent_cannot_control_does_not_count_against_them() -> None:
    """N12: a slow system costs points of the contact, none of the agent, and is counted for who can mend it."""
    slow = score(FORM, ALL_WELL | {"wait": "no"})
    assert slow.points == 100
    assert slow.all_points == pytest.approx(100 * 8 / 12)
    (lost,) = slow.lost
    assert (lost.controlled_by, lost.points) == ("system", pytest.approx(100 * 4 / 12))


def test_a_failed_critical_item_is_a_zero_with_its_reason() -> None:
    """However well the rest went."""
    found = score(FORM, ALL_WELL | {"verify": "no"})
    assert (found.points, found.failed_critical) == (0, ("verify",))
    assert found.all_points == pytest.approx(100 * 10 / 12)


def test_not_applicable_weighs_nothing() -> None:
    """Where the form allows it; elsewhere it is an answer nobody understands."""
    assert score(FORM, ALL_WELL | {"offer": "na"}).points == 100
    assert score(FORM, ALL_WELL | {"offer": "na"}).unknown == ()
    assert score(FORM, ALL_WELL | {"greet": "na"}).unknown == ("greet",)


def test_what_is_missing_is_named() -> None:
    """Only what was asked."""
    assert score(FORM, {}).missing == ("greet", "verify", "listen", "wait")
    assert score(FORM, {}).points is None


def test_a_form_survives_storing() -> None:
    """To JSON and back."""
    assert from_json(json.loads(json.dumps(FORM.to_json()))) == FORM


@given(st.dictionaries(st.sampled_from(sorted(ALL_WELL)), st.sampled_from(["yes", "no", "1", "2", "3", "na"])))
def test_scores_stay_on_the_scale_and_losses_add_up(answers: dict[str, str]) -> None:
    """Points and losses make a hundred, whatever was answered."""
    found = score(FORM, answers)
    if found.all_points is not None:
        assert found.all_points + sum(each.points for each in found.lost) == pytest.approx(100)
    assert found.points is None or 0 <= found.points <= 100


def test_a_sound_form_has_no_flaw() -> None:
    """The one above."""
    assert flaws(FORM) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(LISTEN, key="greet"), "key_twice"),
        (replace(LISTEN, text=" "), "without_text"),
        (replace(LISTEN, weight=-1), "weight_below_zero"),
        (replace(LISTEN, anchors=YES_NO[:1]), "answers_unclear"),
        (replace(LISTEN, anchors=(Anchor("na", 1, "x"), Anchor("b", 0, "y"))), "answers_unclear"),
        (replace(LISTEN, anchors=(Anchor("a", 2, "x"), Anchor("b", 1, "y"))), "shares_beyond_the_scale"),
        (replace(LISTEN, anchors=(Anchor("a", 1, ""), Anchor("b", 0, "y"))), "anchor_without_sentence"),
        (replace(LISTEN, controlled_by="weather"), "nobody_controls_it"),
        (replace(LISTEN, critical=True, controlled_by="system"), "critical_cannot_fail"),
        (replace(LISTEN, critical=True, anchors=SCALE[1:]), "critical_cannot_fail"),
        (replace(LISTEN, condition=Condition("offer", ("yes",))), "condition_unknown"),
        (replace(LISTEN, condition=Condition("greet", ("maybe",))), "condition_unknown"),
    ],
)
def test_each_flaw_is_named_at_its_item(wrong: Item, code: str) -> None:
    """So that whoever writes the form knows where to look."""
    found = flaws(FormContent((Section("Opening", (GREET,)), Section("Talk", (wrong,)))))
    assert (code, wrong.key) in [(each.code, each.item) for each in found]


def test_a_form_where_nothing_counts_is_none() -> None:
    """Only what others control, or sections without items."""
    assert [each.code for each in flaws(FormContent((Section("Empty", ()),)))] == [
        "nothing_counts",
        "empty_section",
    ]
    assert "nothing_counts" in [each.code for each in flaws(FormContent((Section("Talk", (WAIT,)),)))]


def test_a_real_handbook_becomes_forms(data: Path) -> None:
    """ABCD: ten flows, fifty-five kinds of contact, each step an item that says what is expected."""
    handbook = json.loads((data / "abcd-customer-service-chats" / "guidelines.json").read_text(encoding="utf-8"))
    forms = forms_of(handbook)
    assert (len(forms), sum(len(form.sections) for form in forms.values())) == (10, 55)
    assert [flaw for form in forms.values() for flaw in flaws(form)] == []
    defect = forms["Product Defect"].sections[0]
    assert [each.text for each in defect.items][:2] == ["Pull up Account", "Validate Purchase"]
    assert defect.items[0].expectation.startswith("All chats in this flow start by asking")


@pytest.mark.parametrize(
    "wrong", [{"A": {}}, {"A": {"subflows": {"x": {}}}}, {"A": {"subflows": {"x": {"actions": [1]}}}}]
)
def test_what_is_no_handbook_is_refused(wrong: dict[str, object]) -> None:
    """With where and what was expected."""
    with pytest.raises(NoHandbook, match="A"):
        forms_of(wrong)


def test_controllers_are_known_words() -> None:
    """The pages have a word for each."""
    assert CONTROLLERS[0] == "agent" and len(set(CONTROLLERS)) == 6
