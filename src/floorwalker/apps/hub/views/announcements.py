"""Pages of announcements."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.hub import forms, queries, services
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.views.tabs import hub_tabs
from floorwalker.kernel import jobs
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.look import Column, Tab
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import cursors
from floorwalker.kernel.picking import offers

MISSING_COLUMNS = [
    Column("name", gettext_lazy("Who")),
    Column("team", gettext_lazy("Team")),
    Column("read", gettext_lazy("Opened"), kind="status"),
]


@page(P.READ_NEWS)
def news(request: Request) -> HttpResponse:
    """What was announced to me; for who announces also what they and others there have."""
    side = request.GET.get("side", "")
    announces = request.actor.may(P.ANNOUNCE)
    if side not in ("", "made") or (side and not announces):
        raise NotFound
    sides = [("", _("To you")), ("made", _("Where you announce"))] if announces else []
    context = {
        "found": queries.news(request.actor, side, **cursors(request.GET)),
        "announces": announces,
        "sides": [Tab(label, f"{reverse('hub:news')}?side={key}", key == side) for key, label in sides],
        "unread": queries.unread(request.actor),
        "tabs": hub_tabs(request.actor, "hub:news"),
    }
    return render(request, "hub/news.html", context)


@page(P.ANNOUNCE, methods=("GET", "POST"))
def announce(request: Request) -> HttpResponse:
    form = forms.AnnounceForm(request.POST or None, actor=request.actor)
    if offered := offers(request, form):
        return offered
    if request.method == "POST" and form.is_valid():
        try:
            found = services.announce(**form.announced(), by=request.actor, at=request.at)
        except NotFound:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is going out to everybody there."))
            return redirect("hub:announcement", found.pk)
    return render(request, "hub/announce.html", {"form": form}, status=422 if form.errors else 200)


@page(P.READ_NEWS, P.ANNOUNCE)
def announcement(request: Request, announcement_id: int) -> HttpResponse:
    """One of them; opening it counts as having read it."""
    found = queries.the_announcement_shown(request.actor, announcement_id)
    if request.method == "GET":
        services.note_read(announcement=found, by=request.actor, at=request.at)
    return _shown(request, found)


def _shown(request: Request, found: Any, **tried: django_forms.Form) -> HttpResponse:
    actor = request.actor
    line = queries.news_line(actor, found)
    counts = line.mine or queries.visible_announcements(actor, P.ANNOUNCE).filter(pk=found.pk).exists()
    job = jobs.latest(("hub.announcement", found.pk)) if line.mine and found.state == "going_out" else None
    context = {
        "line": line,
        "news": found,
        "receipt": queries.my_receipt(actor, found),
        "reading": queries.reading(found) if counts else None,
        "missing": queries.not_confirmed(actor, found, **cursors(request.GET)),
        "columns": MISSING_COLUMNS,
        "job": jobs.view(job) if job else None,
        "withdraw": forms.WithdrawForm() if line.mine and found.withdrawn_at is None else None,
    }
    return render(request, "hub/announcement.html", context | tried, status=422 if tried else 200)


@page(P.READ_NEWS, methods=("POST",))
def confirm(request: Request, announcement_id: int) -> HttpResponse:
    services.confirm(announcement_id=announcement_id, by=request.actor, at=request.at)
    messages.success(request, _("Confirmed. Thank you."))
    return redirect("hub:announcement", announcement_id)


@page(P.ANNOUNCE, methods=("POST",))
def withdraw(request: Request, announcement_id: int) -> HttpResponse:
    found = queries.the_announcement(request.actor, announcement_id, P.ANNOUNCE)
    form = forms.WithdrawForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, withdraw=form)
    services.withdraw(
        announcement_id=announcement_id, why=form.cleaned_data["why"], by=request.actor, at=request.at
    )
    messages.success(request, _("Withdrawn; its readers no longer see it."))
    return redirect("hub:announcement", announcement_id)
