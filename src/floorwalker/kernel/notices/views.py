"""Pages of a person's own notices."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.notices import reading
from floorwalker.kernel.notices.forms import WishesForm
from floorwalker.kernel.pages import Request, own_page
from floorwalker.kernel.paging import cursors

MINE = "everybody reads their own notices"


@own_page(MINE)
def notices(request: Request) -> HttpResponse:
    """What I was told, the newest first."""
    told, found = reading.mine(request.actor, **cursors(request.GET))
    context = {"notices": told, "page": found, "unread": reading.unread(request.actor)}
    return render(request, "kernel/notices.html", context)


@own_page(MINE, methods=("POST",))
def read_all(request: Request) -> HttpResponse:
    reading.mark_all_read(request.actor, request.at)
    return redirect("kernel:notices")


@own_page(MINE, methods=("POST",))
def read_one(request: Request, notice_id: int) -> HttpResponse:
    """Open what a notice is about, and mark it as read."""
    url = reading.opened(request.actor, notice_id, request.at)
    if url is None:
        raise NotFound
    return redirect(url)


@own_page(MINE, methods=("GET", "POST"))
def wishes(request: Request) -> HttpResponse:
    """How I wish to be told."""
    form = WishesForm(request.POST or None, wishes=reading.wishes(request.actor))
    if request.method == "POST" and form.is_valid():
        for kind, mail in form.cleaned_data.items():
            reading.wish(request.actor, kind, mail)
        return redirect("kernel:notice_wishes")
    return render(request, "kernel/notice_wishes.html", {"form": form}, status=422 if form.errors else 200)
