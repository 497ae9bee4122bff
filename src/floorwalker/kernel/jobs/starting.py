"""Start a job, and ask one to stop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel import live
from floorwalker.kernel.access import SYSTEM, Actor, refuse
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.jobs.registry import KINDS, LONG
from floorwalker.kernel.jobs.seeing import the_job
from floorwalker.kernel.models.job import Job

RUN = "kernel.run_job"
ASKED_FOR, BY_ITSELF = 10, 0  # who waits in front of a page comes before what the suite does of itself


class JobHasEnded(Refused):
    """A job that has ended cannot be stopped."""

    code = "job_has_ended"
    status = 409
    text = _("This work has already ended: {title}.")


@transaction.atomic
def start(kind: str, *, ref: tuple[str, int], title: Any, by: Actor, at: datetime, lock: str | None = None) -> Job:
    """Start a job about ``ref`` in the caller's transaction; it runs once that is committed.

    Jobs with the same ``lock`` run one after the other. What somebody asked for is begun before what only the
    system wants; nothing that runs is interrupted for it.
    """
    from procrastinate.contrib.django import app

    if kind not in KINDS:
        raise LookupError(f"no tasks.py registers the job {kind!r}")
    job = Job.objects.create(
        kind=kind,
        ref_kind=ref[0],
        ref_id=ref[1],
        title=str(title)[:300],
        started_by_kind=by.kind,
        started_by_id=by.id,
        started_by_name=by.name[:200],
        started_by_user=by.user_id,
        created_at=at,
    )
    priority = BY_ITSELF if by == SYSTEM else ASKED_FOR
    app.configure_task(RUN, queue=LONG, lock=lock, priority=priority).defer(job_id=job.pk)
    return job


@transaction.atomic
def stop(job_id: int, *, by: Actor, at: datetime) -> Job:
    """Ask a job to end with the best it has. Who started it may, and who runs the installation."""
    job = Job.objects.select_for_update(no_key=True).get(pk=the_job(by, job_id).pk)
    own = by.user_id is not None and job.started_by_user == by.user_id
    if not own and not by.sight(JobPermission.STOP_ALL).everything:
        refuse(by)
    if not job.live:
        raise JobHasEnded(title=job.title)
    if job.stop_requested_at is None:
        job.stop_requested_at = at
        waiting = job.state == Job.State.QUEUED
        job.state = Job.State.STOPPED if waiting else Job.State.STOPPING
        job.ended_at = at if waiting else None
        job.save(update_fields=["stop_requested_at", "state", "ended_at"])
        live.tell(f"job:{job.pk}")
    return job
