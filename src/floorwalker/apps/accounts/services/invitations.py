"""Invitations taken up, in whichever way the person chose to sign in from then on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from floorwalker.apps.accounts.models import OneTimeLink, User
from floorwalker.apps.accounts.refusals import LinkSpent
from floorwalker.apps.accounts.services.links import use_link
from floorwalker.apps.accounts.services.passwords import set_password

BY_PASSWORD = [OneTimeLink.Purpose.INVITATION.value, OneTimeLink.Purpose.RESET.value]


@transaction.atomic
def accept_invitation_by_company(*, secret: str, email: str, at: datetime) -> User:
    """Use an invitation up for the company's sign-on; it must vouch for the very address that was invited."""
    link = use_link(secret=secret, purposes=[OneTimeLink.Purpose.INVITATION], at=at)
    if link.user is None or link.user.email != email.strip().lower():
        raise LinkSpent
    return link.user


@transaction.atomic
def choose_password(*, secret: str, password: str, at: datetime) -> User:
    """Use an invitation or a reset up; every session opened with the old password ends."""
    link = use_link(secret=secret, purposes=BY_PASSWORD, at=at)
    if link.user is None:
        raise LinkSpent
    set_password(user=link.user, password=password, keep=None, at=at)
    return link.user
