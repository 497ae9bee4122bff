"""Pages of evaluators: what waits for them, and a review from its drawing to its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.views.seen import seen_version
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.look import Column, Tab, end_words
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import page_of
from floorwalker.kernel.picking import offers
from floorwalker.kernel.taking import taken_along

ROWS = 50
CONVERSATION, FORM = "conversation", "form"


@page(P.EVALUATE)
def to_review(request: Request) -> HttpResponse:
    """What waits for me, the most pressing first."""
    owed = queries.notice_owed(request.actor)
    values = {"desk": queries.desk_of(request.actor, request.at), "at": request.at, "notice_owed": owed}
    return render(request, "quality/to_review.html", values)


def _filtered(request: Request) -> tuple[forms.ReviewFilterForm, Any]:
    agents = queries.agents_to_choose(request.actor, P.SEE_REVIEWS)
    form = forms.ReviewFilterForm(request.GET, agents=agents)
    return form, queries.reviews_in(request.actor, form.wanted())


@page(P.SEE_REVIEWS)
def reviews(request: Request) -> HttpResponse:
    """Every review in sight."""
    if not request.actor.sight(P.SEE_REVIEWS).beyond_own:
        return redirect("quality:mine")
    form, rows = _filtered(request)
    if offered := offers(request, form):
        return offered
    shown = page_of(
        rows, ("-drawn_at",), after=request.GET.get("after", ""), before=request.GET.get("before", ""), limit=ROWS
    )
    values = {
        "form": form,
        "shown": [(each, queries.shown_score(request.actor, each)) for each in shown.items],
        "page": shown,
        "count": rows.count(),
        "query": request.GET.urlencode(),
        "columns": [
            Column("agent", _("Agent")),
            Column("contact", _("Contact")),
            Column("form", _("Form")),
            Column("evaluator", _("Evaluator")),
            Column("state", _("State")),
            Column("score", _("Score"), kind="number"),
        ],
    }
    return render(request, "quality/reviews.html", values)


@page(P.SEE_REVIEWS)
def reviews_csv(request: Request) -> HttpResponse:
    """The same as a file, without words."""
    _form, rows = _filtered(request)
    lines = list(queries.export_reviews(request.actor, rows))
    return taken_along(request, "reviews.csv", queries.EXPORTED, lines)


@page(P.SEE_REVIEWS)
def review(request: Request, review_id: int) -> HttpResponse:
    """One review: the conversation beside both views, as far as the reader may see them."""
    found = queries.the_review(request.actor, review_id)
    audit.seen(by=request.actor, about=("quality.review", found.pk), person=found.agent.user_id, at=request.at)
    shown = queries.review_page(request.actor, found, request.at)
    first = {name: shown.words[name] for name in ("went_well", "to_improve")}
    values = {
        **_beside(request, found),
        "shown": shown,
        "sentence": queries.state_sentence(shown),
        "talk_form": forms.TalkForm(initial=first),
        "words_form": forms.WordsForm(),
        "feedback_url": queries.feedback_url(request.actor, found.agent, "review", str(found.pk))
        if found.pk in set(queries.shown_reviews(request.actor, found.agent).values_list("pk", flat=True))
        else "",
        "history": audit.history(("quality.review", found.pk)) if shown.judge else [],
    }
    return render(request, "quality/review.html", values)


def _beside(request: Request, found: Any) -> dict[str, Any]:
    """The conversation, and on a phone which half is looked at."""
    own = found.agent.user_id == request.actor.user_id
    reads = request.actor.may(P.SEE_TRANSCRIPT)
    spotted = queries.spots_of(request.actor, found.conversation) if reads else {}
    show = CONVERSATION if request.GET.get("show") == CONVERSATION else FORM
    return {
        "found": found,
        "show": show,
        "thread": queries.turns_as_thread(found.conversation, own, spotted) if reads else [],
        "pairs": queries.conversation_facts(request.actor, found.conversation),
        "halves": [
            Tab(_("Form"), f"?show={FORM}", current=show == FORM),
            Tab(_("Conversation"), f"?show={CONVERSATION}", current=show == CONVERSATION),
        ],
    }


@page(P.EVALUATE, methods=("POST",))
def draw(request: Request, conversation_id: int) -> HttpResponse:
    """Review this contact."""
    found = services.draw(conversation_id=conversation_id, by=request.actor, at=request.at)
    if found.self_due:
        said = _("Drawn. %(name)s is asked first, until %(until)s.")
        messages.success(request, said % {"name": found.agent.name, "until": end_words(found.self_due)})
    else:
        messages.success(request, _("Drawn. The agent may say how they see it, and is waited for by nobody."))
    return redirect("quality:evaluate", found.pk)


def _answers_form(
    actor: Actor, found: Any, side: str, data: Any = None, decided: bool = False
) -> forms.AnswersForm:
    given = queries.given(actor, found, side)
    if decided:
        before = queries.given(actor, found, "evaluator")
        given = queries.Given({**before.answers, **given.answers}, given.comments, before.seconds)
    return forms.AnswersForm(
        data,
        content=found.form_version.words,
        answers=given.answers,
        comments=given.comments,
        seconds=given.seconds,
        readings=queries.readings_of(actor, found.form_version.form_id),
    )


@page(P.EVALUATE, methods=("GET", "POST"))
def evaluate(request: Request, review_id: int) -> HttpResponse:
    """The evaluator's page: answers are kept as they are given, and finished when they are whole."""
    found = queries.the_review(request.actor, review_id, P.EVALUATE)
    theirs = found.state == "drawn" and found.evaluator_id == request.actor.user_id
    if request.method == "GET" and not theirs:
        return redirect("quality:review", review_id)
    form = _answers_form(request.actor, found, "evaluator", request.POST or None)
    said = queries.said_of(request.actor, found, "evaluator")
    talk = forms.TalkForm(request.POST or None, initial=said)
    problem, kept = "", False
    if request.method == "POST" and form.is_valid() and talk.is_valid():
        finish = request.POST.get("verb") == "finish"
        try:
            saved = services.evaluate(
                review_id=review_id,
                answers=form.answers(),
                remarks=form.remarks() | talk.said(),
                version=seen_version(request),
                finish=False,
                by=request.actor,
                at=request.at,
            )
            if finish:
                services.evaluate(
                    review_id=review_id, answers={}, remarks={}, version=saved.version, finish=True,
                    by=request.actor, at=request.at,
                )  # fmt: skip
                return redirect("quality:review", review_id)
            kept = True
        except Stale:
            raise
        except Refused as refused:
            if refused.status == 404:
                raise
            problem = str(refused)
    if request.method == "POST" and request.htmx:  # type: ignore[attr-defined]
        return render(
            request,
            "quality/_kept.html",
            {"at": request.at, "problem": problem, "score": services.trial_score(found), "kept": kept},
        )
    if kept:
        messages.success(request, _("Your answers so far are kept."))
        return redirect("quality:evaluate", review_id)
    values = {
        **_beside(request, found),
        "form": form,
        "talk": talk,
        "problem": problem,
        "question": queries.question_of(request.actor, found),
        "score": services.trial_score(found),
    }
    return render(
        request, "quality/evaluate.html", values, status=422 if problem or form.errors or talk.errors else 200
    )


