"""The table of promises."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Promise(models.Model):
    """Something one person owes another by a moment. It ends once: kept, late, broken or withdrawn."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("kept")
        LATE = "late", _("kept late")
        BROKEN = "broken", _("broken")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kind = models.CharField(max_length=60)
    ref_kind = models.CharField(max_length=60)  # what it is about, as values: it may be a higher room's
    ref_id = models.BigIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promises_owed")
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="promises_held", null=True, blank=True
    )
    to_text = models.CharField(max_length=200, blank=True)  # a client or a team, when it is no single person
    what = models.CharField(max_length=300)
    due = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    once = models.CharField(max_length=200, unique=True)
    owner_told_at = models.DateTimeField(null=True, blank=True)  # that its day has come
    lead_told_at = models.DateTimeField(null=True, blank=True)  # that its day has passed

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="promises_to_somebody", condition=Q(to_user__isnull=False) | ~Q(to_text="")
            ),
            models.CheckConstraint(
                name="promises_ends_with_time",
                condition=Q(state="open", ended_at=None) | ~Q(state="open") & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="promises_withdrawn_with_why", condition=~Q(state__in=["withdrawn", "broken"]) | ~Q(why="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "state", "due"], name="promises_by_owner"),
            models.Index(fields=["to_user", "state", "due"], name="promises_by_receiver"),
            models.Index(fields=["ref_kind", "ref_id"], name="promises_by_subject"),
            # Lists of all show the open ones by when they are due, then the ended ones, the latest first.
            models.Index(fields=["due", "-id"], condition=Q(state="open"), name="promises_open_by_due"),
            models.Index(fields=["-ended_at", "-id"], condition=~Q(state="open"), name="promises_ended_lately"),
        ]

    def __str__(self) -> str:
        return self.what
