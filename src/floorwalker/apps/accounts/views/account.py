"""My account: how one is called and gets in, where one is signed in, which programs act in one's name."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from floorwalker.apps.accounts import queries, services
from floorwalker.apps.accounts.entrance.doors import awake, fresh
from floorwalker.apps.accounts.entrance.standing import session_of_request
from floorwalker.apps.accounts.forms import Myself, NewEmail, NewToken
from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.views.entrance import count_try
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.pages import Request, own_page

OWN = "One's own account."
THEME_SECONDS = 365 * 24 * 3600


@own_page(OWN, methods=("GET", "POST"))
@awake
def mine(request: Request) -> HttpResponse:
    user = cast(User, request.user)
    initial = {"name": user.name, "zone": user.zone, "language": user.language, "theme": user.theme}
    form = Myself(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        services.change_own_account(user=user, **form.cleaned_data, at=request.at)
        messages.success(request, _("Saved."))
        return with_theme(HttpResponseRedirect(reverse("accounts:mine")), form.cleaned_data["theme"])
    return render(
        request,
        "accounts/mine.html",
        {
            "form": form,
            "account": queries.account_of(request.actor, user),
            "session": session_of_request(request),
        },
        status=422 if form.errors else 200,
    )


@own_page(OWN, methods=("GET", "POST"))
@awake
@fresh
def new_email(request: Request) -> HttpResponse:
    """The same answer whether or not somebody has that address: its mailbox alone learns more."""
    user = cast(User, request.user)
    form = NewEmail(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        email = form.cleaned_data["email"]
        count_try(request, "email", key=email)
        services.wish_email(user=user, email=email, at=request.at)
        messages.success(request, _("A link is on its way to %(email)s. It works for an hour.") % {"email": email})
        return HttpResponseRedirect(reverse("accounts:new_email"))
    context = {"form": form, "wish": queries.email_wish_of(user)}
    return render(request, "accounts/new_email.html", context, status=422 if form.errors else 200)


@own_page(OWN, methods=("POST",))
def theme(request: Request) -> HttpResponse:
    """Light, dark or as the device: from the menu, back to where one was."""
    chosen = request.POST.get("theme", "")
    services.choose_theme(user=cast(User, request.user), theme=chosen)
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return with_theme(HttpResponseRedirect(back if safe else "/"), chosen)


def with_theme(response: HttpResponse, theme: str) -> HttpResponse:
    """Kept in the browser too, so that it is right from the first moment."""
    response.set_cookie("theme", theme, max_age=THEME_SECONDS, samesite="Lax")
    return response


@own_page(OWN, methods=("POST",))
@awake
def close_session(request: Request, session_id: int) -> HttpResponse:
    services.close_session(session_id=session_id, by=request.actor, at=request.at)
    messages.success(request, _("That device is signed out."))
    return HttpResponseRedirect(reverse("accounts:mine") + "#sessions")


@own_page(OWN, methods=("POST",))
def log_out_everywhere(request: Request) -> HttpResponse:
    """Never asks again first: whoever presses this is in a hurry."""
    user = cast(User, request.user)
    services.close_all_sessions(user=user, by=request.actor, why="the person wished so", at=request.at)
    logout(request)
    return HttpResponseRedirect(reverse("account_login"))


@own_page(OWN, methods=("GET", "POST"))
@awake
@fresh
def new_token(request: Request) -> HttpResponse:
    return make_token(request, None, queries.scopes_to_give(request.actor), reverse("accounts:mine"))


def make_token(request: Request, owner: User | None, scopes: list[tuple[str, str]], back: str) -> HttpResponse:
    """The page that makes a token, for oneself or for a program, and shows its secret this once."""
    form = NewToken(request.POST if request.method == "POST" else None, scopes=scopes)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            secret = services.make_token(
                name=asked["name"],
                scopes=asked["scopes"],
                expires_at=request.at + timedelta(days=asked["days"]),
                networks=asked["networks"],
                by=request.actor,
                at=request.at,
                for_user_id=owner.pk if owner else None,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(
                request, "accounts/token_made.html", {"secret": secret, "back": back, "name": asked["name"]}
            )
    context = {"form": form, "owner": owner, "back": back}
    return render(request, "accounts/new_token.html", context, status=422 if form.errors else 200)


@own_page(OWN, methods=("POST",))
@awake
def revoke_token(request: Request, token_id: int) -> HttpResponse:
    services.revoke_token(token_id=token_id, by=request.actor, at=request.at)
    messages.success(request, _("The token is void."))
    back = request.POST.get("back", "")
    return HttpResponseRedirect(
        back if back == reverse("accounts:tokens") else reverse("accounts:mine") + "#tokens"
    )
