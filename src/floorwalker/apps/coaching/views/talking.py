"""What is typed in a one-to-one: points of the agenda, claims, words, the action, and its follow-up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.views.talks import said, show
from floorwalker.kernel import audit
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.pages import Request, page


@page(P.TALK, methods=("POST",))
def item(request: Request, talk_id: int) -> HttpResponse:
    found = queries.the_talk(request.actor, talk_id)
    form = forms.ItemForm(request.POST, auto_id="item_%s")
    return said(request, found, form, "item_form", services.add_item, _("It is on the agenda."))


@page(P.TALK, methods=("POST",))
def claim(request: Request, talk_id: int) -> HttpResponse:
    found = queries.the_talk(request.actor, talk_id)
    form = forms.ClaimForm(request.POST, agent=found.agent.user_id == request.actor.user_id, auto_id="claim_%s")
    done = _("Parked: nothing rests on it until it was looked up.")

    def values(typed: Any) -> Any:
        return typed.said(request.actor.zone)

    return said(request, found, form, "claim_form", services.park_claim, done, values)


@page(P.TALK, methods=("POST",))
def settle(request: Request, item_id: int) -> HttpResponse:
    """Who looks a claim up says what came of it."""
    found = queries.the_item(request.actor, item_id)
    form = forms.SettleClaimForm(request.POST, auto_id="settle_%s")
    if form.is_valid():
        try:
            services.settle_claim(item_id=item_id, **form.cleaned_data, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            return redirect("coaching:talk", found.talk_id)
    return show(request, queries.the_talk(request.actor, found.talk_id), 422, settle_form=form, settling=item_id)


@page(P.TALK, methods=("POST",))
def note(request: Request, talk_id: int) -> HttpResponse:
    found = queries.the_talk(request.actor, talk_id)
    lead = found.lead_id == request.actor.user_id
    form = forms.NoteForm(request.POST, lead=lead, agent_spoke=True, auto_id="note_%s")
    return said(request, found, form, "note_form", services.add_note, _("Written; both of you read it."))


@page(P.TALK, methods=("POST",))
def action_of(request: Request, talk_id: int) -> HttpResponse:
    """Write the one action of a talk down, or write it anew."""
    found = queries.the_talk(request.actor, talk_id)
    lead = found.lead_id == request.actor.user_id
    form = forms.TalkActionForm(request.POST, actor=request.actor, talk=found, lead=lead, auto_id="action_%s")
    done = _("Written down. It counts when both of you agree.")
    return said(request, found, form, "action_form", services.set_action, done, lambda typed: typed.said())


@page(P.TALK, methods=("POST",))
def hand_on(request: Request, talk_id: int) -> HttpResponse:
    found = queries.the_talk(request.actor, talk_id)
    form = forms.HandTalkOnForm(request.POST, talk=found)
    if not form.is_valid():
        raise services.OnlyTheAgent
    services.hand_talk_on(talk_id=found.pk, to_user_id=form.cleaned_data["to"], by=request.actor, at=request.at)
    messages.success(request, _("They can read it now."))
    return redirect("coaching:talk", found.pk)


@page(P.TALK)
def action(request: Request, action_id: int) -> HttpResponse:
    """One action: what was agreed, how it stands, what comes next."""
    return _action(request, action_id)


def _action(request: Request, action_id: int, status: int = 200, **typed: Any) -> HttpResponse:
    found = queries.the_action(request.actor, action_id)
    shown = queries.action_page(request.actor, found, request.at)
    context = {
        "page": shown,
        "action": found,
        "agreed": found.agreed_by_agent_at and found.agreed_by_lead_at,
        "talk_url": reverse("coaching:talk", args=[found.talk_id]) if shown.reads_talk else "",
        "follow_form": forms.FollowUpForm(auto_id="follow_%s"),
        "drop_form": forms.WhyForm(auto_id="drop_%s"),
        "history": audit.history(("coaching.action", found.pk)),
        **typed,
    }
    return render(request, "coaching/action.html", context, status=status)


@page(P.TALK, methods=("POST",))
def agree(request: Request, action_id: int) -> HttpResponse:
    found = queries.the_action(request.actor, action_id)
    version = request.POST.get("version", "")
    services.agree_action(
        action_id=found.pk, version=int(version) if version.isdecimal() else 0, by=request.actor, at=request.at
    )
    messages.success(request, _("Agreed: it is promised both ways."))
    return redirect("coaching:action", found.pk)


@page(P.TALK, methods=("POST",))
def done(request: Request, action_id: int) -> HttpResponse:
    services.say_done(action_id=action_id, by=request.actor, at=request.at)
    messages.success(request, _("Noted. You look at it together on its day."))
    return redirect("coaching:action", action_id)


@page(P.TALK, methods=("POST",))
def follow_up(request: Request, action_id: int) -> HttpResponse:
    form = forms.FollowUpForm(request.POST, auto_id="follow_%s")
    return _typed(request, action_id, form, "follow_form", services.follow_up)


@page(P.TALK, methods=("POST",))
def drop(request: Request, action_id: int) -> HttpResponse:
    form = forms.WhyForm(request.POST, auto_id="drop_%s")
    return _typed(request, action_id, form, "drop_form", services.drop_action)


def _typed(request: Request, action_id: int, form: Any, name: str, verb: Any) -> HttpResponse:
    queries.the_action(request.actor, action_id)
    if form.is_valid():
        try:
            verb(action_id=action_id, **form.cleaned_data, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            return redirect("coaching:action", action_id)
    return _action(request, action_id, 422, **{name: form})
