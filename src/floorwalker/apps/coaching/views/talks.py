"""Pages of one-to-ones: the lists, planning and asking, and one talk from its time to its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.models import OneToOne
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers

TALK_COLUMNS = [
    Column("who", gettext_lazy("With whom")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("next", gettext_lazy("What comes next")),
]
ACTION_COLUMNS = [
    Column("what", gettext_lazy("What")),
    Column("who", gettext_lazy("Who")),
    Column("day", gettext_lazy("Looked at again")),
]
SIDES = {
    "mine": gettext_lazy("About my work"),
    "held": gettext_lazy("Held by me"),
    "handed": gettext_lazy("Handed"),
}

BESIDE = (
    (gettext_lazy("Working agreements"), "coaching:agreements", P.TALK),
    (gettext_lazy("Buddies and peer coaching"), "coaching:pairs", P.SEE_PAIRS),
    (gettext_lazy("Group sessions"), "coaching:groups", P.SEE_GROUPS),
)


def tabs_of(actor: Actor, here: str) -> list[Tab]:
    """The lists somebody has a use for."""
    sides = ["mine"] if people.agent_of(actor) is not None else []
    if actor.may(P.HOLD):
        sides += ["held", "handed"]
    return [Tab(SIDES[side], reverse("coaching:talks_side", args=[side]), current=side == here) for side in sides]


@page(P.TALK)
def talks(request: Request) -> HttpResponse:
    """Who holds talks sees those first, everybody else their own."""
    side = "held" if request.actor.may(P.HOLD) else "mine"
    return _list(request, side)


@page(P.TALK)
def talks_side(request: Request, side: str) -> HttpResponse:
    if side not in SIDES:
        raise NotFound
    return _list(request, side)


def _list(request: Request, side: str) -> HttpResponse:
    actor = request.actor
    context = {
        "side": side,
        "found": queries.my_talks(actor, side, request.at, **cursors(request.GET)),
        "columns": TALK_COLUMNS,
        "tabs": tabs_of(actor, side),
        "without": queries.without_talk(actor) if side == "held" else [],
        "actions": queries.my_actions(actor),
        "action_columns": ACTION_COLUMNS,
        "claims": queries.claims_of(actor),
        "plans": actor.may(P.HOLD),
        "beside": [(label, reverse(url)) for label, url, permission in BESIDE if actor.may(permission)],
        "asks": side == "mine" and people.agent_of(actor) is not None,
    }
    return render(request, "coaching/talks.html", context)


@page(P.HOLD, methods=("GET", "POST"))
def plan(request: Request) -> HttpResponse:
    """Owe somebody one leads a talk; a contractor is offered it."""
    first = {"agent": request.GET.get("agent"), "due": (request.at + timedelta(days=14)).date()}
    form = forms.PlanTalkForm(request.POST or None, actor=request.actor, initial=first)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        due = forms.end_of(values["due"], request.actor.zone)
        try:
            talk = services.plan_talk(
                agent_id=values["agent"],
                talk_minutes=values["talk_minutes"],
                due=due,
                by=request.actor,
                at=request.at,
            )
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("coaching:talk", talk.pk)
    return render(request, "coaching/talk_plan.html", {"form": form}, status=422 if form.errors else 200)


@page(P.TALK, methods=("GET", "POST"))
def ask(request: Request) -> HttpResponse:
    """An agent asks whoever leads them for a talk."""
    if people.agent_of(request.actor) is None:
        raise NotFound
    form = forms.AskTalkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            talk = services.ask_for_talk(**form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refusal:
            form.refused(refusal)
        else:
            return redirect("coaching:talk", talk.pk)
    return render(request, "coaching/talk_ask.html", {"form": form}, status=422 if form.errors else 200)


@page(P.TALK)
def talk(request: Request, talk_id: int) -> HttpResponse:
    """One talk: what it is about, what was said, what follows, and what can be done now."""
    services.read_talk(talk_id=talk_id, by=request.actor, at=request.at)
    return show(request, queries.the_talk(request.actor, talk_id))


def show(request: Request, found: OneToOne, status: int = 200, **typed: Any) -> HttpResponse:
    """The page of a talk, with the form that was typed wrongly in place of an empty one."""
    shown = queries.talk_page(request.actor, found, request.at)
    lead, agent = shown.side == "lead", shown.side == "agent"
    agreed = bool(shown.action and shown.action.agreed_by_agent_at and shown.action.agreed_by_lead_at)
    may_set = found.state == "held" and not agreed and (agent or (lead and found.agent.engagement != "contractor"))
    first = _action_first(shown, request) if may_set else {}
    plain = {
        "item_form": forms.ItemForm(auto_id="item_%s"),
        "claim_form": forms.ClaimForm(agent=agent, auto_id="claim_%s"),
        "note_form": forms.NoteForm(lead=lead, agent_spoke=shown.agent_spoke, auto_id="note_%s"),
        "action_form": forms.TalkActionForm(
            actor=request.actor, talk=found, lead=lead, initial=first, auto_id="action_%s"
        )
        if may_set
        else None,
        "close_form": forms.CloseTalkForm(with_action=agreed, auto_id="close_%s"),
        "why_form": forms.WhyIfYouLikeForm(auto_id="why_%s"),
        "settle_form": forms.SettleClaimForm(auto_id="settle_%s"),
        "time_form": forms.TimeAskedForm(initial={"due": found.due.date()}, auto_id="time_%s"),
        "hand_on": forms.HandTalkOnForm(talk=found, auto_id="hand_%s") if agent else None,
    }
    context = {
        "page": shown,
        "talk": found,
        "tone": queries.TONES[found.state],
        "lead": lead,
        "agent": agent,
        "inside": lead or agent,
        "open": found.ended_at is None,
        "to_hold": found.state in ("planned", "prepared", "cancelled"),
        "agreed": agreed,
        "mine_agreed": shown.action
        and (shown.action.agreed_by_agent_at if agent else shown.action.agreed_by_lead_at),
        "items": [(each, queries.url_of(each, found.agent_id) if lead or agent else "") for each in shown.items],
        "writes": (lead or agent) and found.state not in ("let_go", "ended"),
        **plain,
        **typed,
    }
    hand_on = context["hand_on"]
    context["hand_on"] = hand_on if hand_on and hand_on.fields["to"].choices else None
    return render(request, "coaching/talk.html", context, status=status)


def _action_first(shown: Any, request: Request) -> dict[str, Any]:
    """What stands there already, else days that will do."""
    action = shown.action
    if action is not None:
        names = ("what", "measure", "target", "due", "follow_up_on", "support")
        return {name: getattr(action, name) for name in names} | {
            "item": action.item_id,
            "behaviour": action.behaviour_id,
        }
    today = request.at.date()
    return {"due": today + timedelta(days=14), "follow_up_on": today + timedelta(days=21)}


@page(P.TALK, methods=("POST",))
def take(request: Request, talk_id: int) -> HttpResponse:
    services.take_offer(talk_id=talk_id, by=request.actor, at=request.at)
    messages.success(request, _("You asked for the time; you are told when there is one."))
    return redirect("coaching:talk", talk_id)


@page(P.TALK, methods=("POST",))
def agree_time(request: Request, talk_id: int) -> HttpResponse:
    queries.the_talk(request.actor, talk_id)
    form = forms.TimeAskedForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    due = forms.end_of(form.cleaned_data["due"], request.actor.zone)
    services.agree_time(talk_id=talk_id, due=due, by=request.actor, at=request.at)
    return redirect("coaching:talk", talk_id)


@page(P.TALK, methods=("POST",))
def place(request: Request, talk_id: int) -> HttpResponse:
    queries.the_talk(request.actor, talk_id)
    form = forms.PlaceTalkForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.place_talk(talk_id=talk_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("It has a time; the agent is told."))
    return redirect("coaching:talk", talk_id)


@page(P.TALK, methods=("POST",))
def cancel(request: Request, talk_id: int) -> HttpResponse:
    why = request.POST.get("why", "")
    services.cancel_talk(talk_id=talk_id, why=why, by=request.actor, at=request.at)
    return redirect("coaching:talk", talk_id)


@page(P.TALK, methods=("POST",))
def let_go(request: Request, talk_id: int) -> HttpResponse:
    why = request.POST.get("why", "")
    services.let_go_talk(talk_id=talk_id, why=why, by=request.actor, at=request.at)
    return redirect("coaching:talk", talk_id)


@page(P.TALK, methods=("GET", "POST"))
def prepare(request: Request, talk_id: int) -> HttpResponse:
    """What is known, for the lead to choose from; and the claims that are looked into."""
    found = services.talk_to_prepare(talk_id=talk_id, by=request.actor)
    lines = queries.evidence_for(request.actor, found, request.at)
    first = {"evidence": [each.key for each in lines if not each.chosen][:5]}
    form = forms.PrepareForm(request.POST or None, lines=lines, initial={} if found.prepared_at else first)
    if request.method == "POST" and form.is_valid():
        services.prepare_talk(
            talk_id=found.pk, evidence=form.cleaned_data["evidence"], by=request.actor, at=request.at
        )
        messages.success(request, _("The agenda is there for both of you."))
        return redirect("coaching:talk", found.pk)
    context = {"talk": found, "form": form, "lines": lines}
    return render(request, "coaching/talk_prepare.html", context, status=422 if form.errors else 200)


@page(P.TALK)
def sheet(request: Request, talk_id: int) -> HttpResponse:
    """What the lead takes into the talk: questions before statements."""
    found = services.talk_to_prepare(talk_id=talk_id, by=request.actor)
    context = {"talk": found, "sheet": queries.sheet_of(request.actor, found)}
    return render(request, "coaching/talk_sheet.html", context)


@page(P.TALK, methods=("POST",))
def hold(request: Request, talk_id: int) -> HttpResponse:
    services.hold_talk(talk_id=talk_id, by=request.actor, at=request.at)
    messages.success(request, _("Ask first, and write the agent's words down first."))
    return redirect("coaching:talk", talk_id)


@page(P.TALK, methods=("POST",))
def close(request: Request, talk_id: int) -> HttpResponse:
    found = queries.the_talk(request.actor, talk_id)
    shown = queries.talk_page(request.actor, found, request.at)
    form = forms.CloseTalkForm(request.POST, with_action="action" not in shown.missing, auto_id="close_%s")
    return said(
        request, found, form, "close_form", services.close_talk, _("Closed. The agent reads what was agreed.")
    )


def said(
    request: Request, found: OneToOne, form: Any, name: str, verb: Any, done: str, values: Any = None
) -> HttpResponse:
    """Do what was typed and show the talk again; what is refused stands beside what was typed."""
    if form.is_valid():
        given = values(form) if values else form.cleaned_data
        try:
            verb(talk_id=found.pk, **given, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, done)
            return redirect("coaching:talk", found.pk)
    return show(request, found, 422, **{name: form})
