"""What the kernel does in the background: runs jobs, delivers events, rescues what a killed worker left."""

from __future__ import annotations

from datetime import datetime, timedelta

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job as Queued
from procrastinate.jobs import Status

from floorwalker.kernel import jobs
from floorwalker.kernel.audit import checking, heads
from floorwalker.kernel.audit.permissions import AuditPermission
from floorwalker.kernel.events import delivery
from floorwalker.kernel.events.announcing import DELIVER
from floorwalker.kernel.jobs import life, worker
from floorwalker.kernel.jobs.registry import LONG, QUICK, every
from floorwalker.kernel.jobs.running import Interrupted
from floorwalker.kernel.jobs.starting import RUN
from floorwalker.kernel.notices import mailing

LONGEST_PAUSE_SECONDS = 3600
TRIES = 34  # the first dozen in two hours, then one an hour
FORGET_AFTER = timedelta(days=30)


class Patiently(BaseRetryStrategy):
    """Again after two seconds, four, eight, up to an hour; for ever where ``attempts`` is none."""

    def __init__(self, *, only: tuple[type[Exception], ...] = (Exception,), attempts: int | None = None) -> None:
        self.only = only
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Queued) -> RetryDecision | None:
        if isinstance(exception, Interrupted):
            return RetryDecision(retry_in={"seconds": 0})
        if not isinstance(exception, self.only) or (self.attempts is not None and job.attempts >= self.attempts):
            return None
        return RetryDecision(retry_in={"seconds": min(LONGEST_PAUSE_SECONDS, 2 ** min(12, job.attempts + 1))})


@app.task(name=RUN, queue=LONG, retry=Patiently(only=life.NOT_ITS_FAULT))
def run_job(job_id: int) -> None:
    life.run(job_id)


@app.task(name=DELIVER, queue=QUICK, retry=Patiently(), pass_context=True)
def deliver(context: JobContext, event_id: int) -> None:
    """Tried for about a day; then it waits for an administrator."""
    try:
        delivery.deliver(event_id)
    except delivery.Undelivered:
        if context.job.attempts + 1 < TRIES:
            raise
        delivery.give_up(event_id)


@app.periodic(cron="* * * * * */5")
@app.task(name="kernel.rescue", queue=QUICK, queueing_lock="kernel.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Queue again what was in the hands of a worker that gives no sign of life; the timetable gives the time."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=worker.STALLED_SECONDS):
        try:
            await manager.retry_job(stalled)
        except UniqueViolation:  # the timetable has queued its like since; others still need rescue
            await manager.finish_job(stalled, Status.ABORTED, delete_job=True)


@jobs.every("*/10 * * * *", "kernel.note_audit_head")
def note_audit_head(at: datetime) -> None:
    heads.note(at)


@jobs.every("17 3 * * *", "kernel.verify_audit")
def verify_audit(at: datetime) -> None:
    checking.verified(at)


@jobs.every("43 3 * * *", "kernel.forget_events")
def forget_events(at: datetime) -> None:
    """What was delivered long ago serves nobody; what happened is in the audit."""
    delivery.forget(at - FORGET_AFTER)


jobs.job(checking.CHECK, permission=AuditPermission.READ_ALL)(checking.check)


@every("* * * * *", name="kernel.send_notices")
def send_notices(at: datetime) -> None:
    """Every minute: letters that are due."""
    mailing.send_due(at)
