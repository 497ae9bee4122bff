"""A job from the worker's hand to its end."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.kernel import live
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.jobs.fence import LateTwin
from floorwalker.kernel.jobs.registry import KINDS
from floorwalker.kernel.jobs.running import Interrupted, Running, Stopped, WorkFailed, unexpected
from floorwalker.kernel.jobs.telling import tell_of_the_end
from floorwalker.kernel.models.job import Job
from floorwalker.kernel.models.kept import Kept

log = logging.getLogger(__name__)

# These say nothing about the job: it is tried again.
NOT_ITS_FAULT = (Interrupted, InterfaceError, OperationalError)


def run(job_id: int) -> None:
    """Run a job to its end. Called again after a killed worker or a lost database its body starts from its
    beginning, and its work from what it has kept."""
    running = take_over(job_id)
    if running is None:
        return
    state, failure = Job.State.DONE, ""
    try:
        KINDS[Job.objects.get(pk=job_id).kind].body(running)
    except NOT_ITS_FAULT:
        raise
    except LateTwin as late:
        log.warning("%s", late)
        return
    except Stopped:
        state = Job.State.STOPPED
    except (WorkFailed, Refused) as error:
        state, failure = Job.State.FAILED, str(error)
    except Exception as error:
        log.exception("job %s failed", job_id)
        state, failure = Job.State.FAILED, unexpected(job_id, f"{type(error).__name__}: {error}")
    end(running, state, failure)


@transaction.atomic
def take_over(job_id: int) -> Running | None:
    """Become the run that may write; nothing when the job has ended or was stopped before it began."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    if not job.live:
        return None
    now = timezone.now()
    if job.kind not in KINDS:
        job.state, job.ended_at = Job.State.FAILED, now
        job.failure = _("This version does not know the work %(kind)s any more.") % {"kind": job.kind}
    elif job.stop_requested_at is not None and job.fence == 0:
        job.state, job.ended_at = Job.State.STOPPED, now
    else:
        job.state = Job.State.RUNNING if job.stop_requested_at is None else Job.State.STOPPING
        job.fence += 1
        job.started_at = job.started_at or now
        job.heartbeat_at = now
        if Kept.objects.filter(job=job).exists():
            job.text = _("The program was interrupted; this goes on from the best so far.")
        else:
            job.share = job.seconds = job.best = job.bound = None
            job.text = ""
    job.save()
    live.tell(f"job:{job.pk}")
    return Running(job, KINDS[job.kind].memory_mb) if job.live else None


@transaction.atomic
def end(running: Running, state: str, failure: str) -> None:
    """Note how a job ended, unless another run has taken over. What was stopped is never called done."""
    now = timezone.now()
    job = Job.objects.select_for_update(no_key=True).get(pk=running.job_id)
    if job.fence != running.fence.number or not job.live:
        log.warning("job %s: run %s ended after another had taken over", job.pk, running.fence.number)
        return
    stopped = job.stop_requested_at is not None and state == Job.State.DONE
    job.state = Job.State.STOPPED if stopped else state
    job.failure = failure
    job.heartbeat_at = job.ended_at = now
    job.save(update_fields=["state", "failure", "heartbeat_at", "ended_at"])
    Kept.objects.filter(job=job).delete()
    tell_of_the_end(job)
