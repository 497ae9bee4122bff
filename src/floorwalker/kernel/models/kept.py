"""What the work of a job has kept so far, for the run that takes over when its worker dies."""

from __future__ import annotations

from django.db import models

from floorwalker.kernel.models.job import Job


class Kept(models.Model):
    """The last state a work gave to be kept; gone with the end of its job.

    Apart from the job, which is read every second and by every list.
    """

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="kept")
    call = models.CharField(max_length=200)
    # Another version may read it differently, so only the one that wrote it goes on from it.
    version = models.CharField(max_length=40)
    plain = models.JSONField()
    fence = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "kept"

    def __str__(self) -> str:
        return f"kept of job {self.job_id}"
