"""Exercises as who keeps them sees them: the list, one with its flaws, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from floorwalker.apps.learning import exercise_words as words
from floorwalker.apps.learning.models import Exercise
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.activities import the_exercise, visible_exercises
from floorwalker.apps.learning.rules import exercises as rules
from floorwalker.apps.learning.rules import quiz, survival
from floorwalker.kernel.access import Actor
from floorwalker.kernel.paging import Rows, page_of

State = Exercise.State


def exercises(actor: Actor, *, retired: bool = False, **place: Any) -> Rows[Exercise]:
    """Drafts and those in force by title, or the retired ones."""
    rows = visible_exercises(actor).select_related("keeper")
    rows = rows.filter(state=State.RETIRED) if retired else rows.exclude(state=State.RETIRED)
    return page_of(rows, ("title", "-number", "pk"), counted=True, **place)


@dataclass(frozen=True)
class Rank:
    """An item with the place the expert gives it."""

    key: str
    text: str
    place: int | None


@dataclass(frozen=True)
class ExercisePage:
    """One exercise, with what is still missing."""

    exercise: Exercise
    flaws: list[str]
    situation: str
    items: list[Rank]
    source: str
    questions: tuple[quiz.Question, ...]
    other: Exercise | None  # its draft beside the one in force, or the one in force beside its draft
    used: int


def exercise_page(actor: Actor, exercise_id: int) -> ExercisePage:
    exercise = the_exercise(actor, exercise_id)
    found = survival.from_json(exercise.content if exercise.kind == "survival" else {})
    place = {key: number for number, key in enumerate(found.expert, 1)}
    beside = visible_exercises(actor).filter(title__iexact=exercise.title, state__in=[State.DRAFT, State.IN_FORCE])
    return ExercisePage(
        exercise=exercise,
        flaws=[words.flaw_words(each) for each in rules.flaws(exercise.kind, exercise.content)],
        situation=found.situation,
        items=[Rank(each.key, each.text, place.get(each.key)) for each in found.items],
        source=found.source,
        questions=quiz.from_json(exercise.content).questions if exercise.kind == "quiz" else (),
        other=beside.exclude(pk=exercise.pk).first(),
        used=exercise.activities.exclude(state="called_off").count(),
    )


def exercises_to_finish(actor: Actor, at: datetime) -> QuerySet[Exercise]:
    """Of this keeper: whose day to be finished or looked at again has come."""
    due = Q(look_again_on__lte=at.date(), state__in=[State.DRAFT, State.IN_FORCE])
    if not actor.may(P.KEEP_EXERCISES):
        return Exercise.objects.none()
    return Exercise.objects.filter(due, keeper=actor.user_id).order_by("look_again_on", "pk")
