"""Pages of rewards: the catalogue and wishes, and what was asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.recognition import forms, queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.apps.recognition.views.points import tabs
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors

KEPT_COLUMNS = [
    Column("name", gettext_lazy("Reward")),
    Column("site", gettext_lazy("Site")),
    Column("votes", gettext_lazy("Votes"), kind="number"),
    Column("points", gettext_lazy("Points"), kind="number"),
    Column("stock", gettext_lazy("Stock")),
    Column("state", gettext_lazy("State")),
]
WAITING_COLUMNS = [
    Column("what", gettext_lazy("What")),
    Column("who", gettext_lazy("Who")),
    Column("due", gettext_lazy("Promised for")),
    Column("state", gettext_lazy("State")),
]


@page(P.POINTS, methods=("GET", "POST"))
def rewards(request: Request) -> HttpResponse:
    """What points are good for, in the order of votes; and a wish of one's own."""
    form = forms.WishForRewardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.wish_for(**form.cleaned_data, by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your wish is on the list. Others can vote for it now."))
            return redirect("recognition:rewards")
    balance = queries.statement(request.actor).balance
    found = queries.catalogue(request.actor, balance, **cursors(request.GET))
    context = {
        "found": found,
        "balance": balance,
        "form": form,
        "ask_form": forms.AskForm(),
        "tabs": tabs("rewards"),
    }
    return render(request, "recognition/rewards.html", context, status=422 if form.errors else 200)


@page(P.POINTS, methods=("POST",))
def vote(request: Request, reward_id: int) -> HttpResponse:
    form = forms.VoteForm(request.POST)
    wanted = form.is_valid() and form.cleaned_data["wanted"]
    services.vote(reward_id=reward_id, wanted=wanted, by=request.actor, at=request.at)
    return redirect("recognition:rewards")


@page(P.POINTS, methods=("POST",))
def ask(request: Request, reward_id: int) -> HttpResponse:
    """At the price that was read; sent twice, it is asked for once."""
    queries.the_reward(request.actor, reward_id)
    form = forms.AskForm(request.POST)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    found = services.ask_reward(reward_id=reward_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Asked for. The day it is promised for stands here."))
    return redirect("recognition:redemption", found.pk)


@page(P.POINTS, P.KEEP_REWARDS)
def redemption(request: Request, redemption_id: int) -> HttpResponse:
    """One thing asked for, as its agent and as who keeps rewards see it."""
    return _shown(request, redemption_id)


def _shown(request: Request, redemption_id: int, status: int = 200, **bound: Any) -> HttpResponse:
    context = {"page": queries.redemption_page(request.actor, redemption_id), "why_form": forms.WhyForm()}
    return render(request, "recognition/redemption.html", context | bound, status=status)


@page(P.POINTS, methods=("POST",))
def take_back(request: Request, redemption_id: int) -> HttpResponse:
    services.take_back(redemption_id=redemption_id, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. Your points are yours again."))
    return redirect("recognition:points")


@page(P.KEEP_REWARDS)
def waiting(request: Request) -> HttpResponse:
    """What waits to be approved or handed over."""
    found = queries.waiting(request.actor, **cursors(request.GET))
    return render(
        request, "recognition/waiting.html", {"found": found, "columns": WAITING_COLUMNS, "at": request.at}
    )


@page(P.KEEP_REWARDS, methods=("POST",))
def approve(request: Request, redemption_id: int) -> HttpResponse:
    services.approve(redemption_id=redemption_id, by=request.actor, at=request.at)
    messages.success(request, _("Approved."))
    return redirect("recognition:redemption", redemption_id)


@page(P.KEEP_REWARDS, methods=("POST",))
def deliver(request: Request, redemption_id: int) -> HttpResponse:
    services.deliver(redemption_id=redemption_id, by=request.actor, at=request.at)
    messages.success(request, _("Delivered. The promise is kept."))
    return redirect("recognition:waiting")


@page(P.KEEP_REWARDS, methods=("POST",))
def decline(request: Request, redemption_id: int) -> HttpResponse:
    queries.the_redemption(request.actor, redemption_id, P.KEEP_REWARDS)
    form = forms.WhyForm(request.POST)
    if not form.is_valid():
        return _shown(request, redemption_id, status=422, why_form=form)
    services.decline(redemption_id=redemption_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Declined. The points are back, and they read why."))
    return redirect("recognition:waiting")


@page(P.KEEP_REWARDS)
def kept(request: Request) -> HttpResponse:
    """The catalogue and the wishes, to be offered, changed or declined."""
    found = queries.kept_rewards(request.actor, **cursors(request.GET))
    context = {"found": found, "columns": KEPT_COLUMNS, "waiting": queries.waiting_count(request.actor)}
    return render(request, "recognition/kept_rewards.html", context)


@page(P.KEEP_REWARDS, methods=("GET", "POST"))
def offer(request: Request) -> HttpResponse:
    """Something new."""
    form = forms.OfferForm(request.POST or None, sites=queries.sites_to_keep(request.actor))
    if request.method == "POST" and form.is_valid():
        services.offer_reward(**form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Offered. It stands in the catalogue."))
        return redirect("recognition:kept_rewards")
    return render(request, "recognition/offer.html", {"form": form}, status=422 if form.errors else 200)


@page(P.KEEP_REWARDS, methods=("GET", "POST"))
def reward(request: Request, reward_id: int) -> HttpResponse:
    """Grant a wish, or change what is offered."""
    found = queries.the_reward(request.actor, reward_id, P.KEEP_REWARDS)
    first = {
        "name": found.name, "what": found.what, "site_id": found.site_id, "points": found.points,
        "stock": found.stock, "days": found.days,
    }  # fmt: skip
    form = forms.OfferForm(request.POST or None, sites=[found.site], initial=first)
    if request.method == "POST" and form.is_valid():
        services.offer_reward(reward_id=reward_id, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(request, _("Kept."))
        return redirect("recognition:kept_rewards")
    context = {"form": form, "reward": found, "votes": queries.votes_of(found), "why_form": forms.WhyForm()}
    return render(request, "recognition/reward.html", context, status=422 if form.errors else 200)


@page(P.KEEP_REWARDS, methods=("POST",))
def decline_wish(request: Request, reward_id: int) -> HttpResponse:
    form = forms.WhyForm(request.POST)
    queries.the_reward(request.actor, reward_id, P.KEEP_REWARDS)
    if not form.is_valid():
        raise Invalid(problem=form.errors.as_text())
    services.decline_wish(reward_id=reward_id, **form.cleaned_data, by=request.actor, at=request.at)
    messages.success(request, _("Declined. Who wished for it reads why."))
    return redirect("recognition:kept_rewards")


@page(P.KEEP_REWARDS, methods=("POST",))
def withdraw(request: Request, reward_id: int) -> HttpResponse:
    services.withdraw_reward(reward_id=reward_id, by=request.actor, at=request.at)
    messages.success(request, _("No longer offered."))
    return redirect("recognition:kept_rewards")
