"""Sessions as people see them: where they are signed in, since when, and how well they proved who they are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models.user import User


class OpenSession(models.Model):
    """One sign-in that still stands. Without its row a session cookie is worth nothing."""

    class How(models.TextChoices):
        PASSWORD = "password", _("password")
        PASSKEY = "passkey", _("passkey")
        COMPANY = "company", _("the company's sign-on")
        LINK = "link", _("one-time link")
        CONSOLE = "console", _("one-time link from the server's console")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    version = models.PositiveIntegerField(help_text="The user's session_version when it was opened.")
    how = models.CharField(max_length=10, choices=How.choices)
    strong = models.BooleanField(help_text="Whether a second factor was given, or a passkey that is both.")
    short_password = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proved_at = models.DateTimeField(help_text="When the person last proved who they are.")
    slept_at = models.DateTimeField(null=True, help_text="When they came back after a long pause, if they did.")
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"session {self.pk} of user {self.user_id}"
