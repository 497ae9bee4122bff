"""Contests and questions about the game."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.performance import queries as performance
from floorwalker.apps.recognition import forms, queries, services, words
from floorwalker.apps.recognition.models import Contest, Finding
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

CONTEST_COLUMNS = [
    Column("name", gettext_lazy("Contest")),
    Column("state", gettext_lazy("State")),
    Column("what", gettext_lazy("What counts")),
    Column("days", gettext_lazy("Days")),
]
LOOK_COLUMNS = [
    Column("when", gettext_lazy("When")),
    Column("measure", gettext_lazy("Measure")),
    Column("told", gettext_lazy("What it could tell, and what it told")),
]
SHARE_COLUMNS = [Column("team", gettext_lazy("Team")), Column("share", gettext_lazy("Met their own aims"))]
QUESTION_COLUMNS = [
    Column("kind", gettext_lazy("Question")),
    Column("state", gettext_lazy("State")),
    Column("asked", gettext_lazy("Asked of")),
    Column("due", gettext_lazy("By")),
]


def _what(contest: Contest) -> str:
    names = performance.measure_names()
    what = {"measure": names[contest.measure], "pair": names[contest.pair]}
    return _("%(measure)s, while %(pair)s must not fall") % what


@page(P.BOARDS)
def contests(request: Request) -> HttpResponse:
    """Contests of the sites somebody works or leads people at."""
    found = queries.contests_page(request.actor, **cursors(request.GET))
    context = {
        "found": found,
        "rows": [(each, _what(each), words.STATE_TONES[each.state]) for each in found.items],
        "columns": CONTEST_COLUMNS,
        "may_hold": request.actor.may(P.HOLD_CONTESTS),
    }
    return render(request, "recognition/contests.html", context)


@page(P.HOLD_CONTESTS, methods=("GET", "POST"))
def hold(request: Request) -> HttpResponse:
    """Announce one."""
    sites = queries.sites_to_hold(request.actor)
    measures = {key: name for key, name in performance.measure_names().items() if performance.may_aim_at(key)}
    form = forms.ContestForm(request.POST or None, sites=sites, measures=measures)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        given["site_id"] = given.pop("site")
        try:
            made = services.hold_contest(**given, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Announced. It begins and ends by itself; who wants to takes part."))
            return redirect("recognition:contest", made.pk)
    return render(request, "recognition/hold.html", {"form": form}, status=422 if form.errors else 200)


@page(P.BOARDS)
def contest(request: Request, contest_id: int) -> HttpResponse:
    return _contest(request, queries.the_contest(request.actor, contest_id))


def _contest(request: Request, found: Contest, **given: Any) -> HttpResponse:
    actor, names = request.actor, performance.measure_names()
    entry = queries.my_entry(actor, found)
    open_still = found.state in (Contest.State.PLANNED, Contest.State.RUNNING)
    holds = actor.may(P.HOLD_CONTESTS) and open_still
    days = {"first_day": found.first_day, "last_day": found.last_day}
    running = found.state == Contest.State.RUNNING
    offered = queries.open_to_me(actor, request.at).filter(pk=found.pk)
    context = {
        "contest": found,
        "what": _what(found),
        "tone": words.STATE_TONES[found.state],
        "entrants": queries.entrants(found),
        "entry": entry,
        "aim": words.aim_words(found, entry) if entry else "",
        "outcome": words.OUTCOMES.get(entry.outcome, "") if entry else "",
        "may_join": open_still and entry is None and offered.exists(),
        "open": open_still,
        "shares": [(each.team, words.share_words(each)) for each in queries.shares_of_teams(found)]
        if found.by_team
        else [],
        "share_columns": SHARE_COLUMNS,
        "looks": [
            (words.PHASES[look["phase"]], names[line["measure"]], words.look_words(line))
            for look in found.looks
            for line in look["lines"]
        ],
        "look_columns": LOOK_COLUMNS,
        "days_form": forms.ContestDaysForm(initial=days, running=running) if holds else None,
        "off_form": forms.CallOffForm() if holds else None,
    }
    return render(request, "recognition/contest.html", context | given, status=422 if given else 200)


@page(P.BOARDS, methods=("POST",))
def join_contest(request: Request, contest_id: int) -> HttpResponse:
    try:
        services.join_contest(contest_id=contest_id, by=request.actor, at=request.at)
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You take part, with an aim of your own. You can leave at any time."))
    return redirect("recognition:contest", contest_id)


@page(P.BOARDS, methods=("POST",))
def leave_contest(request: Request, contest_id: int) -> HttpResponse:
    services.leave_contest(contest_id=contest_id, by=request.actor, at=request.at)
    messages.success(request, _("You take part no longer. Nobody is told."))
    return redirect("recognition:contest", contest_id)


@page(P.HOLD_CONTESTS, methods=("POST",))
def change_contest(request: Request, contest_id: int) -> HttpResponse:
    found = queries.the_contest(request.actor, contest_id, P.HOLD_CONTESTS)
    running = found.state == Contest.State.RUNNING
    form = forms.ContestDaysForm(request.POST, running=running, initial={"first_day": found.first_day})
    if form.is_valid():
        try:
            services.change_contest(contest_id=found.pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Changed. Aims stay as they are, and nothing earned is lost."))
            return redirect("recognition:contest", found.pk)
    return _contest(request, found, days_form=form)


@page(P.HOLD_CONTESTS, methods=("POST",))
def call_off(request: Request, contest_id: int) -> HttpResponse:
    found = queries.the_contest(request.actor, contest_id, P.HOLD_CONTESTS)
    form = forms.CallOffForm(request.POST)
    if form.is_valid():
        try:
            services.call_off(contest_id=found.pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Called off. Who took part is told, with your reason."))
            return redirect("recognition:contest", found.pk)
    return _contest(request, found, off_form=form)


@page(P.FINDINGS)
def questions(request: Request) -> HttpResponse:
    """Questions about the game: those one answers, and those that were about oneself."""
    found = queries.questions_page(request.actor, **cursors(request.GET))
    may_see_reward = request.actor.may(P.SEE_REWARD)
    context = {"found": found, "columns": QUESTION_COLUMNS, "may_see_reward": may_see_reward}
    return render(request, "recognition/questions.html", context)


@page(P.FINDINGS)
def question(request: Request, finding_id: int) -> HttpResponse:
    return _question(request, queries.the_finding(request.actor, finding_id), None)


@page(P.FINDINGS, methods=("POST",))
def answer(request: Request, finding_id: int) -> HttpResponse:
    found = queries.the_finding(request.actor, finding_id)
    form = forms.AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer_finding(finding_id=found.pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Answered. Who it is about reads it now."))
            return redirect("recognition:question", found.pk)
    return _question(request, found, form)


def _question(request: Request, found: Finding, form: forms.AnswerForm | None) -> HttpResponse:
    names = queries.named_in(found)
    may = queries.may_answer(request.actor, found)
    context = {
        "finding": found,
        "sentences": words.question_words(found, names),
        "form": form or (forms.AnswerForm() if may else None),
    }
    return render(request, "recognition/question.html", context, status=422 if form is not None else 200)
