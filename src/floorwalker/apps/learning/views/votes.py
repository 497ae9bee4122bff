"""Pages of votes and comparisons: the next blind pair, two handlings side by side, and questions about votes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.learning import match_words, queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.errors import Invalid
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors, page_of

QUESTION_COLUMNS = [
    Column("who", gettext_lazy("Who")),
    Column("about", gettext_lazy("About")),
    Column("asked", gettext_lazy("Asked")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("due", gettext_lazy("By")),
]
SCENARIO_COLUMNS = [Column("scenario", gettext_lazy("Scenario")), Column("about", gettext_lazy("What it trains"))]


@page(P.COMPETE, methods=("GET", "POST"))
def vote(request: Request) -> HttpResponse:
    """The next pair that waits for one's vote; after it the one after."""
    if request.method == "POST":
        match = request.POST.get("match", "")
        if not match.isdecimal() or len(match) > 15:
            raise Invalid(problem=_("The pair is missing; open the page again."))
        try:
            services.vote(
                match_id=int(match), named=request.POST.get("named", ""), by=request.actor, at=request.at
            )
        except services.VoteNotOpen as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. Nobody sees how you voted."))
        return redirect("learning:vote")
    context = {
        "joined": queries.me_in_the_arena(request.actor) is not None,
        "ballot": queries.next_ballot(request.actor, request.at),
    }
    return render(request, "learning/vote.html", context)


@page(P.COMPARE)
def comparisons(request: Request) -> HttpResponse:
    """Scenarios of which two handlings can be seen."""
    rows = queries.scenarios_to_compare(request.actor)
    context = {
        "found": page_of(rows, ("name", "pk"), **cursors(request.GET), counted=True),
        "columns": SCENARIO_COLUMNS,
    }
    return render(request, "learning/comparisons.html", context)


@page(P.COMPARE)
def compare(request: Request, scenario_id: int) -> HttpResponse:
    """Two handlings side by side, without names."""
    wanted = request.GET.get("pair", "1")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else 1
    return render(
        request, "learning/compare.html", {"pair": queries.the_pair_of(request.actor, scenario_id, number)}
    )


@page(P.ANSWER_QUESTIONS)
def questions(request: Request) -> HttpResponse:
    """Questions about votes and duels, those to be answered first."""
    context = {"found": queries.questions(request.actor, **cursors(request.GET)), "columns": QUESTION_COLUMNS}
    return render(request, "learning/vote_questions.html", context)


@page(P.ANSWER_QUESTIONS)
def question(request: Request, question_id: int) -> HttpResponse:
    """What was seen, how often that happens by chance, and the two answers."""
    found = queries.the_question(request.actor, question_id)
    first, second = found.first.name, found.second.name
    words = match_words.SEEN[found.about]
    seen = [
        words(found.given_first, found.cast_first, found.expected_first, first, second),
        words(found.given_second, found.cast_second, found.expected_second, second, first),
    ]
    return render(request, "learning/vote_question.html", {"question": found, "seen": seen})


@page(P.ANSWER_QUESTIONS, methods=("POST",))
def answer_question(request: Request, question_id: int) -> HttpResponse:
    services.answer_question(
        question_id=question_id, answer=request.POST.get("answer", ""), by=request.actor, at=request.at
    )
    messages.success(request, _("Noted. Nothing else follows from it."))
    return redirect("learning:vote_questions")
