"""A new e-mail somebody wishes for their account, until its owner has confirmed it."""

from __future__ import annotations

from django.db import models

from floorwalker.apps.accounts.models.user import User


class EmailWish(models.Model):
    """One for a person: a new wish takes the place of the one before. Also what there is to write about it.

    Kept for addresses others have too, so that asking tells nothing.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="email_wish")
    email = models.EmailField(max_length=254)
    asked_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    # The address until it was confirmed, which is told so.
    former = models.EmailField(max_length=254, blank=True)

    def __str__(self) -> str:
        return f"e-mail wish of {self.user_id}"
