"""How an agent gets better: from a contact drawn by chance to a goal raised, thanks and promises kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from floorwalker.apps.quality import services as quality
from floorwalker.apps.quality.models import Conversation, Review
from tests.apps.performance.test_goals import measured
from tests.apps.quality.cases import a_form
from tests.journeys import loop
from tests.journeys.conftest import Calendar, Visit
from tests.journeys.loop import DAY
from tests.journeys.visitor import Visitor
from tests.people import NOW, Cast

pytestmark = pytest.mark.prove  # longer than a test may take


def with_a_past(cast: Cast) -> None:
    """Contacts and a month of scores around 70."""
    assert cast.agent.agent is not None
    a_form(cast)
    Conversation.objects.bulk_create(
        Conversation(
            key=f"K{day}", agent=cast.agent.agent, client=cast.world.aurora, channel="phone", seconds=300,
            started_at=NOW + (day - 14) * DAY, reason="late parcel", imported_at=NOW,
            turns=[{"speaker": "customer", "at": 0, "text": "Where is it?"},
                   {"speaker": "agent", "at": 5, "text": "Let me look."}],
        )
        for day in range(35)
    )  # fmt: skip
    measured(cast.agent, "quality_score", 70, 4, (NOW - 28 * DAY).date(), 28, NOW)


def test_from_a_contact_drawn_to_a_goal_raised(
    visit: Visit, cast: Cast, calendar: Calendar, deliver: Callable[[], None]
) -> None:
    """Heard first, evaluated, talked over; one action, followed up; the next goal, thanks, promises kept."""
    assert cast.agent.agent is not None
    calendar.on(NOW)
    with_a_past(cast)
    analyst = visit("better-analyst")
    walk = loop.Walk(
        agent=cast.agent, lead=cast.supervisor, analyst=cast.quality_analyst, phone=visit("better-agent", 390),
        desk=visit("better-supervisor"), sheet=analyst, lost="Greets by name", begun=NOW, calendar=calendar,
        deliver=deliver,
    )  # fmt: skip
    goal = loop.a_goal(walk, 72.0, NOW)
    analyst.sign_in(cast.quality_analyst.user)
    drawn_by_a_plan(analyst, calendar)
    deliver()
    loop.at_work(walk.who, timezone.now() + DAY, 10)
    walk.later(timezone.now())
    loop.from_a_review_on(walk, Review.objects.get(), goal, 78.0)


def drawn_by_a_plan(analyst: Visitor, calendar: Calendar) -> None:
    """The plan is made on its page; one of the nights that follow draws a contact, and its page shows it."""
    analyst.open("/quality/plans/new/")
    analyst.fill("Name", "Every fortnight")
    analyst.press("Keep it")
    analyst.shows("1 contact of each agent in 14 days", "Nothing was drawn yet")
    page = analyst.path
    for night in range(1, 15):
        calendar.on(NOW + night * DAY)
        if quality.draw_due(timezone.now()):
            break
    analyst.context.clear_cookies()
    analyst.open(page)
