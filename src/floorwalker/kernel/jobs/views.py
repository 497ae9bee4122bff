"""Pages of background work: mine, one, its stream, and the button that stops it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.access import Actor
from floorwalker.kernel.events import seeing as events
from floorwalker.kernel.jobs import seeing, starting
from floorwalker.kernel.live.hub import Message, apart
from floorwalker.kernel.live.streams import Said, event, stream
from floorwalker.kernel.look import Column
from floorwalker.kernel.pages import Door, Request, own_page
from floorwalker.kernel.paging import cursors, page_of

OWN = "everybody sees the work they started themselves, and that of the things they see"


@own_page(OWN)
def jobs(request: Request) -> HttpResponse:
    """Background work: what runs first, then what has ended."""
    ended = page_of(
        seeing.ended(request.actor),
        ["-pk"],
        **cursors(request.GET),
    )
    context = {
        "live": [seeing.view(job) for job in seeing.live(request.actor)],
        "page": ended,
        "ended": [(job, seeing.view(job)) for job in ended.items],
        "failing": events.failing(request.actor).count(),
        "columns": [
            Column("title", _("Work")),
            Column("state", _("State"), kind="status"),
        ],
    }
    return render(request, "kernel/jobs.html", context)


@own_page(OWN)
def job(request: Request, job_id: int) -> HttpResponse:
    """One piece of work; also what a page without a stream asks every few seconds."""
    return render(request, "kernel/job.html", {"job": seeing.view(seeing.the_job(request.actor, job_id))})


@own_page(OWN)
def job_status(request: Request, job_id: int) -> HttpResponse:
    """How far it is, for programs."""
    found = seeing.the_job(request.actor, job_id)
    names = ("state", "share", "best", "bound", "seconds", "text", "failure")
    return JsonResponse({"id": found.pk} | {name: getattr(found, name) for name in names})


@own_page(OWN, methods=("POST",))
def job_stop(request: Request, job_id: int) -> HttpResponse:
    """Stop it, keeping the best it has, and go back to where one was."""
    starting.stop(job_id, by=request.actor, at=request.at)
    back = request.headers.get("Referer", "")
    if back and url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("kernel:job", job_id)


async def job_live(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """A stream of the job's body, rendered anew with each step, until it has ended."""
    token, language = get_token(request), translation.get_language() or "en"
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def body() -> tuple[str, bool]:
        with translation.override(language), timezone.override(actor.zone):
            view = seeing.view(seeing.the_job(actor, job_id))
            return render_to_string("ui/job_body.html", {"job": view, "csrf_token": token}), view.live

    async def say(_message: Message | None) -> Said:
        text, live = await apart(body)
        return Said(event(text), last=not live)

    return await stream(request, [f"job:{job_id}"], say)


job_live.door = Door(own=OWN)  # type: ignore[attr-defined]
