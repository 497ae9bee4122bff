"""API tokens: secrets of programs that act for a user."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models.user import User


class ApiToken(models.Model):
    """Kept as a hash; shown once. It may do what its scopes name and its owner still may."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True)
    begins_with = models.CharField(max_length=11)
    scopes = ArrayField(models.CharField(max_length=80))
    networks = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="accounts_token_expires_within_a_year",
                condition=Q(expires_at__lte=F("made_at") + models.Value(timedelta(days=365))),
            ),
        ]

    def __str__(self) -> str:
        return self.name
