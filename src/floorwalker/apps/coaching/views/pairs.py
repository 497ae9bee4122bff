"""Pages of buddies and peer coaching."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers

COLUMNS = [
    Column("pair", gettext_lazy("Who helps whom")),
    Column("about", gettext_lazy("With what")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("days", gettext_lazy("Until")),
]
CREDIT_COLUMNS = [
    Column("helper", gettext_lazy("Who helped")),
    Column("minutes", gettext_lazy("Minutes"), kind="number"),
    Column("meetings", gettext_lazy("Meetings"), kind="number"),
    Column("learners", gettext_lazy("People"), kind="number"),
]
TONES = {"proposed": "attention", "accepted": "progress", "ended": "neutral", "declined": "neutral"}


@page(P.SEE_PAIRS)
def pairs(request: Request) -> HttpResponse:
    """Pairs in sight, and the credit of who helped."""
    found = queries.pairs(request.actor, **cursors(request.GET))
    context = {
        "found": found,
        "rows": [(each, TONES[each.state]) for each in found.items],
        "columns": COLUMNS,
        "credits": queries.credits_of(request.actor, request.at),
        "credit_columns": CREDIT_COLUMNS,
        "proposes": request.actor.may(P.PAIR),
        "waiting": queries.pairs_waiting(request.actor),
    }
    return render(request, "coaching/pairs.html", context)


@page(P.PAIR, methods=("GET", "POST"))
def propose(request: Request) -> HttpResponse:
    """Who could help whom: by the shifts they share and who has room, never by a score."""
    actor, today = request.actor, request.at.date()
    find = forms.LearnerForm(request.GET if "learner" in request.GET else None, actor=actor)
    wanted = find.cleaned_data["learner"] if find.is_valid() else None
    first = {"kind": "buddy", "learner": wanted, "first_day": today, "last_day": today + timedelta(days=56)}
    form = forms.ProposePairForm(request.POST or None, actor=actor, initial=first)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        try:
            pair = services.propose_pair(**form.said(), by=actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Proposed; it begins when both have said yes."))
            return redirect("coaching:pair", pair.pk)
    learner = queries.agents_to_pair(actor).filter(pk=wanted).first() if wanted else None
    context = {
        "form": form,
        "find": find,
        "learner": learner,
        "helpers": queries.helpers_for(actor, learner, request.at) if learner else [],
    }
    return render(request, "coaching/pair_propose.html", context, status=422 if form.errors else 200)


@page(P.SEE_PAIRS)
def pair(request: Request, pair_id: int) -> HttpResponse:
    return _shown(request, pair_id)


def _shown(request: Request, pair_id: int, status: int = 200, **typed: Any) -> HttpResponse:
    found = queries.the_pair(request.actor, pair_id)
    context = {
        "page": queries.pair_page(request.actor, found, request.at),
        "pair": found,
        "tone": TONES[found.state],
        "note_form": forms.PeerNoteForm(auto_id="note_%s"),
        "meeting_form": forms.MeetingForm(
            initial={"due": request.at.date() + timedelta(days=14)}, auto_id="meeting_%s"
        ),
        "mine": people.agent_of(request.actor),
        **typed,
    }
    return render(request, "coaching/pair.html", context, status=status)


@page(P.SEE_PAIRS, methods=("POST",))
def accept(request: Request, pair_id: int) -> HttpResponse:
    services.accept_pair(pair_id=pair_id, by=request.actor, at=request.at)
    return redirect("coaching:pair", pair_id)


@page(P.SEE_PAIRS, methods=("POST",))
def decline(request: Request, pair_id: int) -> HttpResponse:
    services.decline_pair(pair_id=pair_id, by=request.actor, at=request.at)
    return redirect("coaching:pair", pair_id)


@page(P.SEE_PAIRS, methods=("POST",))
def end(request: Request, pair_id: int) -> HttpResponse:
    services.end_pair(pair_id=pair_id, by=request.actor, at=request.at)
    return redirect("coaching:pair", pair_id)


@page(P.PAIR, methods=("POST",))
def plan_meeting(request: Request, pair_id: int) -> HttpResponse:
    queries.the_pair(request.actor, pair_id, P.PAIR)
    form = forms.MeetingForm(request.POST, auto_id="meeting_%s")
    if form.is_valid():
        due = forms.end_of(form.cleaned_data["due"], request.actor.zone)
        try:
            services.plan_meeting(
                pair_id=pair_id,
                meeting_minutes=form.cleaned_data["meeting_minutes"],
                due=due,
                by=request.actor,
                at=request.at,
            )
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("coaching:pair", pair_id)
    return _shown(request, pair_id, 422, meeting_form=form)


@page(P.PAIR, methods=("POST",))
def place_meeting(request: Request, meeting_id: int) -> HttpResponse:
    found = queries.the_meeting(request.actor, meeting_id, P.PAIR)
    form = forms.PlaceTalkForm({"start": request.POST.get("start", ""), "version": 1})
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.place_meeting(
        meeting_id=meeting_id, start=form.cleaned_data["start"], by=request.actor, at=request.at
    )
    return redirect("coaching:pair", found.pair_id)


@page(P.SEE_PAIRS, methods=("POST",))
def hold_meeting(request: Request, meeting_id: int) -> HttpResponse:
    found = services.hold_meeting(meeting_id=meeting_id, by=request.actor, at=request.at)
    messages.success(request, _("Noted, and credited to who helped."))
    return redirect("coaching:pair", found.pair_id)


@page(P.SEE_PAIRS, methods=("POST",))
def note(request: Request, pair_id: int) -> HttpResponse:
    queries.the_pair(request.actor, pair_id)
    form = forms.PeerNoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():
        try:
            services.add_peer_note(pair_id=pair_id, **form.cleaned_data, by=request.actor, at=request.at)
        except (services.DelicateWords, services.WordsMissing) as refusal:
            form.refused(refusal)
        else:
            return redirect("coaching:pair", pair_id)
    return _shown(request, pair_id, 422, note_form=form)
