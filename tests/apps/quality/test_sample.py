"""The sample has reviews in every state, made by the room's own verbs, and nothing that must not be kept."""

from __future__ import annotations

import json

from django.utils import timezone

from floorwalker.apps.quality.models import Conversation, Review
from floorwalker.project.sample import quality
from tests.people import Cast


def test_a_sample_shows_every_state(cast: Cast) -> None:
    """A form in force, two hundred redacted contacts, and reviews from drawn to closed."""
    quality.bring(timezone.now())
    assert quality.is_there() and Conversation.objects.count() == quality.CONVERSATIONS
    states = set(Review.objects.values_list("state", flat=True))
    assert states == {"drawn", "scored", "released", "disputed", "decided", "closed"}
    turns = json.dumps(list(Conversation.objects.values_list("turns", flat=True)))
    assert "4111" not in turns and "Crystal" not in turns and "[card]" in turns and "[e-mail]" in turns
