"""The audit: who did what to what, when and why; rows are added and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One thing somebody did. The actor is kept as values, so that it stays when the user goes.

    ``seq``, ``previous`` and ``hash`` are given by the database at commit, see `kernel/migrations/0002_guards.py`.
    """

    seq = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    actor_user = models.BigIntegerField(null=True)  # the user, also behind a token
    verb = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=60)
    about_id = models.CharField(max_length=80)
    person = models.BigIntegerField(null=True)  # the user it is about, who may read it
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, null=True)  # empty until sealed
    hash = models.CharField(max_length=64, null=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes: ClassVar = [
            models.Index(fields=["about_kind", "about_id", "-id"], name="kernel_entry_about"),
            models.Index(fields=["person", "-id"], condition=Q(person__isnull=False), name="kernel_entry_person"),
            models.Index(
                fields=["actor_user", "-id"], condition=Q(actor_user__isnull=False), name="kernel_entry_actor"
            ),
            models.Index(fields=["at"], name="kernel_entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.about_kind} {self.about_id}"
