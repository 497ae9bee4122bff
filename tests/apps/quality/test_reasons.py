"""G-06: whoever reads why a score is what it is can work it out again, to the very figure that is shown."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import FormVersion, Review
from floorwalker.apps.quality.queries.reasons import exact_words
from floorwalker.apps.quality.rules.forms import Anchor, FormContent, Item, Section, account, score, yes_or_no
from tests.apps.quality.cases import RUDE, SLOW, WELL, a_talk, drawn, evaluated, own_view
from tests.people import Cast

SHARES = (0.0, 0.1, 1 / 3, 0.5, 0.7, 1.0)
ANCHORS = tuple(Anchor(f"v{n}", share, "So.") for n, share in enumerate(SHARES))
ANSWERS = st.sampled_from([*(each.value for each in ANCHORS), "na"])
ITEMS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.25, 1.0, 2.5, 17.3]), st.sampled_from(["agent", "system"]), st.booleans(),
        ANSWERS,
    ),
    min_size=1, max_size=8,
)  # fmt: skip


def made(drawn_items: list[tuple[float, str, bool, str]]) -> tuple[FormContent, dict[str, str]]:
    items = tuple(
        Item(f"i{n}", f"Item {n}", weight, ANCHORS, True, critical and who == "agent", who)
        for n, (weight, who, critical, _answer) in enumerate(drawn_items)
    )
    return FormContent((Section("All", items),)), {f"i{n}": each[3] for n, each in enumerate(drawn_items)}


@given(ITEMS)
def test_the_account_is_the_score(drawn_items: list[tuple[float, str, bool, str]]) -> None:
    """Whatever the weights, shares and controllers: the parts make the score, and with the losses a hundred."""
    content, answers = made(drawn_items)
    found, expected = account(content, answers), score(content, answers)
    if found is None:
        assert not expected.points  # nothing of the agent's weighs anything
        return
    assert found.failed == expected.failed_critical
    assert found.score == pytest.approx(expected.points, abs=1e-9)
    whole = float(100 * found.earned / found.weight)
    assert whole + sum(found.lost.values()) == pytest.approx(100)


@given(st.decimals(min_value=0, max_value=1000, allow_nan=False, places=7))
def test_numbers_are_told_with_all_their_decimals(value: Decimal) -> None:
    assert Decimal(exact_words(value)) == value


def figures(cast: Cast, who: Any, review: Review) -> tuple[list[tuple[Decimal, Decimal, Decimal]], str, str]:
    """The lines of the sum, its result, and the score above it, read off the page."""
    page = unescape(cast.client(who).get(f"/quality/reviews/{review.pk}/").content.decode())
    body = page[page.index("ui-why-inputs") : page.index("Left out")]
    lines = re.findall(r"weight ([\d.]+) × ([\d.]+) % = ([\d.]+)<", body)
    result = re.search(r"100 × ([\d.]+) / ([\d.]+) = ([\d.]+)<", body)
    shown = re.search(r"ui-figure-value\">([\d.]+)", page)
    assert result and shown
    parts = [(Decimal(weight), Decimal(share), Decimal(earned)) for weight, share, earned in lines]
    assert sum(part[2] for part in parts) == Decimal(result[1])
    assert sum(part[0] for part in parts) == Decimal(result[2])
    return parts, result[3], shown[1]


NOT_ASKED = WELL | {"explain": "na", "greet": "no"}


@pytest.mark.parametrize("answers", [WELL, RUDE, SLOW, NOT_ASKED, RUDE | {"explain": "no"}])
def test_the_page_can_be_worked_out_again(cast: Cast, answers: dict[str, str]) -> None:
    """From the printed weights and shares alone, for the agent and for who evaluated."""
    now = timezone.now()
    review = drawn(cast, at=now)
    own_view(cast, review, at=now)
    review = evaluated(cast, review, answers, now)
    for who in (cast.agent, cast.quality_analyst):
        parts, result, shown = figures(cast, who, review)
        assert all(weight * share / 100 == earned for weight, share, earned in parts)
        again = 100 * sum(part[2] for part in parts) / sum(part[0] for part in parts)
        assert round(again, 2) == Decimal(result) and round(again) == int(shown)
        assert float(again) == pytest.approx(review.score)


def test_odd_weights_are_told_exactly(cast: Cast) -> None:
    """A third of 0.1 and half of 2.5 come out as they are written, not rounded on the way."""
    thirds = (Anchor("a", 0.35, "Partly."), Anchor("b", 1.0, "Fully."))
    items = (
        Item("x", "X", 0.1, thirds),
        Item("y", "Y", 2.5, thirds),
        Item("z", "Z", 7.25, yes_or_no("It was.", "Not.")),
    )
    by, now = cast.quality_analyst.actor, timezone.now()
    content = FormContent((Section("All", items),))
    draft = services.make_form(name="Odd", client_id=None, channel="", content=content, by=by, at=now)
    services.publish_form(version_id=draft.pk, version=1, by=by, at=now)
    assert FormVersion.objects.get().state == "in_force"
    review = drawn(cast, at=now)
    said = {"x": "a", "y": "a", "z": "no"}
    own_view(cast, review, said, at=now)
    review = evaluated(cast, review, said, now)
    parts, result, _shown = figures(cast, cast.agent, review)
    assert parts[0] == (Decimal("0.1"), Decimal(35), Decimal("0.035"))
    assert Decimal(result) == round(Decimal("91") / Decimal("9.85"), 2)


def test_beside_the_score_stand_its_peers_and_who_sees_it(cast: Cast) -> None:
    """Silent below twenty scores of five agents; the agent reads names, others what they are."""
    now = timezone.now()
    review = drawn(cast, at=now)
    own_view(cast, review, at=now)
    review = evaluated(cast, review, RUDE, now)
    page = unescape(cast.client(cast.agent).get(f"/quality/reviews/{review.pk}/").content.decode())
    assert "Too few evaluations by this form" in page
    assert "who leads or judges you: Quality Analyst, Supervisor." in page
    assert "Other Supervisor" not in page
    others = unescape(cast.client(cast.supervisor).get(f"/quality/reviews/{review.pk}/").content.decode())
    assert "those who lead or judge the agent" in others
    agents = [
        each.agent for each in (cast.agent, cast.colleague, cast.contractor, cast.stranger, cast.other_team_agent)
    ]
    for n in range(20):
        pk = review.pk
        review.pk, review.conversation_id = None, a_talk(cast, key=f"P{n}").pk
        review.agent, review.score = agents[n % 5], 60.0 + 2 * n  # type: ignore[assignment]
        review._state.adding = True
        review.save()
        review = Review.objects.get(pk=pk)
    page = unescape(cast.client(cast.agent).get(f"/quality/reviews/{review.pk}/").content.decode())
    assert "half of the last 21 scores of everybody lie between 70 and 88" in page
