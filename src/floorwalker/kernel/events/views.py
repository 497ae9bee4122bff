"""What should have followed and failed, in the browser of who runs the installation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.events import retrying, seeing
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Request, page
from floorwalker.kernel.paging import page_of

COLUMNS = (
    Column("reaction", _("What failed")),
    Column("state", _("State"), kind="status"),
)


@page(JobPermission.SEE_ALL)
def reactions(request: Request) -> HttpResponse:
    """What failed, newest event first: tried again by itself for a day, then waiting for a word."""
    found = seeing.failing(request.actor)
    context = {
        "page": page_of(found, ["-pk"], after=request.GET.get("after", ""), before=request.GET.get("before", "")),
        "waiting": found.filter(event__given_up_at__isnull=False).count(),
        "columns": COLUMNS,
        "may_retry": request.actor.may(JobPermission.RETRY_REACTIONS),
    }
    return render(request, "kernel/reactions.html", context)


@page(JobPermission.RETRY_REACTIONS, methods=("POST",))
def reactions_retry(request: Request, event_id: int) -> HttpResponse:
    """Have it tried again now."""
    retrying.retry(event_id, by=request.actor, at=request.at)
    messages.success(request, _("It is tried again now. Look again in a moment."))
    return redirect("kernel:reactions")
