"""What was announced, and which reaction to it has taken effect."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class AnnouncedEvent(models.Model):
    """An event, kept in the transaction that announced it."""

    name = models.CharField(max_length=120)
    body = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)
    # Tried often enough: it waits for an administrator.
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(delivered_at=None), name="kernel_event_pending"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="kernel_event_given_up_or_done", condition=Q(delivered_at=None) | Q(given_up_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class Delivery(models.Model):
    """One reaction to one event: done once, however often it is tried."""

    event = models.ForeignKey(AnnouncedEvent, on_delete=models.CASCADE, related_name="deliveries")
    reaction = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "reaction"], name="kernel_reaction_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["event"], condition=Q(done_at=None) & ~Q(failure=""), name="kernel_delivery_failing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.event_id}"
