"""Jobs as those see them who may."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from floorwalker.kernel.access import Actor, refuse
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.jobs.registry import KINDS, Kind
from floorwalker.kernel.look import JobView, number_words
from floorwalker.kernel.models.job import Job

STATES = {Job.State.QUEUED: "waiting"}  # the others are called alike on pages


def visible(actor: Actor) -> QuerySet[Job]:
    """The jobs an actor may see: their own, and those of the things they may see."""
    if actor.sight(JobPermission.SEE_ALL).everything:
        return Job.objects.all()
    theirs = Q(pk__in=[])
    if actor.user_id is not None:
        theirs |= Q(started_by_user=actor.user_id)
    for kind in KINDS.values():
        if kind.permission is not None and actor.sight(kind.permission).everything:
            theirs |= Q(kind=kind.key)
        elif kind.refs is not None:
            theirs |= Q(kind=kind.key, ref_id__in=kind.refs(actor).values("pk"))
    return Job.objects.filter(theirs)


def started_by(actor: Actor) -> QuerySet[Job]:
    """The jobs an actor has started; without asking what else there is to see."""
    return Job.objects.filter(started_by_user=actor.user_id) if actor.user_id is not None else Job.objects.none()


def the_job(actor: Actor, job_id: int) -> Job:
    """One job, or as if there were none."""
    found = visible(actor).filter(pk=job_id).first()
    return found if found is not None else refuse(actor)


def found(actor: Actor, *, live: bool = False, ref_kind: str = "", ref_id: int | None = None) -> QuerySet[Job]:
    """Those in sight that still run, or are about something, when that is asked for."""
    wanted = Q(state__in=Job.LIVE) if live else Q()
    wanted &= Q(ref_kind=ref_kind) if ref_kind else Q()
    wanted &= Q(ref_id=ref_id) if ref_id is not None else Q()
    return visible(actor).filter(wanted)


def live(actor: Actor) -> QuerySet[Job]:
    """What waits and runs, the newest first."""
    return visible(actor).filter(state__in=Job.LIVE).order_by("-pk")


def ended(actor: Actor) -> QuerySet[Job]:
    """What has ended, however it did."""
    return visible(actor).exclude(state__in=Job.LIVE)


def latest(ref: tuple[str, int]) -> Job | None:
    """The newest job about an object, for the page of that object, which has checked who asks."""
    return Job.objects.filter(ref_kind=ref[0], ref_id=ref[1]).order_by("-pk").first()


def view(job: Job, facts: Iterable[tuple[Any, Any]] = ()) -> JobView:
    """A job for ``{% job view %}``, with what else the page has to say about it."""
    kind = KINDS.get(job.kind)
    spent = None
    if job.started_at is not None:
        spent = ((job.ended_at or job.heartbeat_at or job.started_at) - job.started_at).total_seconds()
    return JobView(
        key=str(job.pk),
        title=job.title,
        state=STATES.get(Job.State(job.state), job.state),
        share=1.0 if job.state == Job.State.DONE else job.share,
        best=_amount(job.best, kind),
        bound=_amount(job.bound, kind),
        seconds_left=max(0.0, job.seconds) if job.live and job.seconds is not None else None,
        seconds_spent=spent,
        started=job.started_at,
        step=job.text if job.live else "",
        text=job.failure,
        stop_url=reverse("kernel:job_stop", args=[job.pk]) if job.live else "",
        stream_url=reverse("kernel:job_live", args=[job.pk]) if job.live else "",
        poll_url=reverse("kernel:job", args=[job.pk]) if job.live else "",
        result_url=kind.url(job.ref_id) if kind is not None and kind.url is not None else "",
        facts=tuple(facts),
    )


def _amount(value: float | None, kind: Kind | None) -> str:
    """“460.5 weighted hours”; nothing while it is not known."""
    if value is None:
        return ""
    return f"{number_words(value, digits=1)} {kind.unit if kind else ''}".rstrip()
