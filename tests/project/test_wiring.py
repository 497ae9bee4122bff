"""What follows in one room from what happened in another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from floorwalker.apps.coaching.models import Touch
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.performance.services import tell_quality
from floorwalker.apps.quality import queries as quality
from floorwalker.apps.quality.events import DisputeDecided, ReviewReleased
from floorwalker.apps.quality.models import Conversation, Review
from floorwalker.apps.recognition.events import ThanksGiven
from floorwalker.kernel import events
from floorwalker.kernel.models import Entry
from floorwalker.project.wiring import tell_score
from tests.conformance.matrix import positions
from tests.factories import quality as make_quality
from tests.people import NOW, STARTED, Cast, make_cast
from tests.racing import at_once, clean


def announce(event: events.Event) -> None:
    with transaction.atomic():
        events.announce(event)


@pytest.mark.parametrize(("why", "touches"), [("sample", 1), ("check_me", 1), ("double", 0)])
def test_an_evaluation_shown_ends_a_silence(
    cast: Cast, deliver: Callable[[], None], why: str, touches: int
) -> None:
    """Drawn and asked-for ones are attention at their own moment; second scores are between evaluators."""
    agent = cast.agent.agent
    assert agent is not None
    who = cast.quality_analyst.user.pk
    announce(ReviewReleased(7, agent.pk, who, 80.0, 90.0, why, "2026-03-02", NOW.isoformat()))
    deliver()
    assert list(Touch.objects.filter(agent=agent).values_list("at", flat=True)) == [NOW] * touches


def test_a_thanks_ends_a_silence_once(cast: Cast, deliver: Callable[[], None]) -> None:
    """Told twice it is one touch."""
    agent = cast.agent.agent
    assert agent is not None
    for _ in range(2):
        announce(ThanksGiven(3, agent.pk, cast.colleague.user.pk, "thanks", "private", NOW.isoformat()))
    deliver()
    assert Touch.objects.filter(agent=agent, kind="thanks").count() == 1


MONDAY = date(2026, 3, 2)


def reviewed(cast: Cast, *scores: float, day: date = MONDAY, **more: object) -> list[Review]:
    """Reviews of contacts the agent had on a day, with these scores."""
    where, moment = positions(cast)[0], NOW.replace(year=day.year, month=day.month, day=day.day)
    found = []
    for score in scores:
        key = f"{day}:{Review.objects.count()}"
        found.append(make_quality.a_review(cast.world, where, key, score=score, **more))
        Conversation.objects.filter(pk=found[-1].conversation_id).update(started_at=moment)
    return found


def shown(review: Review, day: date = MONDAY) -> ReviewReleased:
    return ReviewReleased(
        review.pk,
        review.agent_id,
        review.evaluator_id,
        review.score or 0.0,
        0.0,
        review.why,
        day.isoformat(),
        NOW.isoformat(),
    )


def decided(review: Review) -> DisputeDecided:
    who = (review.evaluator_id, review.evaluator_id)
    return DisputeDecided(
        review.pk, review.agent_id, *who, "changed", 0.0, review.score or 0.0, review.why, MONDAY.isoformat()
    )


def figures() -> list[tuple[float, float]]:
    rows = AgentDay.objects.filter(measure="quality_score", replaced=False)
    return list(rows.order_by("day").values_list("value", "weight"))


@pytest.mark.parametrize("turned", [False, True])
def test_a_day_tells_the_mean_of_its_evaluations(cast: Cast, deliver: Callable[[], None], turned: bool) -> None:
    """Two of one day and a decided dispute are one figure, in whichever order their events come."""
    first, second = reviewed(cast, 60.0, 90.0)
    told = [shown(first), shown(second), decided(first)]
    for event in reversed(told) if turned else told:
        announce(event)
    deliver()
    assert figures() == [(75.0, 2.0)]


def test_contacts_one_picks_oneself_and_second_scores_are_no_figures(
    cast: Cast, deliver: Callable[[], None]
) -> None:
    """Neither alone nor beside one that was drawn."""
    for why in ("check_me", "double"):
        announce(shown(*reviewed(cast, 100.0, why=why)))
    deliver()
    assert figures() == []
    announce(shown(*reviewed(cast, 70.0)))
    deliver()
    assert figures() == [(70.0, 1.0)]


def test_a_contact_before_the_first_day_is_left_out_and_noted(cast: Cast, deliver: Callable[[], None]) -> None:
    """It came from another system; nothing fails, and the audit says why there is no figure."""
    before = STARTED - timedelta(days=3)
    (review,) = reviewed(cast, 70.0, day=before)
    announce(shown(review, before))
    deliver()
    assert figures() == []
    assert Entry.objects.filter(verb="performance.leave_out").exists()


@pytest.mark.django_db(transaction=True)
def test_many_shown_at_one_moment_are_all_in_the_figure(transactional_db: None) -> None:
    """Each is told on a connection of its own; whoever comes last has seen all the others."""
    cast = make_cast()
    reviews = reviewed(cast, *(10.0 * n for n in range(1, 9)), state="scored", released_at=None, closed_at=None)

    def show(review: Review) -> None:
        Review.objects.filter(pk=review.pk).update(state="released", released_at=NOW)
        with transaction.atomic():
            tell_score(shown(review), NOW)

    done, refused = clean(at_once(*(lambda each=each: show(each) for each in reviews)))
    assert (len(done), len(refused)) == (8, 0) and figures() == [(45.0, 8.0)]


def test_reading_before_it_is_ones_turn_would_lose_one(cast: Cast) -> None:
    """The naive way, which reads the mean first: the slower of two takes the other's evaluation out again."""
    first, second = reviewed(cast, 60.0, 90.0)
    Review.objects.filter(pk=second.pk).update(state="scored")
    stale = quality.score_of_day(first.agent_id, MONDAY)
    Review.objects.filter(pk=second.pk).update(state="released")
    tell_score(shown(second), NOW)
    assert figures() == [(75.0, 2.0)]
    tell_quality(agent_id=first.agent_id, day=MONDAY, read=lambda: stale, at=NOW)
    assert figures() == [(60.0, 1.0)], "the naive twin must fail, or the test above proves nothing"
