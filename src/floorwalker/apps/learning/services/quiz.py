"""Answering a live quiz: one tap, changed until the question closes, on the server's clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.models import QuizAnswer
from floorwalker.apps.learning.rules import quiz as rules
from floorwalker.apps.learning.services.activities import taking_part, tell_lead
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Invalid, Refused


class QuestionOver(Refused):
    code = "learning_question_over"
    status = 409
    text = _("Time is up for this question: the {n} seconds are over. What you answered before counts.")


class QuestionClosed(Refused):
    code = "learning_question_closed"
    status = 409
    text = _("This question is closed already. The page shows where the quiz is.")


@transaction.atomic
def answer_question_of_quiz(*, activity_id: int, number: int, option: int, by: Actor, at: datetime) -> QuizAnswer:
    """Answer the question that is open, or answer it anew; late is late, by the server's clock."""
    activity, part = taking_part(activity_id, by)
    if activity.kind != activity.Kind.QUIZ or activity.stage != "question" or activity.round != number:
        raise QuestionClosed
    question = rules.from_json(activity.content).questions[number - 1]
    assert activity.stage_at is not None
    until = rules.ends_at(question, activity.stage_at)
    if until is not None and at > until:
        raise QuestionOver(n=question.seconds)
    if not 1 <= option <= len(question.options):
        raise Invalid(problem=_("Choose one of the answers of this question."))
    row, new = QuizAnswer.objects.update_or_create(
        participant=part, round=number, defaults={"option": option, "at": at}
    )
    if new:
        tell_lead(activity)
    return row
