"""Kinds of jobs that test and worker share."""

from __future__ import annotations

from django.utils import timezone

from floorwalker.kernel import jobs
from floorwalker.kernel.models import AnnouncedEvent, Job

RESULT = "tests.result"


@jobs.job("tests.count_on")
def count_on(running: jobs.Running) -> None:
    """As below, but going on from what an earlier run has kept."""
    steps = Job.objects.get(pk=running.job_id).ref_id
    result = running.in_child("tests.kernel.jobs.sums:count_on", {"steps": steps, "seconds": 0.05})
    with running.write():
        AnnouncedEvent.objects.create(name=RESULT, body=result, delivered_at=timezone.now())


@jobs.job("tests.count")
def count(running: jobs.Running) -> None:
    """Count to a hundred in five seconds and keep the count."""
    steps = Job.objects.get(pk=running.job_id).ref_id
    result = running.in_child("tests.kernel.jobs.sums:count", {"steps": steps, "seconds": 0.05})
    with running.write():
        AnnouncedEvent.objects.create(name=RESULT, body=result, delivered_at=timezone.now())
