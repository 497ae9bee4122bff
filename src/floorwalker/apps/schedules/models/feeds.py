"""A person's calendar feeds, and when they last looked at their schedule."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Feed(models.Model):
    """One device that may read one agent's shifts by a secret address. Of the secret only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agent = models.ForeignKey("people.Agent", on_delete=models.CASCADE, related_name="feeds")
    device = models.CharField(_("device or calendar"), max_length=80)
    key_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    renewed_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    hour = models.DateTimeField(null=True)  # the clock hour that is counted
    reads = models.PositiveIntegerField(default=0)  # in that hour

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="schedules_feed_hash", condition=Q(key_hash__regex=r"^[0-9a-f]{64}$")),
        ]


class LastLook(models.Model):
    """When an agent last had their schedule before them, so that what changed since can be marked."""

    agent = models.OneToOneField("people.Agent", on_delete=models.CASCADE, related_name="schedule_look")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)  # the look before: reloading a page does not unmark what is new
