"""A roster made by the solver: what it was asked, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.schedules.models.shifts import Draft
from floorwalker.apps.schedules.models.weeks import Week


class Run(models.Model):
    """``problem`` holds everything the work reads, as it was at the start: a run begun again answers the same."""

    class State(models.TextChoices):
        RUNNING = "running", _("working")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped, the best so far kept")
        INFEASIBLE = "infeasible", _("rules clash")
        FAILED = "failed", _("failed")

    class Effort(models.TextChoices):
        QUICK = "quick", _("quick: a first roster, a little improved")
        USUAL = "usual", _("usual")
        THOROUGH = "thorough", _("thorough: until nothing better is found for long")

    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="runs")
    effort = models.CharField(_("how hard to search"), max_length=8, choices=Effort.choices, default=Effort.USUAL)
    seed = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    problem = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    job_id = models.BigIntegerField(null=True)
    fence = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)  # figures, clashes and repairs in words, by queue
    paid_hours = models.FloatField(null=True)
    short_hours = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, null=True, related_name="run")
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)
    started_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["week", "-id"], name="schedules_run_of_week")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="schedules_run_ends",
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
            ),
        ]
