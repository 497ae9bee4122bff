"""Letters that wait to be written: the secret in them is made when they go out, and stands nowhere before."""

from __future__ import annotations

from django.db import models

from floorwalker.apps.accounts.models.link import OneTimeLink


class Letter(models.Model):
    """An e-mail with a link; also kept for addresses nobody has, so that asking tells nothing."""

    purpose = models.CharField(max_length=12, choices=OneTimeLink.Purpose.choices)
    email = models.EmailField(max_length=254)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} letter {self.pk}"
