"""Notices about one review, one calibration, one round: each kind says what it was sent for."""

from __future__ import annotations

import pytest

from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Review
from floorwalker.apps.quality.queries import told
from floorwalker.apps.quality.services import calibration, moving, weights
from floorwalker.kernel.notices.kinds import KINDS
from tests.apps.quality.cases import RUDE, drawn, released
from tests.people import NOW, Cast

AGENTS = ("asked", "offered", "released", "closed")


def said(cast: Cast, who: str, kind: str, review: Review) -> str:
    found = queries.review_told(f"quality.{kind}", getattr(cast, who).actor, ("quality.review", review.pk))
    assert found is not None
    return found


def test_of_a_closed_review_no_two_kinds_read_alike(cast: Cast) -> None:
    """They did: all four said that it is closed. Three say so still, after what they were sent for."""
    review = released(cast, RUDE)
    review.state, review.closed_at = "closed", NOW
    review.save()
    found = [said(cast, "agent", kind, review) for kind in AGENTS]
    assert len(set(found)) == len(AGENTS)
    assert [each.endswith("Now: closed.") for each in found] == [True, True, True, False]
    assert found[-1].endswith("is closed.")


def test_what_has_not_gone_on_says_no_more(cast: Cast) -> None:
    """A fresh notice has no state behind it; what is asked of somebody comes with its day."""
    review = drawn(cast)
    assert "evaluate it yourself first, until" in said(cast, "agent", "asked", review)
    assert "Now:" not in said(cast, "quality_analyst", "to_evaluate", review)


def test_what_has_gone_on_says_how_it_stands(cast: Cast) -> None:
    shown = released(cast, RUDE)
    assert "Now:" not in said(cast, "agent", "released", shown)
    assert said(cast, "quality_analyst", "to_evaluate", shown).endswith("Now: to talk about.")


def test_strangers_are_told_nothing(cast: Cast) -> None:
    review = drawn(cast)
    assert queries.review_told("quality.asked", cast.stranger.actor, ("quality.review", review.pk)) is None


@pytest.mark.parametrize("kind", [*moving.NOTICES, *calibration.NOTICES, *weights.NOTICES])
def test_every_kind_has_its_sentence(kind: str) -> None:
    """Registered with its own kind, so that two do not share one."""
    assert KINDS[kind].text_of.args == (kind,)  # type: ignore[attr-defined]


def test_every_kind_about_a_review_is_said_by_name() -> None:
    assert {*told.TO_AGENTS, *told.TO_OTHERS} == set(moving.NOTICES)
