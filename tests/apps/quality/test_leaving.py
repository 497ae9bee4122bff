"""Agents who leave: nothing is asked for them any more, and what they doubted is still answered."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.services import lapse
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Review
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.models import Notice
from tests.apps.quality.cases import DAY, drawn, released
from tests.people import NOW, Cast

HOUR = timedelta(hours=1)


def left(cast: Cast, review: Review, days: int = 0) -> None:
    day = NOW.date() + timedelta(days=days)
    Agent.objects.filter(pk=review.agent_id).update(left_on=day, leaving_reason=cast.world.reason)


def test_who_leaves_is_judged_no_more(cast: Cast) -> None:
    """What nobody evaluated is dropped, and its promise withdrawn."""
    review = drawn(cast)
    assert services.end_of_leaver(agent_id=review.agent_id, by=SYSTEM, at=NOW) == 1
    review.refresh_from_db()
    assert review.state == "dropped" and Promise.objects.get(kind="quality.review").state == "withdrawn"


def test_a_dispute_of_a_leaver_is_still_answered(cast: Cast) -> None:
    """Who answers is told once; what the leaver wins is in the record, and then the review ends."""
    review = services.dispute(
        review_id=released(cast, at=timezone.now()).pk, words="No.", by=cast.agent.actor, at=timezone.now()
    )
    left(cast, review)
    assert [services.end_of_leavers(timezone.now() + hour * HOUR) for hour in range(3)] == [0, 0, 0]
    decider = review.disputes.get().decider
    told = Notice.objects.filter(to_user=decider.pk, kind="quality.doubter_left")
    assert told.count() == 1
    task = queries.desk_of(cast.supervisor.actor, timezone.now()).first[0]
    assert task.why == "Agent has left and doubted the score; you answer it for the record."
    page = cast.client(cast.quality_analyst).get(f"/quality/reviews/{review.pk}/").content.decode()
    assert "Agent has left. The doubt in the score is still answered" in page
    services.decide(
        review_id=review.pk, answers={"greet": "yes"}, words="Heard it.", changes=True, version=review.version,
        by=cast.supervisor.actor, at=timezone.now(),
    )  # fmt: skip
    assert services.end_of_leavers(timezone.now()) == 1
    review.refresh_from_db()
    assert (review.state, review.score) == ("closed", 100.0)
    assert Promise.objects.get(kind="quality.dispute").state == "kept"


def test_who_answers_a_leavers_doubt_after_somebody_else_is_told_too(cast: Cast) -> None:
    """The news is named without its reader: each reader has their own notice of it, and each only one."""
    review = services.dispute(
        review_id=released(cast, at=timezone.now()).pk, words="No.", by=cast.agent.actor, at=timezone.now()
    )
    left(cast, review)
    services.end_of_leavers(timezone.now())
    first = review.disputes.get().decider_id
    review.disputes.update(decider=cast.manager.user.pk)
    for hour in range(3):
        services.end_of_leavers(timezone.now() + hour * HOUR)
    told = Notice.objects.filter(kind="quality.doubter_left").order_by("pk").values_list("to_user", flat=True)
    assert list(told) == [first, cast.manager.user.pk]


def test_an_answer_owed_to_who_has_left_can_be_broken(cast: Cast) -> None:
    """Leaving takes nothing from anybody: the promise has the day it had."""
    review = services.dispute(review_id=released(cast).pk, words="No.", by=cast.agent.actor, at=NOW)
    left(cast, review)
    services.end_of_leavers(NOW)
    lapse(NOW + 60 * DAY)
    assert Promise.objects.get(kind="quality.dispute").state == "broken"


def test_who_leaves_later_is_talked_with_until_then(cast: Cast) -> None:
    """What was shown stays open until their last day; then the hourly round finds it."""
    review = released(cast)
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
