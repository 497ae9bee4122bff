"""One-time links: made, mailed or printed, used once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from floorwalker.apps.accounts.models import OneTimeLink, User
from floorwalker.apps.accounts.refusals import LinkSpent
from floorwalker.apps.accounts.secrets import hash_of, new_secret

LIVES = {
    OneTimeLink.Purpose.SIGN_IN: timedelta(hours=12),
    OneTimeLink.Purpose.INVITATION: timedelta(days=7),
    OneTimeLink.Purpose.RESET: timedelta(hours=1),
    OneTimeLink.Purpose.EMAIL: timedelta(hours=1),
    OneTimeLink.Purpose.FIRST_USER: timedelta(hours=1),
}
SIGN_IN_IN_PRODUCTION = timedelta(minutes=15)


@transaction.atomic
def make_link(*, purpose: OneTimeLink.Purpose, user: User | None, at: datetime, console: bool = False) -> str:
    """A secret that opens one door once; earlier ones for the same door and person are void."""
    OneTimeLink.objects.filter(purpose=purpose, user=user, used_at=None).delete()
    life = LIVES[purpose]
    if purpose == OneTimeLink.Purpose.SIGN_IN and settings.PRODUCTION:
        life = SIGN_IN_IN_PRODUCTION
    secret = new_secret()
    OneTimeLink.objects.create(
        purpose=purpose, user=user, secret_hash=hash_of(secret), console=console, made_at=at, expires_at=at + life
    )
    return secret


@transaction.atomic
def use_link(*, secret: str, purposes: list[str], at: datetime) -> OneTimeLink:
    """Use a link up; of two who come with the same one, one is late."""
    used = OneTimeLink.objects.filter(
        secret_hash=hash_of(secret), purpose__in=purposes, used_at=None, expires_at__gt=at
    ).update(used_at=at)
    if not used:
        raise LinkSpent
    link = OneTimeLink.objects.select_related("user").get(secret_hash=hash_of(secret))
    if link.user is not None and (not link.user.is_active or link.user.service_account):
        raise LinkSpent
    return link
