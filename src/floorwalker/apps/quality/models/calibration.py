"""Tables of calibration: one contact scored by several, blind to each other, and what was agreed afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models.conversations import Conversation
from floorwalker.apps.quality.models.forms import Form, FormVersion


class Calibration(models.Model):
    """A contact that several score to see how far they agree; it never counts for its agent."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="calibrations")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    due = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)  # coefficients and items, as the job computed them

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="quality_calibration_closes",
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="quality_calibration_due")]


class CalibrationScore(models.Model):
    """What one participant answered; nobody else's to see before the calibration is closed."""

    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="scores")
    participant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    scored_at = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    all_points = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calibration", "participant"], name="quality_calibrates_once"),
            models.CheckConstraint(
                name="quality_calibration_scored",
                condition=Q(scored_at=None, score=None) | Q(scored_at__isnull=False, score__isnull=False),
            ),
        ]


class Reading(models.Model):
    """How an item is read from now on: written down after a calibration, shown with the form."""

    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="readings")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="readings")
    item_key = models.CharField(max_length=60)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calibration", "item_key"], name="quality_reading_once"),
            models.CheckConstraint(name="quality_reading_says_something", condition=~Q(text="")),
        ]
