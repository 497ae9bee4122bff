"""Passwords set by the person they belong to, and by nobody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from floorwalker.apps.accounts.models import OpenSession, User
from floorwalker.apps.accounts.rules import SHORTEST_PASSWORD_WITH_OTHERS
from floorwalker.apps.accounts.services.sessions import close_all_sessions


@transaction.atomic
def set_password(*, user: User, password: str, keep: OpenSession | None, at: datetime) -> None:
    """A new password ends every session but the one it was set in."""
    user.set_password(password)
    user.save(update_fields=["password"])
    close_all_sessions(user=user, keep=keep.pk if keep else None)
    if keep is not None:
        short = len(password) < SHORTEST_PASSWORD_WITH_OTHERS
        OpenSession.objects.filter(pk=keep.pk).update(short_password=short, proved_at=at)
