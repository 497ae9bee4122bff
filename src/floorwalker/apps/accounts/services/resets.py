"""Forgotten passwords: asked for by anybody, answered only to the address itself."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.accounts.letters import send_letter
from floorwalker.apps.accounts.models import OneTimeLink, User
from floorwalker.apps.accounts.services.links import make_link


def ask_for_reset(*, email: str, at: datetime) -> None:
    """Send a link to choose a new password, if that person may sign in at all."""
    user = User.objects.filter(email=email.lower(), is_active=True, service_account=False).first()
    if user is not None:
        secret = make_link(purpose=OneTimeLink.Purpose.RESET, user=user, at=at)
        send_letter("accounts/mail/reset.txt", user, secret)
