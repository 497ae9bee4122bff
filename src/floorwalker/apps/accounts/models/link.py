"""One-time links: who holds one may do the one thing it is for, once, until it expires."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models.user import User


class OneTimeLink(models.Model):
    """Kept as the hash of its secret; the secret is in the e-mail or on the console and nowhere else."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("sign in")
        INVITATION = "invitation", _("choose how to sign in, for the first time")
        RESET = "reset", _("choose a new password")
        EMAIL = "email", _("confirm a new e-mail")
        FIRST_USER = "first_user", _("create the first user")

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    # Made by somebody who can run commands on the server: they hold the keys to everything anyway.
    console = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="accounts_link_names_its_user",
                condition=Q(purpose="first_user", user=None) | ~Q(purpose="first_user") & Q(user__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_link_sign_in_from_console", condition=~Q(purpose="sign_in") | Q(console=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} link {self.pk}"
