"""Jobs as those see them who may."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from floorwalker.kernel.access import Actor, refuse
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.jobs.registry import KINDS
from floorwalker.kernel.look import JobView
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


def the_job(actor: Actor, job_id: int) -> Job:
    """One job, or as if there were none."""
    found = visible(actor).filter(pk=job_id).first()
    return found if found is not None else refuse(actor)


def running_first(actor: Actor) -> QuerySet[Job]:
    """What still runs before what has ended, each the newest first."""
    ended = Case(When(state__in=Job.LIVE, then=Value(0)), default=Value(1), output_field=IntegerField())
    return visible(actor).order_by(ended, "-pk")


def latest(ref: tuple[str, int]) -> Job | None:
    """The newest job about an object, for the page of that object, which has checked who asks."""
    return Job.objects.filter(ref_kind=ref[0], ref_id=ref[1]).order_by("-pk").first()


def view(job: Job, **facts: object) -> JobView:
    """A job for the component ``ui/job.html``; ``result_url`` and the like are the domain's to add."""
    spent = None
    if job.started_at is not None:
        spent = ((job.ended_at or job.heartbeat_at or job.started_at) - job.started_at).total_seconds()
    return JobView(
        key=f"job-{job.pk}",
        title=job.title,
        state=STATES.get(Job.State(job.state), job.state),
        share=1.0 if job.state == Job.State.DONE else job.share,
        best="" if job.best is None else job.best,
        bound="" if job.bound is None else job.bound,
        seconds_left=job.seconds if job.live else None,
        seconds_spent=spent,
        started=job.started_at,
        step=job.text if job.live else "",
        text=job.failure,
        stop_url=reverse("kernel:job_stop", args=[job.pk]) if job.live else "",
        stream_url=f"{reverse('kernel:live')}?topic=job:{job.pk}" if job.live else "",
        poll_url=reverse("kernel:job_status", args=[job.pk]) if job.live else "",
        **facts,  # type: ignore[arg-type]
    )
