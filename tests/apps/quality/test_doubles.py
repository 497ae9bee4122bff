"""Second scores: asked for where they teach most, blind to the first, and never a second time for the agent."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Review
from floorwalker.apps.quality.rules import doubles as rules
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.models import AnnouncedEvent, Notice
from tests.apps.quality.cases import RUDE, WELL, released
from tests.people import Cast


def doubled(cast: Cast) -> tuple[Review, Review]:
    """A contact shown to its agent, and its second score in the hands of the supervisor."""
    first = released(cast, RUDE, timezone.now(), went_well="Calm throughout.")
    site = cast.world.north.pk
    taken = services.take_doubles(
        site_id=site, chosen=[(first.pk, cast.supervisor.user.pk)], by=SYSTEM, at=timezone.now()
    )
    assert taken == 1
    return first, Review.objects.get(why="double")


def test_the_second_is_blind_until_they_finish(cast: Cast) -> None:
    """Neither page, list, file nor API shows the first score; afterwards they do."""
    first, second = doubled(cast)
    browser, page = cast.client(cast.supervisor), f"/quality/reviews/{first.pk}/"
    desk = browser.get("/quality/").content.decode()
    assert "A second score of Agent" in desk
    assert "you do not see the first" in browser.get(f"/quality/reviews/{second.pk}/evaluate/").content.decode()
    hidden = [page, f"/api/v1/quality/reviews/{first.pk}"]
    assert [browser.get(each).status_code for each in hidden] == [404, 404]
    assert f"reviews/{first.pk}/" not in browser.get("/quality/reviews/").content.decode()
    taken = browser.get("/quality/reviews/reviews.csv").getvalue().decode("utf-8-sig")
    lines = csv.DictReader(taken.splitlines())
    assert first.pk not in [int(each["review"]) for each in lines]
    assert not queries.visible_answers(cast.supervisor.actor).filter(review=first).exists()
    services.evaluate(
        review_id=second.pk, answers=WELL, remarks={}, version=second.version, finish=True,
        by=cast.supervisor.actor, at=timezone.now(),
    )  # fmt: skip
    assert browser.get(page).status_code == 200


def test_it_never_counts_for_the_agent(cast: Cast) -> None:
    """No notice, no promise, no page, no figure, no second talk: it ends with its score."""
    first, second = doubled(cast)
    told = Notice.objects.filter(to_user=cast.agent.user.pk).count()
    announced = AnnouncedEvent.objects.filter(name__contains="Review")
    before = announced.count()
    done = services.evaluate(
        review_id=second.pk, answers=WELL, remarks={}, version=second.version, finish=True,
        by=cast.supervisor.actor, at=timezone.now(),
    )  # fmt: skip
    assert (done.state, done.score) == ("closed", 100.0)
    assert Notice.objects.filter(to_user=cast.agent.user.pk).count() == told
    assert announced.count() == before
    promise = Promise.objects.get(owner=cast.supervisor.user, to_text="who evaluates")
    assert (promise.state, promise.to_user, promise.to_text) == ("kept", None, "who evaluates")
    assert not queries.visible_reviews(cast.agent.actor).filter(pk=second.pk).exists()
    assert cast.client(cast.agent).get(f"/quality/reviews/{second.pk}/").status_code == 404
    assert queries.my_reviews(cast.agent.actor, timezone.now()).number == 1
    late = queries.overdue(cast.quality_analyst.actor, 14, timezone.now() + timedelta(days=15))
    assert [each.last for each in late if each.agent == cast.agent.agent] == [first.released_at]


def test_who_scores_again_answers_no_dispute_about_it(cast: Cast) -> None:
    """They would see the first score: where nobody else could answer, the second score gives way."""
    first, second = doubled(cast)
    services.dispute(review_id=first.pk, words="I did greet.", by=cast.agent.actor, at=timezone.now())
    assert first.disputes.get().decider_id == cast.supervisor.user.pk
    second.refresh_from_db()
    assert second.state != "drawn" and second.score is None


def test_once_a_contact_and_few_at_a_time(cast: Cast) -> None:
    """Chosen twice it is one; who has two waiting gets no third; a tenth of what was scored is asked for."""
    first, _second = doubled(cast)
    again = [(first.pk, cast.supervisor.user.pk)]
    assert services.take_doubles(site_id=cast.world.north.pk, chosen=again, by=SYSTEM, at=timezone.now()) == 0
    assert [rules.wanted(*each) for each in ((0, 3, 0), (1, 3, 0), (25, 3, 1), (900, 3, 2), (5, 2, 9))] == [
        0, 1, 2, 4, 0,
    ]  # fmt: skip


def test_the_job_chooses_at_a_site(cast: Cast, work: Callable[..., None]) -> None:
    """Through a process of its own: the one contact scored once goes to the other evaluator of the team."""
    now = timezone.now()
    released(cast, RUDE, now)
    plain = queries.doubles_problem(cast.world.north.pk, now)
    assert [(each["wanted"], len(each["evaluators"])) for each in plain["groups"]] == [(1, 2)]
    assert services.order_doubles(now) == 1
    work(inline=True)
    assert Review.objects.get(why="double").evaluator == cast.supervisor.user
