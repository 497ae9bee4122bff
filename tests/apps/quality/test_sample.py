"""The sample has reviews in every state, made by the room's own verbs, and nothing that must not be kept."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.db.models import F
from django.utils import timezone

from floorwalker.apps.quality.models import (
    Calibration,
    Conversation,
    Phrase,
    RaterEffect,
    Review,
    SampleDraw,
    SamplePlan,
    WeightRound,
)
from floorwalker.apps.quality.queries import phrase_page, spreads_of
from floorwalker.kernel.access import SYSTEM
from floorwalker.project.sample import drawing, judging, quality
from tests.apps.quality.cases import a_form
from tests.people import Cast


def test_a_sample_shows_every_state(cast: Cast) -> None:
    """A form in force, two hundred redacted contacts, and reviews from drawn to closed."""
    quality.bring(timezone.now())
    assert quality.is_there() and Conversation.objects.count() == quality.CONVERSATIONS
    states = set(Review.objects.values_list("state", flat=True))
    assert states == {"drawn", "scored", "released", "disputed", "decided", "closed"}
    assert not Review.objects.filter(drawn_at__lte=F("conversation__started_at")).exists()
    turns = json.dumps(list(Conversation.objects.values_list("turns", flat=True)))
    assert "4111" not in turns and "Crystal" not in turns and "[card]" in turns and "[e-mail]" in turns


def test_a_sample_shows_who_gives_how_much(cast: Cast, work: Callable[..., None]) -> None:
    """The planted lenient and strict one come back; a calibration of each kind; phrases with labels."""
    now = timezone.now()
    a_form(cast)
    judging.bring(now)
    work(inline=True)
    assert judging.is_there()
    points = {each.evaluator_id: each.points for each in RaterEffect.objects.filter(silent="")}
    judges = sorted(points)
    assert max(points, key=lambda pk: points[pk] or 0.0) == judges[0]
    assert min(points, key=lambda pk: points[pk] or 0.0) == judges[1]
    assert set(Calibration.objects.values_list("state", flat=True)) == {"open", "closed"}
    assert Calibration.objects.get(state="closed").result["coefficients"]
    shown = [phrase_page(SYSTEM, each, now) for each in Phrase.objects.all()]
    assert len(shown) == 10 and all(each.labels[1] >= 50 for each in shown)


def test_a_sample_draws_by_plans_and_weighs(cast: Cast) -> None:
    """A plan for each site with a night's draw, a weighing with its spread and one that is open."""
    now = timezone.now()
    quality.bring(now)
    drawing.bring(now)
    assert drawing.is_there() and SamplePlan.objects.count() == 2
    assert SampleDraw.objects.filter(review__isnull=False).exists()
    rounds = {each.state: each for each in WeightRound.objects.all()}
    assert set(rounds) == {"open", "closed"}
    assert "far" in {each.apart for each in spreads_of(rounds["closed"])}
