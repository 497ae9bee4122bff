"""Agents who leave: nothing is asked for them any more, and no promise to them breaks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.services import lapse
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Review
from floorwalker.kernel.access import SYSTEM
from tests.apps.quality.cases import DAY, drawn, released
from tests.people import NOW, Cast


def left(cast: Cast, review: Review, days: int = 0) -> None:
    day = NOW.date() + timedelta(days=days)
    Agent.objects.filter(pk=review.agent_id).update(left_on=day, leaving_reason=cast.world.reason)


def test_who_leaves_is_judged_no_more(cast: Cast) -> None:
    """What nobody evaluated is dropped, and its promise withdrawn."""
    review = drawn(cast)
    assert services.end_of_leaver(agent_id=review.agent_id, by=SYSTEM, at=NOW) == 1
    review.refresh_from_db()
    assert review.state == "dropped" and Promise.objects.get(kind="quality.review").state == "withdrawn"


def test_a_dispute_of_a_leaver_falls_away_with_its_promise(cast: Cast) -> None:
    """The score stands, nothing waits on anybody's desk, and two months later no promise has broken."""
    review = services.dispute(review_id=released(cast).pk, words="No.", by=cast.agent.actor, at=NOW)
    left(cast, review)
    assert services.end_of_leavers(NOW) == 1
    review.refresh_from_db()
    found = review.disputes.get()
    assert (review.state, review.score, found.state) == ("closed", 75.0, "fell_away")
    assert not queries.desk_of(cast.supervisor.actor, NOW).first
    lapse(NOW + 60 * DAY)
    promise = Promise.objects.get(kind="quality.dispute")
    assert (promise.state, promise.why) == ("withdrawn", "the agent has left")
    page = cast.client(cast.quality_analyst).get(f"/quality/reviews/{review.pk}/").content.decode()
    assert "Closed, because Agent has left." in page and "not answered" in page


def test_who_leaves_later_still_gets_an_answer(cast: Cast) -> None:
    """Until their last day the dispute stays open; then the hourly round finds it."""
    review = services.dispute(review_id=released(cast).pk, words="No.", by=cast.agent.actor, at=NOW)
    left(cast, review, days=20)
    assert services.end_of_leaver(agent_id=review.agent_id, by=SYSTEM, at=NOW) == 0
    assert services.end_of_leavers(NOW + 19 * DAY) == 0
    assert services.end_of_leavers(NOW + 20 * DAY) == 1


def test_nobody_is_asked_to_talk_with_who_has_left(cast: Cast) -> None:
    """What was shown and not talked over is closed; an analyst cannot say both halves to nobody."""
    review = released(cast, at=timezone.now())
    services.acknowledge(review_id=review.pk, by=cast.agent.actor, at=timezone.now())
    assert queries.desk_of(cast.quality_analyst.actor, timezone.now()).first
    left(cast, review)
    assert services.end_of_leavers(timezone.now()) == 1
    assert not queries.desk_of(cast.quality_analyst.actor, timezone.now()).first
