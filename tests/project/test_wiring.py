"""What follows in one room from what happened in another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from floorwalker.apps.coaching.models import Touch
from floorwalker.apps.quality.events import ReviewReleased
from floorwalker.apps.recognition.events import ThanksGiven
from floorwalker.kernel import events
from tests.people import NOW, Cast


def announce(event: events.Event) -> None:
    with transaction.atomic():
        events.announce(event)


@pytest.mark.parametrize(("why", "touches"), [("sample", 1), ("check_me", 1), ("double", 0)])
def test_an_evaluation_shown_ends_a_silence(
    cast: Cast, deliver: Callable[[], None], why: str, touches: int
) -> None:
    """Drawn and asked-for ones are attention; second scores are between evaluators."""
    agent = cast.agent.agent
    assert agent is not None
    announce(ReviewReleased(7, agent.pk, cast.quality_analyst.user.pk, 80.0, 90.0, why, "2026-03-02"))
    deliver()
    assert Touch.objects.filter(agent=agent).count() == touches


def test_a_thanks_ends_a_silence_once(cast: Cast, deliver: Callable[[], None]) -> None:
    """Told twice it is one touch."""
    agent = cast.agent.agent
    assert agent is not None
    for _ in range(2):
        announce(ThanksGiven(3, agent.pk, cast.colleague.user.pk, "thanks", "private", NOW.isoformat()))
    deliver()
    assert Touch.objects.filter(agent=agent, kind="thanks").count() == 1
