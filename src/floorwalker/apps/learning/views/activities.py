"""Pages around every activity of a group: the list, its page, its box, and what its lead does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.learning import activity_words as words
from floorwalker.apps.learning import origins, queries, services
from floorwalker.apps.learning.forms.activities import BoxAnswerForm, BoxForm
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

COLUMNS = [
    Column("title", gettext_lazy("Activity")),
    Column("lead", gettext_lazy("Led by")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("when", gettext_lazy("Begun")),
]
BOX_AGAIN = 20  # seconds: a question makes no sound when it is asked, so who leads looks into the box by itself

# What the middle of the page is for a kind: its context beside the page, and its template.
Part = Callable[[Request, queries.ActivityPage], dict[str, Any]]
PARTS: dict[str, tuple[str, Part]] = {}


@page(P.TAKE_PART)
def activities(request: Request) -> HttpResponse:
    """One's activities, the open ones first."""
    found = queries.my_activities(request.actor, **cursors(request.GET))
    rows = [(each, words.TONES[each.state]) for each in found.items]
    return render(request, "learning/activities.html", {"found": found, "rows": rows, "columns": COLUMNS})


@page(P.TAKE_PART)
def activity(request: Request, activity_id: int) -> HttpResponse:
    """How it stands, and the one thing to do now."""
    return show(request, activity_id)


def show(request: Request, activity_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of an activity; ``more`` replaces what a kind gives it, such as a form with what was typed."""
    found = queries.activity_page(request.actor, activity_id)
    activity, after = found.activity, found.next_stage
    template, part = PARTS.get(activity.kind, ("", None))
    began = activity.state not in ("prepared", "called_off") or activity.opened_at is not None
    context = {
        "page": found,
        "activity": activity,
        "tone": words.TONES[activity.state],
        "stage": words.stage_words(activity.kind, activity.stage) if activity.state == "open" else "",
        "next_words": words.next_words(activity.kind, after.stage) if after else "",
        "origin": origins.url_of(activity.once),
        "box_form": BoxForm(),
        "to_answer": [(each, BoxAnswerForm(auto_id=f"box{each.pk}_%s")) for each in found.waiting],
        "topic": queries.topic_of(activity, found.part),
        "live": activity.state in ("prepared", "open"),
        "again": BOX_AGAIN if found.leads and activity.state == "open" else 0,
        "part_template": template if began else "",
        **(part(request, found) if part and began else {}),
        **more,
    }
    return render(request, "learning/activity.html", context, status=status)


@page(P.LEAD_ACTIVITIES, methods=("POST",))
def open_activity(request: Request, activity_id: int) -> HttpResponse:
    return _lead(services.open_activity, request, activity_id)


@page(P.LEAD_ACTIVITIES, methods=("POST",))
def move_on(request: Request, activity_id: int) -> HttpResponse:
    return _lead(services.move_on, request, activity_id)


@page(P.LEAD_ACTIVITIES, methods=("POST",))
def close(request: Request, activity_id: int) -> HttpResponse:
    return _lead(services.close_activity, request, activity_id)


@page(P.TAKE_PART, methods=("POST",))
def ask(request: Request, activity_id: int) -> HttpResponse:
    """Put a question into the box."""
    form = BoxForm(request.POST)
    if not form.is_valid():
        return show(request, activity_id, status=422, box_form=form)
    return done(
        request,
        activity_id,
        lambda: services.ask_box(
            activity_id=activity_id, words=form.cleaned_data["words"], by=request.actor, at=request.at
        ),
        _("It is in the box, without your name."),
    )


@page(P.LEAD_ACTIVITIES, methods=("POST",))
def answer(request: Request, activity_id: int, box_question_id: int) -> HttpResponse:
    """Answer a question of the box."""
    return done(
        request,
        activity_id,
        lambda: services.answer_box(
            activity_id=activity_id,
            box_question_id=box_question_id,
            answer=request.POST.get("answer", ""),
            by=request.actor,
            at=request.at,
        ),
    )


def done(request: Request, activity_id: int, do: Callable[[], Any], said: str = "") -> HttpResponse:
    """Do it and come back to the page, with what was refused said there; not for whom there is no page."""
    queries.the_activity(request.actor, activity_id)
    try:
        do()
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return redirect("learning:activity", activity_id)


def _lead(do: Callable[..., Any], request: Request, activity_id: int) -> HttpResponse:
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
    return done(
        request,
        activity_id,
        lambda: do(activity_id=activity_id, version=version, by=request.actor, at=request.at),
    )
