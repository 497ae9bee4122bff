"""Long work: what it is about, how far it is, and who may still write its result."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of background work somebody started and can watch and stop."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        STOPPING = "stopping", _("stopping")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    LIVE = (State.QUEUED, State.RUNNING, State.STOPPING)

    kind = models.CharField(max_length=60)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)

    best = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    share = models.FloatField(null=True)  # of the work, 0 to 1
    seconds = models.FloatField(null=True)  # the work says it still takes
    text = models.CharField(max_length=300, blank=True)

    started_by_kind = models.CharField(max_length=10)
    started_by_id = models.BigIntegerField(null=True)
    started_by_name = models.CharField(max_length=200)
    started_by_user = models.BigIntegerField(null=True)

    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    stop_requested_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    # Raised by each run that takes the job over; a run that holds an older number may write nothing any more.
    fence = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["started_by_user", "-id"], name="kernel_job_of_user"),
            models.Index(fields=["ref_kind", "ref_id", "-id"], name="kernel_job_ref"),
            models.Index(
                fields=["-id"],
                condition=Q(state__in=["queued", "running", "stopping"]),
                name="kernel_job_live",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="kernel_job_share", condition=Q(share=None) | Q(share__gte=0, share__lte=1)
            ),
            models.CheckConstraint(
                name="kernel_job_ends",
                condition=Q(state__in=["queued", "running", "stopping"], ended_at=None)
                | Q(state__in=["done", "stopped", "failed"], ended_at__isnull=False),
            ),
            models.CheckConstraint(name="kernel_job_says_why", condition=~Q(state="failed") | ~Q(failure="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def live(self) -> bool:
        """There is more to come."""
        return self.state in self.LIVE
