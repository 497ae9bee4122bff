"""Pages of exercises for groups: the list, and one as it is written, looked at and put in force."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.forms.exercises import ExerciseForm, written
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules.quiz import MOST_OPTIONS
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

COLUMNS = [
    Column("title", gettext_lazy("Exercise")),
    Column("kind", gettext_lazy("What the group does")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("keeper", gettext_lazy("Kept by")),
]
TONES = {"draft": "progress", "in_force": "good", "retired": "neutral"}


@page(P.KEEP_EXERCISES, methods=("GET", "POST"))
def exercises(request: Request) -> HttpResponse:
    """What groups can do, and a new exercise."""
    form = ExerciseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_exercise(**form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refusal:
            form.add_error("title", str(refusal))
        else:
            return redirect("learning:exercise", made.pk)
    retired = request.GET.get("retired") == "yes"
    found = queries.exercises(request.actor, retired=retired, **cursors(request.GET))
    context = {
        "form": form,
        "found": found,
        "rows": [(each, TONES[each.state]) for each in found.items],
        "columns": COLUMNS,
        "retired": retired,
    }
    return render(request, "learning/exercises.html", context, status=422 if form.errors else 200)


@page(P.KEEP_EXERCISES, methods=("GET", "POST"))
def exercise(request: Request, exercise_id: int) -> HttpResponse:
    """One exercise: a draft to be written, or how it is."""
    found = queries.exercise_page(request.actor, exercise_id)
    if request.method == "POST":
        content = written(found.exercise.kind, request.POST)
        return _verb(
            request,
            exercise_id,
            lambda: services.change_exercise(
                exercise_id=exercise_id,
                content=content,
                version=_version(request),
                by=request.actor,
                at=request.at,
            ),
            at=request.POST.get("do", ""),
        )
    draft = found.exercise.state == "draft"
    context = {
        "page": found,
        "exercise": found.exercise,
        "tone": TONES[found.exercise.state],
        "questions": [(at, each, _options(each.options)) for at, each in enumerate(found.questions)],
        "editing": draft and request.GET.get("look") != "group",
        "due": not draft and found.exercise.look_again_on <= request.at.date(),
        "mine": found.exercise.keeper_id == request.actor.user_id,
    }
    return render(request, "learning/exercise.html", context)


def _options(options: tuple[str, ...]) -> list[tuple[int, str]]:
    """Every answer that is written, and room for two more."""
    room = min(MOST_OPTIONS, max(4, len(options) + 1))
    return [(n, options[n - 1] if n <= len(options) else "") for n in range(1, room + 1)]


@page(P.KEEP_EXERCISES, methods=("POST",))
def put_in_force(request: Request, exercise_id: int) -> HttpResponse:
    return _verb(
        request,
        exercise_id,
        lambda: services.put_exercise_in_force(
            exercise_id=exercise_id, version=_version(request), by=request.actor, at=request.at
        ),
        _("Groups can do it now."),
    )


@page(P.KEEP_EXERCISES, methods=("POST",))
def next_version(request: Request, exercise_id: int) -> HttpResponse:
    try:
        made = services.next_exercise(exercise_id=exercise_id, by=request.actor, at=request.at)
    except services.ExerciseBeingWritten as refusal:
        messages.error(request, str(refusal))
        return redirect("learning:exercise", exercise_id)
    return redirect("learning:exercise", made.pk)


@page(P.KEEP_EXERCISES, methods=("POST",))
def retire(request: Request, exercise_id: int) -> HttpResponse:
    return _verb(
        request,
        exercise_id,
        lambda: services.retire_exercise(exercise_id=exercise_id, by=request.actor, at=request.at),
    )


@page(P.KEEP_EXERCISES, methods=("POST",))
def look_over(request: Request, exercise_id: int) -> HttpResponse:
    return _verb(
        request,
        exercise_id,
        lambda: services.look_exercise_over(exercise_id=exercise_id, by=request.actor, at=request.at),
        _("You keep it, and are asked again in half a year."),
    )


@page(P.KEEP_EXERCISES, methods=("POST",))
def drop(request: Request, exercise_id: int) -> HttpResponse:
    try:
        services.drop_exercise(exercise_id=exercise_id, by=request.actor, at=request.at)
    except services.ExerciseNotADraft as refusal:
        messages.error(request, str(refusal))
        return redirect("learning:exercise", exercise_id)
    messages.success(request, _("The draft is forgotten."))
    return redirect("learning:exercises")


def _version(request: Request) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def _verb(request: Request, exercise_id: int, do: Callable[[], Any], said: str = "", at: str = "") -> HttpResponse:
    try:
        do()
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
        elif at == "save":
            messages.success(request, _("Saved."))
    answer = redirect("learning:exercise", exercise_id)
    if at == "add":
        answer["Location"] += "#last"
    return answer
