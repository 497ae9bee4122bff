"""A live quiz as somebody of the group and as its lead see it; an answer is shown to whoever gave it alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from floorwalker.apps.learning.models import Activity, QuizAnswer
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.activities import ActivityPage
from floorwalker.apps.learning.rules import quiz as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import scoped, within


def visible_quiz_answers(actor: Actor, permission: Permission = P.TAKE_PART) -> QuerySet[QuizAnswer]:
    """One's own; others' only as counts."""
    return QuizAnswer.objects.filter(within(actor.sight(permission), own="participant__agent__user"))


scoped(QuizAnswer, visible_quiz_answers, P.TAKE_PART, key="quiz_answer_id", relations=("own",))


@dataclass(frozen=True)
class Option:
    number: int
    text: str
    mine: bool
    right: bool  # known once the question is closed
    chosen: int | None  # how often; none while it may not be shown


@dataclass(frozen=True)
class Asked:
    """A question that is over, as it is read afterwards."""

    number: int
    text: str
    right: str
    why: str
    share: float | None
    again: bool  # worth being taught again
    mine: str  # what one answered oneself; empty: nothing
    met: bool


@dataclass(frozen=True)
class QuizPage:
    """What its reader sees of a quiz now."""

    number: int
    all: int
    text: str
    options: list[Option]
    why: str  # once the question is closed
    open: bool  # it takes answers
    seconds_left: int | None
    answered: int
    people: int
    over: list[Asked]
    score: int  # one's own right answers so far
    at_end: bool


def quiz_page(page: ActivityPage, at: datetime) -> QuizPage:
    activity, part = page.activity, page.part
    questions = rules.from_json(activity.content).questions
    question = questions[activity.round - 1]
    given: dict[int, list[int]] = {}
    own: dict[int, int] = {}
    rows = QuizAnswer.objects.filter(participant__activity=activity)
    for round_, option, whose in rows.values_list("round", "option", "participant"):
        given.setdefault(round_, []).append(option)
        if part is not None and whose == part.pk:
            own[round_] = option
    closed = activity.stage == "answer" or activity.state != Activity.State.OPEN
    shown = activity.stage == "answer"
    until = rules.ends_at(question, activity.stage_at) if activity.stage_at and not closed else None
    counts = rules.spread(question, given.get(activity.round, [])) if shown else None
    over = [
        _asked(number, each, given.get(number, []), own.get(number))
        for number, each in enumerate(questions[: activity.round if shown else activity.round - 1], 1)
    ]
    return QuizPage(
        number=activity.round,
        all=len(questions),
        text=question.text,
        options=[
            Option(
                number,
                text,
                mine=own.get(activity.round) == number,
                right=shown and question.right == number,
                chosen=counts[number - 1] if counts else None,
            )
            for number, text in enumerate(question.options, 1)
        ],
        why=question.why if shown else "",
        open=not closed and (until is None or at <= until),
        seconds_left=max(0, -((at - until) // timedelta(seconds=1))) if until else None,
        answered=len(given.get(activity.round, [])),
        people=len(page.people),
        over=over,
        score=sum(1 for each in over if each.met),
        at_end=(shown and activity.round == len(questions)) or activity.state != Activity.State.OPEN,
    )


def _asked(number: int, question: rules.Question, given: list[int], own: int | None) -> Asked:
    share = rules.share_right(question, given)
    return Asked(
        number=number,
        text=question.text,
        right=question.options[question.right - 1],
        why=question.why,
        share=share,
        again=share is not None and share < rules.TEACH_AGAIN,
        mine=question.options[own - 1] if own else "",
        met=own == question.right,
    )


def plain_quiz(page: ActivityPage, at: datetime) -> dict[str, object]:
    """The same for programs."""
    found = quiz_page(page, at)
    return {
        "number": found.number,
        "all": found.all,
        "text": found.text,
        "options": [
            {"number": each.number, "text": each.text, "mine": each.mine, "chosen": each.chosen}
            for each in found.options
        ],
        "right": next((each.number for each in found.options if each.right), None),
        "why": found.why,
        "open": found.open,
        "seconds_left": found.seconds_left,
        "answered": found.answered,
        "people": found.people,
        "score": found.score if page.part is not None else None,
        "over": [
            {"number": each.number, "text": each.text, "right": each.right, "why": each.why, "share": each.share}
            for each in found.over
        ],
    }
