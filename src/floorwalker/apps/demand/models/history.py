"""What was: uploads of history, and counts per queue and day."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models.queues import Queue


def counts() -> ArrayField:
    """One value an interval of the local day, null where nothing is known."""
    return ArrayField(models.FloatField(null=True), default=list)


class HistoryUpload(models.Model):
    """A file of history on its way into the store, with an account of every line of it."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        ASKED = "asked", _("waits for an answer")
        READY = "ready", _("waits to be stored")
        STORING = "storing", _("being stored")
        STORED = "stored", _("stored")
        FAILED = "failed", _("not readable")
        DROPPED = "dropped", _("dropped")

    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    system = models.CharField(max_length=60)  # whose names the queues in it bear
    zone = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)  # answers given: dates, step, columns …
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    question = models.JSONField(null=True)  # text, field, choices
    trouble = models.TextField(blank=True)
    found = models.JSONField(null=True)  # table, counts of lines, guesses, reasons, queues
    rejects = models.JSONField(default=list)  # the first lines set aside: line, text, reason, kind
    stored = models.JSONField(null=True)  # rows new, unchanged, replaced; days counted
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class HistoryDay(models.Model):
    """Counts of one queue on one local day, interval by interval. A correction is a new row, the former kept."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="history_days")
    day = models.DateField()
    step_minutes = models.PositiveSmallIntegerField()
    offered = counts()
    answered = counts()
    abandoned = counts()
    handled = counts()
    handling_seconds = counts()
    total = models.FloatField(null=True)  # of what is known of offered
    upload = models.ForeignKey(HistoryUpload, on_delete=models.PROTECT, null=True, related_name="days")
    stored_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["queue", "day"], condition=Q(superseded_at=None), name="demand_history_day_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["queue", "day", "stored_at"])]