@page(P.EVALUATE, methods=("POST",))
def release(request: Request, review_id: int) -> HttpResponse:
    services.release(review_id=review_id, by=request.actor, at=request.at)
    return redirect("quality:review", review_id)


@page(P.EVALUATE, methods=("POST",))
def take_over(request: Request, review_id: int) -> HttpResponse:
    found = queries.the_review(request.actor, review_id, P.EVALUATE)
    version = seen_version(request, found.version)
    services.take_over(review_id=review_id, version=version, by=request.actor, at=request.at)
    messages.success(request, _("You evaluate this contact now; what was drafted stays."))
    return redirect("quality:review", review_id)


@page(P.EVALUATE, methods=("POST",))
def drop(request: Request, review_id: int) -> HttpResponse:
    why = request.POST.get("words", "")
    services.drop(review_id=review_id, why=why, by=request.actor, at=request.at)
    return redirect("quality:review", review_id)


@page(P.EVALUATE, methods=("POST",))
def close(request: Request, review_id: int) -> HttpResponse:
    queries.the_review(request.actor, review_id, P.EVALUATE)
    form = forms.TalkForm(request.POST)
    form.is_valid()
    try:
        services.close(review_id=review_id, **form.said(), by=request.actor, at=request.at)
    except (services.BothHalves, services.NotHeardYet) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Closed. The agent reads both halves."))
    return redirect("quality:review", review_id)


@page(P.EVALUATE, methods=("GET", "POST"))
def decide(request: Request, review_id: int) -> HttpResponse:
    """Answer a dispute: let the score stand, or put other answers in the place of the evaluator's."""
    found = queries.the_review(request.actor, review_id, P.EVALUATE)
    shown = queries.review_page(request.actor, found, request.at)
    if not shown.may_decide and request.method == "GET":
        return redirect("quality:review", review_id)
    form = _answers_form(request.actor, found, "decider", request.POST or None, decided=True)
    words_form = forms.WordsForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid() and words_form.is_valid():
        try:
            services.decide(
                review_id=review_id,
                answers=form.answers(),
                words=words_form.cleaned_data["words"],
                changes=request.POST.get("verb") == "change",
                version=seen_version(request),
                by=request.actor,
                at=request.at,
            )
            return redirect("quality:review", review_id)
        except Stale:
            raise
        except Refused as refused:
            if refused.status == 404:
                raise
            problem = str(refused)
    values = {
        **_beside(request, found),
        "form": form,
        "words_form": words_form,
        "shown": shown,
        "alone": any(each.alone and each.dispute.state == "open" for each in shown.rounds),
        "problem": problem,
    }
    wrong = problem or form.errors or words_form.errors
    return render(request, "quality/decide.html", values, status=422 if wrong else 200)
