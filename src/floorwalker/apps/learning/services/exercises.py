"""Exercises of trainers: written, put in force, taken up anew, retired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import exercise_words as words
from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Exercise
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import exercises as rules
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import Invalid, Refused, Stale

EXERCISE = "learning.exercise"
State = Exercise.State
LOOK_AGAIN_AFTER = timedelta(days=180)
DRAFT_WITHIN = timedelta(days=14)


class ExerciseTitleTaken(Refused):
    code = "learning_exercise_title_taken"
    status = 409
    text = _("There is an exercise “{title}” already. Write its next version, or choose another title.")


class ExerciseNotADraft(Refused):
    code = "learning_exercise_not_a_draft"
    status = 409
    text = _("“{title}” is {state}; its words never change. Write its next version.")


class ExerciseNotInForce(Refused):
    code = "learning_exercise_not_in_force"
    status = 409
    text = _("“{title}” is {state}; only one in force can be retired.")


class ExerciseHasFlaws(Refused):
    code = "learning_exercise_has_flaws"
    text = _("“{title}” cannot be put in force yet: {problem}")


class ExerciseBeingWritten(Refused):
    code = "learning_exercise_being_written"
    status = 409
    text = _("The next version of “{title}” is being written already; go on with that one.")


@transaction.atomic
def make_exercise(
    *, kind: str, title: str, content: Mapping[str, Any] | None = None, by: Actor, at: datetime
) -> Exercise:
    """A new exercise, as a draft; who makes it keeps it."""
    require(by, P.KEEP_EXERCISES)
    if by.user_id is None:
        refuse(by)
    if kind not in rules.KINDS:
        raise Invalid(problem=_("An exercise is a survival ranking or a live quiz."))
    title = title.strip()[:120]
    if not title:
        raise Invalid(problem=_("Say what the exercise is called."))
    if Exercise.objects.filter(title__iexact=title).exists():
        raise ExerciseTitleTaken(title=title)
    found = rules.sound(kind, content or {})
    return _draft(Exercise(kind=kind, title=title, number=1, content=found), by, at)


@transaction.atomic
def change_exercise(
    *, exercise_id: int, content: Mapping[str, Any], version: int, by: Actor, at: datetime
) -> Exercise:
    """Other words for a draft; they may still have flaws."""
    draft = _locked_draft(exercise_id, by, version)
    draft.content = rules.sound(draft.kind, content)
    return _save(draft, "change_exercise", by, at)


@transaction.atomic
def drop_exercise(*, exercise_id: int, by: Actor, at: datetime) -> None:
    """Forget what was being written; versions in force stay."""
    draft = _locked_draft(exercise_id, by, None)
    _note(draft, "drop_exercise", by, at)
    draft.delete()


@transaction.atomic
def put_exercise_in_force(*, exercise_id: int, version: int, by: Actor, at: datetime) -> Exercise:
    """Groups can do it from now on; the version before retires."""
    draft = _locked_draft(exercise_id, by, version)
    if found := rules.flaws(draft.kind, draft.content):
        raise ExerciseHasFlaws(title=draft.title, problem=words.flaw_words(found[0]))
    for before in Exercise.objects.select_for_update().filter(title__iexact=draft.title, state=State.IN_FORCE):
        before.state = State.RETIRED
        before.version += 1
        before.save()
    draft.state, draft.in_force_from = State.IN_FORCE, at
    draft.look_again_on = (at + LOOK_AGAIN_AFTER).date()
    return _save(draft, "put_exercise_in_force", by, at)


@transaction.atomic
def next_exercise(*, exercise_id: int, by: Actor, at: datetime) -> Exercise:
    """The next version, beginning with the words of this one."""
    found = _locked(exercise_id, by)
    same = Exercise.objects.filter(title__iexact=found.title)
    if same.filter(state=State.DRAFT).exists():
        raise ExerciseBeingWritten(title=found.title)
    latest = same.aggregate(n=Max("number"))["n"]
    row = Exercise(kind=found.kind, title=found.title, number=latest + 1, content=found.content)
    return _draft(row, by, at)


@transaction.atomic
def retire_exercise(*, exercise_id: int, by: Actor, at: datetime) -> Exercise:
    """No group begins it any more; what groups did stays readable."""
    found = _locked(exercise_id, by)
    if found.state != State.IN_FORCE:
        raise ExerciseNotInForce(title=found.title, state=found.get_state_display())
    found.state = State.RETIRED
    return _save(found, "retire_exercise", by, at)


@transaction.atomic
def look_exercise_over(*, exercise_id: int, by: Actor, at: datetime) -> Exercise:
    """Looked at, and it still holds; who says so keeps it from now on."""
    found = _locked(exercise_id, by)
    if by.user_id is None:
        refuse(by)
    found.keeper_id, found.look_again_on = by.user_id, (at + LOOK_AGAIN_AFTER).date()
    return _save(found, "look_exercise_over", by, at)


def _draft(row: Exercise, by: Actor, at: datetime) -> Exercise:
    row.keeper_id, row.made_at = by.user_id or 0, at
    row.look_again_on = (at + DRAFT_WITHIN).date()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ExerciseTitleTaken(title=row.title) from error
    _note(row, "make_exercise", by, at)
    return row


def _locked(exercise_id: int, by: Actor) -> Exercise:
    require(by, P.KEEP_EXERCISES)
    queries.the_exercise(by, exercise_id)
    return Exercise.objects.select_for_update().get(pk=exercise_id)


def _locked_draft(exercise_id: int, by: Actor, version: int | None) -> Exercise:
    found = _locked(exercise_id, by)
    if found.state != State.DRAFT:
        raise ExerciseNotADraft(title=found.title, state=found.get_state_display())
    if version is not None and found.version != version:
        raise Stale
    return found


def _save(row: Exercise, verb: str, by: Actor, at: datetime) -> Exercise:
    row.version += 1
    row.save()
    _note(row, verb, by, at)
    return row


def _note(row: Exercise, verb: str, by: Actor, at: datetime) -> None:
    facts = {"name": row.title, "number": row.number}
    audit.record(by=by, verb=f"learning.{verb}", about=(EXERCISE, row.pk), facts=facts, at=at)
