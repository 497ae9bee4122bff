"""Pages of the arena: joining, challenges, one match, and team matches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.learning import match_words, queries, services
from floorwalker.apps.learning.forms.duels import ChallengeForm, TeamMatchForm
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers

COLUMNS = [
    Column("scenario", gettext_lazy("Scenario")),
    Column("who", gettext_lazy("Against")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("until", gettext_lazy("Until or ended")),
]
TEAM_COLUMNS = [
    Column("scenario", gettext_lazy("Scenario")),
    Column("places", gettext_lazy("Places taken"), kind="number"),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("until", gettext_lazy("Until or ended")),
]
TONES = {
    "invited": "attention",
    "playing": "progress",
    "voting": "progress",
    "decided": "good",
    "declined": "neutral",
    "withdrawn": "neutral",
    "no_result": "neutral",
}


@page(P.COMPETE, methods=("GET", "POST"))
def duels(request: Request) -> HttpResponse:
    """One's duels with what waits first, and a new challenge; for who has not joined what it is, and no more."""
    actor, at = request.actor, request.at
    standing = queries.my_standing(actor, at)
    if standing is None:
        return render(request, "learning/join.html")
    form = ChallengeForm(request.POST or None, actor=actor)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        try:
            made = services.challenge(**form.said(), by=actor, at=at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Asked. You are told as soon as somebody takes it."))
            return redirect("learning:match", made.pk)
    found = queries.my_matches(actor, **cursors(request.GET))
    context = {
        "standing": match_words.standing_words(standing),
        "form": form,
        "waiting": queries.waiting_for_me(actor, at),
        "open": queries.open_challenges(actor, at),
        "ballots": queries.ballots_waiting(actor, at),
        "found": found,
        "rows": [(each, TONES[each.state], queries.others_in(each, actor)) for each in found.items],
        "columns": COLUMNS,
    }
    return render(request, "learning/duels.html", context, status=422 if form.errors else 200)


@page(P.COMPETE, methods=("POST",))
def join(request: Request) -> HttpResponse:
    services.join_arena(by=request.actor, at=request.at)
    messages.success(request, _("You are in. Leave whenever you like; nothing is lost by it."))
    return redirect("learning:duels")


@page(P.COMPETE, methods=("POST",))
def leave(request: Request) -> HttpResponse:
    try:
        services.leave_arena(by=request.actor, at=request.at)
    except services.DuelsOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have left the arena. Practising alone goes on as before."))
    return redirect("learning:duels")


@page(P.COMPETE, P.SET_UP_MATCHES)
def match(request: Request, match_id: int) -> HttpResponse:
    """How a match stands, and the one thing to do next."""
    found = queries.match_page(request.actor, match_id, request.at)
    context = {
        "page": found,
        "match": found.match,
        "tone": TONES[found.match.state],
        "may_make": request.actor.may(P.SET_UP_MATCHES)
        and found.match.kind == "teams"
        and found.match.state == "invited",
        "live": found.match.state in ("invited", "playing", "voting") and found.mine,
    }
    return render(request, "learning/match.html", context)


Verb = Callable[..., Any]


def _verb(do: Verb, request: Request, match_id: int) -> HttpResponse:
    """Do it, or say why not on the page of the match."""
    try:
        do(match_id=match_id, by=request.actor, at=request.at)
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        if isinstance(refusal, services.NotInTheArena):
            return redirect("learning:duels")
    return redirect("learning:match", match_id)


@page(P.COMPETE, methods=("POST",))
def accept(request: Request, match_id: int) -> HttpResponse:
    return _verb(services.accept, request, match_id)


@page(P.COMPETE, methods=("POST",))
def decline(request: Request, match_id: int) -> HttpResponse:
    return _verb(services.decline, request, match_id)


@page(P.COMPETE, P.SET_UP_MATCHES, methods=("POST",))
def withdraw(request: Request, match_id: int) -> HttpResponse:
    return _verb(services.withdraw, request, match_id)


@page(P.COMPETE, methods=("POST",))
def begin(request: Request, match_id: int) -> HttpResponse:
    """The first line, or the one where one left off."""
    try:
        play = services.begin_in_match(match_id=match_id, by=request.actor, at=request.at)
    except (services.NotThatWay, services.NotYet, services.NotInTheArena) as refusal:
        messages.error(request, str(refusal))
        return redirect("learning:match", match_id)
    return redirect("learning:play", play.pk)


@page(P.COMPETE, methods=("POST",))
def take_place(request: Request, match_id: int) -> HttpResponse:
    return _verb(services.take_place, request, match_id)


@page(P.COMPETE, methods=("POST",))
def give_place_back(request: Request, match_id: int) -> HttpResponse:
    return _verb(services.give_place_back, request, match_id)


@page(P.SET_UP_MATCHES, methods=("POST",))
def make_teams(request: Request, match_id: int) -> HttpResponse:
    return _verb(services.make_teams, request, match_id)


@page(P.SET_UP_MATCHES, methods=("GET", "POST"))
def team_matches(request: Request) -> HttpResponse:
    """Team matches of one's people, and a new one."""
    actor, at = request.actor, request.at
    form = TeamMatchForm(request.POST or None, actor=actor, initial={"until": at + timedelta(days=2)})
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.call_team_match(
                scenario_id=int(given["scenario"]), until=given["until"], by=actor, at=at
            )
        except Invalid as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Called out. Who joined the arena may take a place now."))
            return redirect("learning:match", made.pk)
    found = queries.team_matches(actor, **cursors(request.GET))
    context = {
        "form": form,
        "found": found,
        "rows": [(each, TONES[each.state]) for each in found.items],
        "columns": TEAM_COLUMNS,
    }
    return render(request, "learning/team_matches.html", context, status=422 if form.errors else 200)
