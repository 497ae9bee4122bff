"""The question box of an activity: asked without a name, answered before it is over, read by the whole group."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Activity, BoxQuestion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import activities as rules
from floorwalker.apps.learning.services.activities import ACTIVITY, OnlyItsLead, taking_part, tell_group
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Invalid, Refused
from floorwalker.kernel.scoping import pick


class BoxFull(Refused):
    code = "learning_box_full"
    status = 409
    text = _(
        "{n} questions wait in the box already, which is as many as it holds. Ask again when some are answered."
    )


@transaction.atomic
def ask_box(*, activity_id: int, words: str, by: Actor, at: datetime) -> None:  # noqa: ARG001  (no time is kept)
    """Put a question into the box. This writes one row and nothing else: no audit, notice or message beside it."""
    activity, _part = taking_part(activity_id, by)
    asked = " ".join(words.split())
    if not asked:
        raise Invalid(problem=_("Write your question."))
    if len(asked) > rules.LONGEST_QUESTION:
        raise Invalid(problem=_("A question has at most {n} characters.").format(n=rules.LONGEST_QUESTION))
    most = rules.box_holds(queries.people_in(activity).count())
    if queries.questions_waiting(activity) >= most:
        raise BoxFull(n=most)
    BoxQuestion.objects.create(activity=activity, words=asked)


@transaction.atomic
def answer_box(*, activity_id: int, box_question_id: int, answer: str, by: Actor, at: datetime) -> BoxQuestion:
    """Answer a question, or say why not; the group reads both."""
    require(by, P.LEAD_ACTIVITIES)
    activity = queries.the_activity(by, activity_id)
    if activity.lead_id != by.user_id:
        raise OnlyItsLead(name=activity.lead.name)
    row = pick(
        queries.visible_box_questions(by).filter(activity=activity).select_for_update(of=("self",)),
        box_question_id,
    )
    if activity.state != Activity.State.OPEN:
        raise Invalid(problem=_("The activity is over; what was answered stays."))
    said = answer.strip()
    if not said:
        raise Invalid(problem=_("Write the answer, or why you do not give one."))
    if len(said) > rules.LONGEST_ANSWER:
        raise Invalid(problem=_("An answer has at most {n} characters.").format(n=rules.LONGEST_ANSWER))
    row.answer, row.answered_at = said, at
    row.save(update_fields=["answer", "answered_at"])
    audit.record(by=by, verb="learning.answer_box", about=(ACTIVITY, activity.pk), facts={}, at=at)
    tell_group(activity)
    return row
