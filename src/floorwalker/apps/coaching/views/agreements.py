"""Pages of working agreements: mine, one of them, and how it was held."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching import forms, queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers

COLUMNS = [
    Column("who", gettext_lazy("With whom")),
    Column("state", gettext_lazy("State"), kind="status"),
    Column("next", gettext_lazy("Reviewed next")),
]


@page(P.TALK)
def agreements(request: Request) -> HttpResponse:
    """Those one is a side of."""
    actor = request.actor
    context = {
        "found": queries.agreements(actor, **cursors(request.GET)),
        "waiting": queries.agreements_waiting(actor, request.at),
        "columns": COLUMNS,
        "me": actor.user_id,
        "leads": actor.may(P.HOLD),
        "agent": people.agent_of(actor),
    }
    return render(request, "coaching/agreements.html", context)


@page(P.HOLD, methods=("GET", "POST"))
def begin(request: Request) -> HttpResponse:
    """A lead begins one with an agent, or a new version of what is in force."""
    form = forms.BeginAgreementForm(
        request.POST or None, actor=request.actor, initial={"agent": request.GET.get("agent")}
    )
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        found = services.begin_agreement(agent_id=form.cleaned_data["agent"], by=request.actor, at=request.at)
        return redirect("coaching:agreement", found.pk)
    return render(request, "coaching/agreement_begin.html", {"form": form}, status=422 if form.errors else 200)


@page(P.TALK, methods=("POST",))
def begin_mine(request: Request) -> HttpResponse:
    """An agent begins one with whoever leads them."""
    found = services.begin_agreement(by=request.actor, at=request.at)
    return redirect("coaching:agreement", found.pk)


@page(P.TALK)
def agreement(request: Request, agreement_id: int) -> HttpResponse:
    return _shown(request, agreement_id)


def _shown(request: Request, agreement_id: int, status: int = 200, **typed: Any) -> HttpResponse:
    found = queries.the_agreement(request.actor, agreement_id)
    context = {
        "page": queries.agreement_page(request.actor, found),
        "agreement": found,
        "item_form": forms.AgreementItemForm(),
        "leads": found.lead_id == request.actor.user_id,
        **typed,
    }
    return render(request, "coaching/agreement.html", context, status=status)


@page(P.TALK, methods=("POST",))
def add(request: Request, agreement_id: int) -> HttpResponse:
    queries.the_agreement(request.actor, agreement_id)
    form = forms.AgreementItemForm(request.POST)
    if form.is_valid():
        try:
            services.add_agreement_item(
                agreement_id=agreement_id, **form.cleaned_data, by=request.actor, at=request.at
            )
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            return redirect("coaching:agreement", agreement_id)
    return _shown(request, agreement_id, 422, item_form=form)


@page(P.TALK, methods=("POST",))
def drop(request: Request, agreement_item_id: int) -> HttpResponse:
    found = services.drop_agreement_item(agreement_item_id=agreement_item_id, by=request.actor, at=request.at)
    return redirect("coaching:agreement", found.pk)


@page(P.TALK, methods=("POST",))
def agree(request: Request, agreement_id: int) -> HttpResponse:
    queries.the_agreement(request.actor, agreement_id)
    version = request.POST.get("version", "")
    try:
        services.agree_agreement(
            agreement_id=agreement_id,
            version=int(version) if version.isdecimal() else 0,
            by=request.actor,
            at=request.at,
        )
    except services.OneSided as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You agreed to it as it stands."))
    return redirect("coaching:agreement", agreement_id)


@page(P.TALK, methods=("GET", "POST"))
def review(request: Request, agreement_review_id: int) -> HttpResponse:
    """Say how the other held what they named; what they say of yours shows when both have."""
    actor = request.actor
    found = queries.the_agreement_review(actor, agreement_review_id)
    side = queries.agreement_side(actor, found.agreement)
    asked = found.state == "open" and queries.said_at(found, side) is None
    form = forms.HowHeldForm(request.POST or None, items=queries.items_to_judge(actor, found)) if asked else None
    if request.method == "POST" and not form:
        raise services.AgreementSaid
    if form and request.method == "POST" and form.is_valid():
        try:
            services.say_how_held(agreement_review_id=found.pk, **form.said(), by=actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Said. Both of you read it when both have."))
            return redirect("coaching:agreement_review", found.pk)
    context = {
        "review": found,
        "agreement": found.agreement,
        "form": form,
        "lines": queries.review_lines(actor, found),
        "side": side,
    }
    status = 422 if form and form.errors else 200
    return render(request, "coaching/agreement_review.html", context, status=status)
