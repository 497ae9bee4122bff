"""Calendar addresses of an agent, and the calendar that lies behind one."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.forms import FeedForm
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.feeds import calendar as calendar_of
from floorwalker.apps.schedules.queries.feeds import visible_feeds
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.pages import Request, page, public_page

WHY_PUBLIC = "a calendar program cannot sign in; the 256-bit key in the address is what opens it"


@page(P.SEE_OWN, methods=("GET", "POST"))
def feeds(request: Request) -> HttpResponse:
    """The addresses there are; a new one shows its secret this once."""
    form = FeedForm(request.POST or None)
    opened = None
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_feed(device=form.cleaned_data["device"], by=request.actor, at=request.at)
            form = FeedForm()
        except Refused as said:
            form.add_error(None, str(said))
            status = said.status
    return _shown(request, form, opened, status)


@page(P.SEE_OWN, methods=("POST",))
def renew(request: Request, feed_id: UUID) -> HttpResponse:
    opened = services.renew_feed(feed_id=feed_id, by=request.actor, at=request.at)
    return _shown(request, FeedForm(), opened, 200)


@page(P.SEE_OWN, methods=("POST",))
def revoke(request: Request, feed_id: UUID) -> HttpResponse:
    services.revoke_feed(feed_id=feed_id, by=request.actor, at=request.at)
    messages.success(request, _("Switched off. The old address opens nothing any more."))
    return redirect("schedules:feeds")


@public_page(WHY_PUBLIC)
def calendar(request: Request, feed_id: UUID) -> HttpResponse:
    """The calendar. The key travels in the query, which our logs do not hold."""
    try:
        feed = services.read_feed(feed_id=feed_id, key=request.GET.get("key", ""), at=request.at)
    except Refused as refused:
        return _bare(HttpResponse(str(refused), content_type="text/plain; charset=utf-8", status=refused.status))
    body = calendar_of(feed.agent, request.at)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = tag
    return _bare(answer)


def _bare(answer: HttpResponse) -> HttpResponse:
    """Neither kept on the way nor found by a search engine."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _shown(request: Request, form: FeedForm, opened: services.Opened | None, status: int) -> HttpResponse:
    address = ""
    if opened:
        path = reverse("schedules:calendar", args=[opened.feed.pk])
        address = f"{request.build_absolute_uri(path)}?key={opened.key}"
    context = {
        "form": form,
        "feeds": visible_feeds(request.actor).order_by("made_at"),
        "opened": opened,
        "address": address,
    }
    answer = render(request, "schedules/feeds.html", context, status=status)
    return _bare(answer) if opened else answer
