"""Ways in that are our own: one-time links, forgotten passwords, and what to do before anything else."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from floorwalker.apps.accounts import queries, services
from floorwalker.apps.accounts.entrance.company import INVITATION_KEY
from floorwalker.apps.accounts.entrance.standing import session_of_request
from floorwalker.apps.accounts.forms import EmailOnly, FirstUser, NewPassword
from floorwalker.apps.accounts.models import OneTimeLink, User
from floorwalker.apps.accounts.refusals import LinkSpent, TooMany
from floorwalker.kernel.pages import Request, own_page, public_page

LINKS = "A link from an e-mail or the console is how one gets in without being signed in."
Purpose = OneTimeLink.Purpose


def count_try(request: Request, action: str, key: str | None = None) -> None:
    """One more try of this kind from this address; refuses when there were too many."""
    usage = ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True)
    if not usage:
        raise TooMany


@public_page(LINKS, methods=("GET", "POST"))
def link(request: Request, secret: str) -> HttpResponse:
    """Looking at a link uses nothing up: mail scanners look at every link. Pressing the button does."""
    found = queries.standing_link(secret, request.at)
    if found is None:
        count_try(request, "link")  # a guess; the links of a whole office may well be opened within a minute
        raise LinkSpent
    if found.purpose == Purpose.SIGN_IN:
        return _sign_in(request, secret, found)
    if found.purpose == Purpose.FIRST_USER:
        return _first_user(request, secret)
    if found.purpose == Purpose.EMAIL:
        return _confirm_email(request, secret, found)
    return _choose_password(request, secret, found)


def _sign_in(request: Request, secret: str, found: OneTimeLink) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/link_sign_in.html", {"link": found})
    used = services.use_link(secret=secret, purposes=[Purpose.SIGN_IN], at=request.at)
    return let_in(request, cast(User, used.user), "console", request.GET.get("next", ""))


def _confirm_email(request: Request, secret: str, found: OneTimeLink) -> HttpResponse:
    """Confirmed in any browser; who is signed in here as the same person stays so."""
    wish = queries.email_wish_of(found.user)
    if wish is None:
        raise LinkSpent
    if request.method != "POST":
        return render(request, "accounts/link_email.html", {"wish": wish})
    user = services.confirm_email(secret=secret, keep=session_of_request(request), at=request.at)
    messages.success(request, _("You sign in as %(email)s from now on.") % {"email": user.email})
    return HttpResponseRedirect(reverse("accounts:mine"))


def _choose_password(request: Request, secret: str, found: OneTimeLink) -> HttpResponse:
    user = cast(User, found.user)
    if request.method == "POST" and "company" in request.POST and found.purpose == Purpose.INVITATION:
        request.session[INVITATION_KEY] = secret
        return HttpResponseRedirect(reverse("accounts:company"))
    form = NewPassword(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        services.choose_password(secret=secret, password=form.cleaned_data["password"], at=request.at)
        user.refresh_from_db()
        return let_in(request, user, "link")
    return render(request, "accounts/choose_password.html", {"link": found, "form": form, "user": user})


def _first_user(request: Request, secret: str) -> HttpResponse:
    """The console's link to an empty suite: whoever has it becomes its first user."""
    form = FirstUser(request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = services.create_first_user(secret=secret, **form.cleaned_data, at=request.at)
        return let_in(request, user, "console")
    return render(request, "accounts/first_user.html", {"form": form}, status=422 if form.errors else 200)


@public_page("An empty suite has nobody who could sign in; it tells where its first link is.")
def empty_suite(request: Request) -> HttpResponse:
    if queries.has_users():
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "accounts/empty_suite.html")


@public_page("Signing in comes before being signed in.", methods=("GET", "POST"))
def sign_in(request: Request) -> HttpResponse:
    """The library's page; an empty suite says how to begin instead."""
    if request.method == "GET" and not queries.has_users():
        return HttpResponseRedirect(reverse("accounts:empty_suite"))
    answer: HttpResponse = login(request)
    return answer


def let_in(request: Request, user: User, method: str, next_url: str = "") -> HttpResponse:
    """Sign somebody in who proved themselves by a link; whoever has a second factor is asked for it."""
    if request.actor.signed_in:
        from allauth.account.adapter import get_adapter

        get_adapter().logout(request)
    safe = url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()})
    record_authentication(request, user, method=method)
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=next_url if safe else None))
    return answer


@public_page("Who forgot their password cannot sign in.", methods=("GET", "POST"))
def forgotten(request: Request) -> HttpResponse:
    """The same answer, and the same work, whether or not there is such a user."""
    form = EmailOnly(request.POST if request.method == "POST" else None)
    if form.is_valid():
        count_try(request, "reset", key=form.cleaned_data["email"])
        services.ask_for_reset(email=form.cleaned_data["email"], at=request.at)
        return HttpResponseRedirect(reverse("accounts:forgotten_sent"))
    return render(request, "accounts/forgotten.html", {"form": form})


@public_page("Follows the page for forgotten passwords.")
def forgotten_sent(request: Request) -> HttpResponse:
    return render(request, "accounts/forgotten_sent.html")


@public_page("Tells who came by the company's sign-on without an invitation.")
def not_invited(request: Request) -> HttpResponse:
    return render(request, "accounts/not_invited.html", status=403)


@public_page("Goes on to the company's sign-on with an invitation in hand.", methods=("GET", "POST"))
def company(request: Request) -> HttpResponse:
    """A page between, because the sign-on is started by a button and never by a link alone."""
    return render(request, "accounts/company.html", {"invited": INVITATION_KEY in request.session})


@own_page("Sets up the second factor of the person themselves.")
def second_factor(request: Request) -> HttpResponse:
    user = cast(User, request.user)
    return render(
        request,
        "accounts/second_factor.html",
        {"has_factor": queries.has_factor(user), "factors": queries.factors_of(user), "user": user},
    )


@own_page("Tells that the person's own password is too short for their roles.")
def longer_password(request: Request) -> HttpResponse:
    return render(request, "accounts/longer_password.html")
