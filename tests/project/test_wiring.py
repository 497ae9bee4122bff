"""What follows in one room from what happened in another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from floorwalker.apps.coaching.models import Touch
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.quality.events import DisputeDecided, ReviewReleased
from floorwalker.apps.recognition.events import ThanksGiven
from floorwalker.kernel import events
from tests.people import NOW, Cast


def announce(event: events.Event) -> None:
    with transaction.atomic():
        events.announce(event)


@pytest.mark.parametrize(("why", "figures", "touches"), [("sample", 1, 1), ("check_me", 0, 1), ("double", 0, 0)])
def test_an_evaluation_shown_is_a_figure_and_ends_a_silence(
    cast: Cast, deliver: Callable[[], None], why: str, figures: int, touches: int
) -> None:
    """Drawn ones count as figures; asked-for ones are attention only; second scores are neither."""
    agent = cast.agent.agent
    assert agent is not None
    announce(ReviewReleased(7, agent.pk, cast.quality_analyst.user.pk, 80.0, 90.0, why, "2026-03-02"))
    deliver()
    assert AgentDay.objects.filter(agent=agent, measure="quality_score", value=80.0).count() == figures
    assert Touch.objects.filter(agent=agent).count() == touches


def test_a_decided_score_replaces_the_figure(cast: Cast, deliver: Callable[[], None]) -> None:
    """A dispute won shows in one's numbers."""
    agent, analyst, lead = cast.agent.agent, cast.quality_analyst.user.pk, cast.supervisor.user.pk
    assert agent is not None
    announce(ReviewReleased(7, agent.pk, analyst, 60.0, 60.0, "sample", "2026-03-02"))
    announce(DisputeDecided(7, agent.pk, analyst, lead, "changed", 60.0, 85.0, "sample", "2026-03-02"))
    deliver()
    told = AgentDay.objects.filter(agent=agent, measure="quality_score").order_by("pk")
    assert [each.value for each in told] == [60.0, 85.0], "facts stay; the later one of the same review counts"


def test_a_thanks_ends_a_silence_once(cast: Cast, deliver: Callable[[], None]) -> None:
    """Told twice it is one touch."""
    agent = cast.agent.agent
    assert agent is not None
    for _ in range(2):
        announce(ThanksGiven(3, agent.pk, cast.colleague.user.pk, "thanks", "private", NOW.isoformat()))
    deliver()
    assert Touch.objects.filter(agent=agent, kind="thanks").count() == 1
