"""The live quiz on the page of its activity: one tap on a phone, and who leads sees how many have answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.views.activities import BOX_AGAIN, PARTS, done
from floorwalker.kernel.pages import Request, page

A_LITTLE_LATER = 1  # second, so that a page that asks when time is up finds it up


def part(request: Request, found: queries.ActivityPage) -> dict[str, Any]:
    seen = queries.quiz_page(found, request.at)
    again = BOX_AGAIN if found.leads and found.activity.state == "open" else 0
    if seen.seconds_left is not None and seen.open:
        left = seen.seconds_left + A_LITTLE_LATER
        again = min(again, left) if again else left
    return {"quiz": seen, "again": again}


PARTS["quiz"] = ("learning/_quiz.html", part)


@page(P.TAKE_PART, methods=("POST",))
def answer(request: Request, activity_id: int) -> HttpResponse:
    """One tap; another one changes it until the question closes."""
    sent = [request.POST.get(name, "") for name in ("number", "option")]
    number, option = (int(each) if each.isdecimal() and len(each) < 5 else 0 for each in sent)
    return done(
        request,
        activity_id,
        lambda: services.answer_question_of_quiz(
            activity_id=activity_id, number=number, option=option, by=request.actor, at=request.at
        ),
    )
