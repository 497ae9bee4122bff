"""What people changed by hand: who, when, why, what it was before and after. The ground of undo."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from floorwalker.apps.schedules.models.shifts import Draft
from floorwalker.apps.schedules.models.weeks import Publication, Week


class Edit(models.Model):
    """One step: the shifts it touched before and after, as plain values, in a draft or in the published week."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="edits")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="edits")
    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, null=True, related_name="edit")
    verb = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    breaches = models.JSONField(default=list)  # sentences of rules that were overridden
    callers = models.FloatField(
        null=True
    )  # more who were expected to abandon by it, below 0 fewer; null: not known
    why = models.CharField(max_length=300, blank=True)
    agreed = models.BooleanField(default=False)  # those it touches said yes to it, says who made it
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["week", "-id"], name="schedules_edit_of_week")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="schedules_edit_somewhere",
                condition=Q(draft__isnull=False, publication=None) | Q(draft=None, publication__isnull=False),
            ),
        ]
