"""The fence: of two runs of one job only the later may write."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from floorwalker.kernel.models.job import Job


class LateTwin(Exception):
    """Another run of this job has taken over, or the job has ended: this one may write nothing any more."""


@dataclass(frozen=True)
class Fence:
    """The right to write for a job, held by one run of it."""

    job: int
    number: int

    def hold(self) -> None:
        """First line of the transaction that writes a result; no other run can take over until it ends."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("the fence is held in the transaction that writes")
        held = Job.objects.select_for_update(no_key=True).filter(
            pk=self.job, fence=self.number, state__in=[Job.State.RUNNING, Job.State.STOPPING]
        )
        if not held.exists():
            raise LateTwin(f"job {self.job}: run {self.number} is not the one that may write")
