"""How good each source has been, and the statements issued about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models.queues import Queue
from floorwalker.apps.people.models import Client


class RecordDay(models.Model):
    """What one source had said about a day or a week, ``lead_days`` before it, and what came."""

    class Source(models.TextChoices):
        STATISTICAL = "statistical", _("Our statistics")
        CLIENT = "client", _("The client")
        BLEND = "blend", _("Blend by record")
        PLANNER = "planner", _("With the planner's changes")

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="record_days")
    day = models.DateField()
    days = models.PositiveSmallIntegerField(default=1)
    lead_days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12, choices=Source.choices)
    expected = models.FloatField()
    actual = models.FloatField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["queue", "day", "days", "lead_days", "source"], name="demand_record_day_once"
            )
        ]


class Statement(models.Model):
    """A month's account between a client and us. Once issued the database refuses to change it.

    ``body`` is canonical JSON; made again from the stored versions as of ``issued_at`` it is the same text.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="statements")
    month = models.DateField()
    number = models.PositiveIntegerField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    labels = models.JSONField(default=dict)  # names as they were on that day
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    issued_by = models.CharField(max_length=200)
    issued_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "number"], name="demand_statement_number_once"),
            models.UniqueConstraint(
                fields=["client", "month"], condition=Q(corrects=None), name="demand_statement_first_once"
            ),
            models.CheckConstraint(name="demand_statement_corrects_other", condition=~Q(corrects=F("id"))),
        ]
