"""The administrator's pages: who can sign in, which roles they hold, which programs hold a token."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.accounts import queries, scopes, services
from floorwalker.apps.accounts.entrance.doors import fresh
from floorwalker.apps.accounts.forms import Invitation, RoleToGive, Search, ServiceAccount
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.apps.accounts.refusals import EmailTaken
from floorwalker.apps.accounts.views.account import make_token
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.roles import Role

BOTH = ("GET", "POST")
USER_COLUMNS = [
    Column("name", _("Name")),
    Column("email", _("E-mail")),
    Column("roles", _("Roles")),
    Column("factor", _("Second factor"), "status"),
    Column("seen", _("Last seen")),
]
TOKEN_COLUMNS = [
    Column("name", _("Token")),
    Column("owner", _("Owner")),
    Column("scopes", _("May")),
    Column("used", _("Last used")),
    Column("expires", _("Good until")),
    Column("action", ""),
]


def _may(request: Request) -> dict[str, bool]:
    """What the page offers."""
    return {"may_manage": request.actor.may(P.MANAGE_USERS), "may_give": request.actor.may(P.GIVE_ROLES)}


@page(P.SEE_USERS)
def users(request: Request) -> HttpResponse:
    form = Search(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    found = queries.list_users(request.actor, **cursors(request.GET), **filters)
    return render(
        request, "accounts/users.html", {"form": form, "found": found, "columns": USER_COLUMNS, **_may(request)}
    )


@page(P.MANAGE_USERS, methods=BOTH)
def invite(request: Request) -> HttpResponse:
    form = Invitation(request.POST if request.method == "POST" else None, initial={"zone": request.actor.zone})
    if form.is_valid():
        try:
            user = services.invite(**form.cleaned_data, by=request.actor, at=request.at)
        except EmailTaken as taken:
            form.add_error("email", str(taken))
        else:
            messages.success(request, _("Invited. Now give them their roles."))
            return HttpResponseRedirect(reverse("accounts:user", args=[user.pk]))
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@page(P.MANAGE_USERS, methods=BOTH)
def new_service_account(request: Request) -> HttpResponse:
    form = ServiceAccount(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            user = services.create_service_account(**form.cleaned_data, by=request.actor, at=request.at)
        except EmailTaken as taken:
            form.add_error("email", str(taken))
        else:
            return HttpResponseRedirect(reverse("accounts:user", args=[user.pk]))
    return render(request, "accounts/new_service_account.html", {"form": form}, status=422 if form.errors else 200)


@page(P.SEE_USERS)
def user(request: Request, user_id: int) -> HttpResponse:
    shown = queries.user_page(request.actor, user_id)
    form = RoleToGive(places=queries.places_of_roles())
    return render(request, "accounts/user.html", {"shown": shown, "form": form, **_may(request)})


@page(P.GIVE_ROLES, methods=("POST",))
@fresh
def give_role(request: Request, user_id: int) -> HttpResponse:
    form = RoleToGive(request.POST, places=queries.places_of_roles())
    if form.is_valid():
        role, _at, place = form.cleaned_data["held"].partition("@")
        scope, scope_id = scopes.parse(place)
        try:
            services.give_role(
                user_id=user_id, role=Role(role), scope=scope, scope_id=scope_id, by=request.actor, at=request.at
            )
        except Refused as refused:
            if refused.status == 404:
                raise
            form.add_error("held", str(refused))
        else:
            messages.success(request, _("Given. It counts from now on."))
            return _to(user_id)
    shown = queries.user_page(request.actor, user_id)
    return render(request, "accounts/user.html", {"shown": shown, "form": form, **_may(request)}, status=422)


@page(P.GIVE_ROLES, methods=("POST",))
@fresh
def take_role(request: Request, user_id: int, role_held_id: int) -> HttpResponse:
    services.take_role(role_held_id=role_held_id, by=request.actor, at=request.at)
    messages.success(request, _("Taken back; they are signed out and begin anew with what is left."))
    return _to(user_id)


@page(P.MANAGE_USERS, methods=("POST",))
def invite_again(request: Request, user_id: int) -> HttpResponse:
    services.invite_again(user_id=user_id, by=request.actor, at=request.at)
    messages.success(request, _("The invitation is on its way again; the one before is void."))
    return _to(user_id)


@page(P.MANAGE_USERS, methods=("POST",))
@fresh
def help_back_in(request: Request, user_id: int) -> HttpResponse:
    lost = request.POST.get("lost_factors") == "yes"
    services.help_back_in(user_id=user_id, lost_factors=lost, by=request.actor, at=request.at)
    messages.success(request, _("A link to choose a new password is on its way to them."))
    return _to(user_id)


@page(P.MANAGE_USERS, methods=("POST",))
def disable(request: Request, user_id: int) -> HttpResponse:
    """Never asks again first: shutting somebody out may not wait."""
    services.disable(user_id=user_id, by=request.actor, at=request.at)
    messages.success(request, _("Shut out; their sessions have ended."))
    return _to(user_id)


@page(P.MANAGE_USERS, methods=("POST",))
@fresh
def enable(request: Request, user_id: int) -> HttpResponse:
    services.enable(user_id=user_id, by=request.actor, at=request.at)
    messages.success(request, _("They may sign in again."))
    return _to(user_id)


def _to(user_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts:user", args=[user_id]))


@page(P.SEE_TOKENS)
def tokens(request: Request) -> HttpResponse:
    found = queries.list_tokens(request.actor, P.SEE_TOKENS)
    return render(request, "accounts/tokens.html", {"tokens": found, "columns": TOKEN_COLUMNS})


@page(P.MANAGE_USERS, methods=BOTH)
@fresh
def token_for_program(request: Request, user_id: int) -> HttpResponse:
    owner = queries.the_service_account(request.actor, user_id)
    back = reverse("accounts:user", args=[user_id])
    return make_token(request, owner, queries.scopes_to_give(queries.actor_of(owner)), back)


@page(P.SEE_USERS)
def who_may_what(request: Request) -> HttpResponse:
    return render(request, "accounts/who_may_what.html", {"table": queries.who_may_what()})
