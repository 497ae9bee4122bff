"""Many at one moment where a lock decides, each beside the naive way without it, which goes wrong."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from floorwalker.apps.hub import services as hub
from floorwalker.apps.hub.models import Post, PostReport
from floorwalker.apps.hub.rules import posts as hub_rules
from floorwalker.apps.learning import services as learning
from floorwalker.apps.learning.models import Activity, Participant, QuizAnswer
from tests.apps.learning.tables import colleagues
from tests.factories.learning import an_activity
from tests.people import NOW, Cast, Person, make_cast
from tests.racing import at_once, clean

PEOPLE, LINES = 200, 40  # a database answers so many lines at once; each brings five people, one after the other
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def group(cast: Cast) -> list[Person]:
    return colleagues(cast, PEOPLE)


@pytest.fixture
def quiz(cast: Cast, group: list[Person]) -> Activity:
    people = [each.agent for each in group if each.agent]
    return an_activity(cast.trainer.user, people, "quiz", stage_at=timezone.now())


def closed_while_answering(cast: Cast, quiz: Activity, answer_all: list[object]) -> tuple[list[object], int]:
    """What each line gave, and how many answers there were when the question was closed for all to see."""
    seen: list[int] = []

    def close() -> None:
        while not QuizAnswer.objects.exists():
            pass
        learning.move_on(activity_id=quiz.pk, version=quiz.version, by=cast.trainer.actor, at=timezone.now())
        seen.append(QuizAnswer.objects.count())

    results = at_once(*answer_all, close)  # type: ignore[arg-type]
    return results, seen[0]


def moment(quiz: Activity) -> datetime:
    assert quiz.stage_at is not None
    return quiz.stage_at + timedelta(seconds=1)


def test_two_hundred_answer_a_question_at_once_each_twice(group: list[Person], quiz: Activity) -> None:
    """Each has one answer, the last; nobody is refused and nobody waits for ever."""

    def line(people: list[Person]) -> None:
        for each in people:
            for option in (1, 2):
                learning.answer_question_of_quiz(
                    activity_id=quiz.pk, number=1, option=option, by=each.actor, at=moment(quiz)
                )

    _done, refused = clean(at_once(*(lambda n=n: line(group[n::LINES]) for n in range(LINES))))
    assert refused == []
    assert QuizAnswer.objects.count() == QuizAnswer.objects.filter(option=2).count() == PEOPLE


def test_no_answer_comes_in_once_the_question_was_closed_for_all(
    cast: Cast, group: list[Person], quiz: Activity
) -> None:
    """The counts the lead shows stay; who was later is told so in words."""

    def line(people: list[Person]) -> None:
        for each in people:
            learning.answer_question_of_quiz(
                activity_id=quiz.pk, number=1, option=1, by=each.actor, at=moment(quiz)
            )

    lines = [lambda n=n: line(group[n::LINES]) for n in range(LINES)]
    results, seen = closed_while_answering(cast, quiz, list(lines))
    _done, refused = clean(results)
    assert {each.code for each in refused} <= {"learning_question_closed"}
    assert QuizAnswer.objects.count() == seen


def test_without_the_lock_answers_come_in_after_it_was_closed(
    cast: Cast, group: list[Person], quiz: Activity
) -> None:
    """The naive twin: it looks whether the question is open, and writes while the lead goes on."""
    parts = {each.agent_id: each for each in Participant.objects.filter(activity=quiz)}

    def naive(who: Person, waits: float) -> None:
        with transaction.atomic():
            activity = Activity.objects.get(pk=quiz.pk)
            if activity.stage == "question" and activity.round == 1:
                time.sleep(waits)
                assert who.agent is not None
                part = parts[who.agent.pk]
                QuizAnswer.objects.create(participant=part, round=1, option=1, at=moment(quiz))

    lines = [lambda n=n: naive(group[n], 0.0 if n == 0 else 1.0) for n in range(LINES)]
    _results, seen = closed_while_answering(cast, quiz, list(lines))
    assert QuizAnswer.objects.count() > seen


@pytest.fixture
def posts(cast: Cast) -> list[Post]:
    number = 3 * hub_rules.REPORTS_A_DAY
    return [hub.post(kind="message", text=f"Buy {n}", by=cast.agent.actor, at=NOW) for n in range(number)]


def test_nobody_reports_more_than_a_day_allows_however_fast(cast: Cast, posts: list[Post]) -> None:
    """Fifteen presses at one moment on fifteen posts: five are taken, ten are told why not."""
    presses = (
        lambda p=p: hub.report_post(post_id=p.pk, reason="beside", by=cast.colleague.actor, at=NOW) for p in posts
    )
    done, refused = clean(at_once(*presses))
    assert (len(done), len(refused)) == (hub_rules.REPORTS_A_DAY, len(posts) - hub_rules.REPORTS_A_DAY)
    assert {each.code for each in refused} == {"hub_too_many_reports"}
    assert PostReport.objects.count() == hub_rules.REPORTS_A_DAY


def test_counting_before_writing_without_a_lock_lets_more_through(cast: Cast, posts: list[Post]) -> None:
    """The naive twin: everybody counts none, and everybody writes."""

    def naive(post: Post) -> None:
        with transaction.atomic():
            if PostReport.objects.filter(by=cast.colleague.user.pk).count() < hub_rules.REPORTS_A_DAY:
                time.sleep(0.3)
                PostReport.objects.create(post=post, by_id=cast.colleague.user.pk, reason="beside", at=NOW)

    at_once(*(lambda p=p: naive(p) for p in posts))
    assert PostReport.objects.count() > hub_rules.REPORTS_A_DAY
