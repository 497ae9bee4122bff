"""Pages of agents: their reviews, their own evaluation one item at a time, “Check me”."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.quality import forms, queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look import Column, Tab, end_words
from floorwalker.kernel.pages import Request, page

WHOLE = "end"  # the last step of an own evaluation


@page(P.ANSWER)
def mine(request: Request) -> HttpResponse:
    """My reviews: what is asked of me, how it went, where my view differs."""
    values = {
        "mine": queries.my_reviews(request.actor, request.at),
        "adjusted": queries.adjusted_of(request.actor),
        "columns": [
            Column("contact", _("Contact")),
            Column("evaluator", _("Evaluated by")),
            Column("state", _("State")),
            Column("score", _("Score"), kind="number"),
            Column("own", _("Your own view"), kind="number"),
        ],
        "gap_columns": [
            Column("item", _("What is looked at")),
            Column("own", _("You"), kind="number"),
            Column("judged", _("Evaluators"), kind="number"),
            Column("n", _("Contacts"), kind="number"),
            Column("says", _("What it says")),
            Column("trend", _("Over time")),
        ],
    }
    return render(request, "quality/mine.html", values)


@page(P.ANSWER, methods=("GET", "POST"))
def self_evaluate(request: Request, review_id: int) -> HttpResponse:
    """One item at a time; each answer is kept as it is given."""
    found = queries.the_review(request.actor, review_id, P.ANSWER)
    shown = queries.review_page(request.actor, found, request.at)
    if not shown.may_self_evaluate and request.method == "GET":
        return redirect("quality:review", review_id)
    given = queries.given(request.actor, found, "agent")
    asked = queries.items_asked(found, given.answers)
    keys = [item.key for item in asked]
    open_keys = [key for key in keys if not given.answers.get(key)]
    step = request.GET.get("step") or (open_keys[0] if open_keys else WHOLE)
    step = step if step in keys else WHOLE
    here = reverse("quality:self", args=[review_id])
    if request.method == "POST" and request.POST.get("verb") == "hand_in":
        try:
            services.self_evaluate(
                review_id=review_id, answers={}, remarks={}, hand_in=True, by=request.actor, at=request.at
            )
        except services.NotAnswered as refused:
            messages.error(request, str(refused))
            return redirect(here)
        messages.success(request, _("Handed in. Thank you for looking first."))
        return redirect("quality:review", review_id)
    form = forms.AnswersForm(
        request.POST or None,
        content=found.form_version.words,
        items=[item for item in asked if item.key == step],
        answers=given.answers,
        comments=given.comments,
        seconds=given.seconds,
    )
    if request.method == "POST" and form.is_valid():
        services.self_evaluate(
            review_id=review_id,
            answers=form.answers(),
            remarks=form.remarks(),
            hand_in=False,
            by=request.actor,
            at=request.at,
        )
        answered = queries.given(request.actor, found, "agent").answers
        later = [item.key for item in queries.items_asked(found, answered)]
        place = later.index(step) + 1 if step in later else 0
        return redirect(f"{here}?step={later[place] if place < len(later) else WHOLE}")
    number = keys.index(step) + 1 if step in keys else len(keys)
    last = keys[-1] if keys else ""
    before = last if step == WHOLE else keys[number - 2] if number > 1 else ""
    talk = request.GET.get("show") == "conversation"
    values = {
        "found": found,
        "form": form,
        "step": step,
        "whole": step == WHOLE,
        "number": number,
        "of": len(keys),
        "before": before,
        "rows": queries.own_rows(found, given),
        "missing": len(open_keys),
        "talk": talk,
        "thread": queries.turns_as_thread(found.conversation, True),
        "halves": [
            Tab(_("Question"), f"?step={step}", current=not talk),
            Tab(_("Conversation"), f"?step={step}&show=conversation", current=talk),
        ],
    }  # fmt: skip
    return render(request, "quality/self.html", values, status=422 if form.errors else 200)


@page(P.ANSWER, methods=("POST",))
def acknowledge(request: Request, review_id: int) -> HttpResponse:
    services.acknowledge(review_id=review_id, by=request.actor, at=request.at)
    messages.success(request, _("Noted that you have read it. You can still dispute it within its days."))
    return redirect("quality:review", review_id)


@page(P.ANSWER, methods=("POST",))
def dispute(request: Request, review_id: int) -> HttpResponse:
    try:
        found = services.dispute(
            review_id=review_id, words=request.POST.get("words", ""), by=request.actor, at=request.at
        )
    except services.SayWhy as refused:
        messages.error(request, str(refused))
    else:
        if queries.evaluates_alone(found):
            said = _("Your doubt is on its way to %(name)s, who evaluated it: nobody else may answer here.")
            messages.success(request, said % {"name": found.evaluator.name})
        else:
            messages.success(request, _("Your doubt is on its way to somebody else than the evaluator."))
    return redirect("quality:review", review_id)


@page(P.ANSWER, methods=("GET", "POST"))
def check_me(request: Request, conversation_id: int) -> HttpResponse:
    """Ask to be checked on an own contact."""
    found = queries.the_conversation(request.actor, conversation_id, P.ANSWER)
    form = forms.QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.check_me(
                conversation_id=conversation_id,
                question=form.cleaned_data["question"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Asked. An answer is promised to you until %(due)s.") % {"due": end_words(made.due)}
            )
            return redirect("quality:review", made.pk)
    values = {"form": form, "found": found, "thread": queries.turns_as_thread(found, True)}
    return render(request, "quality/check_me.html", values, status=422 if form.errors else 200)


@page(P.ANSWER)
def contacts(request: Request) -> HttpResponse:
    """My newest contacts nobody has looked at: which should be checked?"""
    return render(request, "quality/contacts.html", {"contacts": queries.contacts_to_check(request.actor)})
