"""Votes and duels that look traded: asked of a person with what was seen; the suite itself judges nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import VoteQuestion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.kernel import audit, jobs, notices
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Invalid, Refused

QUESTION = "learning.vote_question"
SEARCH_JOB = "learning.search_votes"
State = VoteQuestion.State


class Answered(Refused):
    code = "learning_question_answered"
    status = 409
    text = gettext_lazy("Somebody has answered this already.")


def begin_search(at: datetime) -> None:
    """Look through the votes and duels of the quarter in the background; its last day is looked at too."""
    first_day = rules.quarter(queries.day_before(at))
    with transaction.atomic():
        jobs.start(
            SEARCH_JOB,
            ref=(SEARCH_JOB, first_day.toordinal()),
            title=_("Votes and duels of the arena"),
            by=SYSTEM,
            at=at,
        )


@transaction.atomic
def keep_search(*, first_day: int, result: dict[str, Any], fence: jobs.Fence, at: datetime) -> int:
    """Ask about each pair once a quarter, of votes and of duels; whoever may answer is told."""
    fence.hold()
    return sum(_ask(first_day, about, result[about], at) for about in VoteQuestion.About.values)


def _ask(first_day: int, about: str, found: dict[str, Any], at: datetime) -> int:
    new = 0
    for trade in found["trades"]:
        first, second = trade["pair"]
        question, made = VoteQuestion.objects.get_or_create(
            first_id=first,
            second_id=second,
            first_day=queries.day_of(first_day),
            about=about,
            defaults={
                "given_first": trade["given"][0],
                "given_second": trade["given"][1],
                "cast_first": trade["cast"][0],
                "cast_second": trade["cast"][1],
                "expected_first": trade["expected"][0],
                "expected_second": trade["expected"][1],
                "pairs": found["pairs"],
                "asked_at": at,
                "due": at + rules.ANSWER_QUESTION,
            },
        )
        if made:
            new += 1
            audit.record(
                by=SYSTEM,
                verb="learning.ask_about_votes",
                about=(QUESTION, question.pk),
                facts={"of": about},
                at=at,
            )
            _tell(question, "asked", at)
    return new


@transaction.atomic
def answer_question(*, question_id: int, answer: str, by: Actor, at: datetime) -> VoteQuestion:
    """Nothing wrong, or talked about it. No more is kept: what was said stays between those who said it."""
    require(by, P.ANSWER_QUESTIONS)
    found = queries.the_question(by, question_id)
    if answer not in (State.NOTHING, State.TALKED):
        raise Invalid(problem=_("Answer: nothing wrong, or talked about it."))
    question = VoteQuestion.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if question.state != State.OPEN:
        raise Answered
    question.state, question.answered_by_id, question.answered_at = answer, by.user_id, at
    question.save()
    audit.record(
        by=by, verb="learning.answer_about_votes", about=(QUESTION, question.pk), facts={"answer": answer}, at=at
    )
    return question


@transaction.atomic
def remind_of_questions(at: datetime) -> int:
    """Every day: a question nobody answered in two weeks is told once more."""
    late = list(
        VoteQuestion.objects.select_for_update(skip_locked=True).filter(
            state=State.OPEN, due__lte=at, reminded_at=None
        )
    )
    for question in late:
        question.reminded_at = at
        question.save(update_fields=["reminded_at"])
        _tell(question, "late", at)
    return len(late)


def _tell(question: VoteQuestion, news: str, at: datetime) -> None:
    for user_id in queries.who_answers(question):
        once = f"{QUESTION}:{question.pk}:{news}"
        notices.notify(to=user_id, kind=QUESTION, ref=(QUESTION, question.pk), once=once, at=at)
