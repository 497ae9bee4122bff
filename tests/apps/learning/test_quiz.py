"""The live quiz: one tap, on the server's clock; counts for all, one's own score for oneself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import Activity, QuizAnswer
from floorwalker.apps.learning.rules import quiz as rules
from floorwalker.kernel.errors import Invalid
from tests.factories.learning import CONTENT, an_activity
from tests.people import NOW, Cast


@pytest.fixture
def quiz(cast: Cast) -> Activity:
    """Open at its first question, which has twenty seconds."""
    people = [each.agent for each in (cast.agent, cast.colleague, cast.contractor) if each.agent]
    return an_activity(cast.trainer.user, people, "quiz", stage_at=timezone.now())


def answer(quiz: Activity, who: Any, option: int, *, number: int = 1, after: float = 1) -> QuizAnswer:
    assert quiz.stage_at is not None
    at = quiz.stage_at + timedelta(seconds=after)
    return services.answer_question_of_quiz(activity_id=quiz.pk, number=number, option=option, by=who.actor, at=at)


def move_on(cast: Cast, quiz: Activity) -> Activity:
    quiz.refresh_from_db()
    return services.move_on(activity_id=quiz.pk, version=quiz.version, by=cast.trainer.actor, at=NOW)


def test_an_answer_can_be_changed_until_its_seconds_are_over(cast: Cast, quiz: Activity) -> None:
    """One answer each; late is refused in words, and what was answered before counts."""
    answer(quiz, cast.agent, 2)
    answer(quiz, cast.agent, 1, after=20)
    with pytest.raises(services.QuestionOver, match="20 seconds"):
        answer(quiz, cast.agent, 2, after=20.1)
    assert QuizAnswer.objects.get().option == 1
    with pytest.raises(Invalid):
        answer(quiz, cast.agent, 3)
    with pytest.raises(services.QuestionClosed):
        answer(quiz, cast.agent, 1, number=2)
    with pytest.raises(services.NotInThisActivity):
        answer(quiz, cast.trainer, 1)


def test_the_lead_sees_how_many_and_never_who_and_nobody_sees_the_right_one_before(
    cast: Cast, quiz: Activity
) -> None:
    """Neither on the page nor through the API; one’s own tap is marked when the page comes back."""
    path = f"/arena/activities/{quiz.pk}/"
    browser = cast.client(cast.agent)
    browser.post(f"{path}quiz/", {"number": 1, "option": 2})
    said = browser.get(path).content.decode()
    assert "your answer" in said and "Trust." not in said
    lead = cast.client(cast.trainer).get(path).content.decode()
    assert "1 of 3 have answered." in lead and "your answer" not in lead and "Trust." not in lead
    for who in (cast.agent, cast.trainer):
        plain = cast.client(who).get(f"/api/v1/activities/{quiz.pk}/quiz").json()
        assert plain["right"] is None and plain["why"] == "" and plain["options"][0]["chosen"] is None
        assert "content" not in cast.client(who).get(f"/api/v1/activities/{quiz.pk}").json()


def test_afterwards_all_read_why_and_the_counts_and_the_lead_what_to_teach_again(
    cast: Cast, quiz: Activity
) -> None:
    """Counts from three answers on; the score of oneself is nobody else's, the share right is the lead's."""
    for who, option in ((cast.agent, 1), (cast.colleague, 2), (cast.contractor, 2)):
        answer(quiz, who, option)
    quiz = move_on(cast, quiz)
    path, one = f"/arena/activities/{quiz.pk}/", cast.client(cast.agent)
    said = one.get(path).content.decode()
    assert "Trust." in said and "chosen by 2" in said
    quiz = move_on(cast, quiz)
    answer(quiz, cast.agent, 2, number=2, after=1000)  # without seconds it is open until the lead goes on
    quiz = move_on(cast, quiz)
    said = one.get(path).content.decode()
    assert "You answered 2 of 2 right. Nobody else sees this." in said and "33 %" not in said
    assert "chosen by" not in said and "from three answers on" in said
    lead = cast.client(cast.trainer).get(path).content.decode()
    assert "33 % right" in lead and "teach this again" in lead and "Fewer than three answers." in lead
    assert "You answered" not in lead
    assert cast.client(cast.stranger).get(path).status_code == 404


def test_a_late_tap_is_refused_on_the_page_in_words(cast: Cast, quiz: Activity) -> None:
    """By the server's clock, whatever the phone thinks."""
    Activity.objects.filter(pk=quiz.pk).update(stage_at=timezone.now() - timedelta(seconds=21))
    path = f"/arena/activities/{quiz.pk}/"
    said = cast.client(cast.agent).post(f"{path}quiz/", {"number": 1, "option": 1}, follow=True).content.decode()
    assert "Time is up" in said and not QuizAnswer.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": " "}, "empty_question"),
        ({"options": ["one"], "right": 1}, "too_few_options"),
        ({"options": ["One", "one "]}, "doubled_option"),
        ({"right": 0}, "no_right_option"),
        ({"why": ""}, "no_why"),
        ({"seconds": 3}, "seconds"),
        ({"text": "What is said last?"}, "doubled_question"),
    ],
)
def test_what_is_wrong_with_a_quiz_is_found(change: dict[str, Any], code: str) -> None:
    """Each flaw by its code; a quiz without a flaw has none."""
    questions = [{**each} for each in CONTENT["quiz"]["questions"]]
    assert rules.flaws(rules.from_json({"questions": questions})) == []
    questions[0] |= change
    assert code in [each.code for each in rules.flaws(rules.from_json({"questions": questions}))]
