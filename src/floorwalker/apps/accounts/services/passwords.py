"""Passwords set by the person they belong to and by nobody else, and invitations taken up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from floorwalker.apps.accounts.models import OneTimeLink, OpenSession, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.accounts.refusals import LinkSpent
from floorwalker.apps.accounts.rules import SHORTEST_PASSWORD_WITH_OTHERS
from floorwalker.apps.accounts.services.links import use_link
from floorwalker.apps.accounts.services.sessions import close_all_sessions
from floorwalker.kernel import audit

BY_PASSWORD = [OneTimeLink.Purpose.INVITATION.value, OneTimeLink.Purpose.RESET.value]


@transaction.atomic
def set_password(*, user: User, password: str, keep: OpenSession | None, at: datetime) -> None:
    """A new password ends every session but the one it was set in."""
    user.set_password(password)
    user.save(update_fields=["password"])
    person = actor_of(user)
    audit.record(by=person, verb="accounts.password_changed", about=("accounts.user", user.pk), at=at)
    close_all_sessions(user=user, by=person, why="password changed", at=at, keep=keep.pk if keep else None)
    if keep is not None:
        short = len(password) < SHORTEST_PASSWORD_WITH_OTHERS
        OpenSession.objects.filter(pk=keep.pk).update(short_password=short, proved_at=at)


@transaction.atomic
def choose_password(*, secret: str, password: str, at: datetime) -> User:
    """Use an invitation or a reset up; every session opened with the old password ends."""
    link = use_link(secret=secret, purposes=BY_PASSWORD, at=at)
    if link.user is None:
        raise LinkSpent
    set_password(user=link.user, password=password, keep=None, at=at)
    return link.user


@transaction.atomic
def accept_invitation_by_company(*, secret: str, email: str, at: datetime) -> User:
    """Use an invitation up for the company's sign-on; it must vouch for the very address that was invited."""
    link = use_link(secret=secret, purposes=[OneTimeLink.Purpose.INVITATION], at=at)
    if link.user is None or link.user.email != email.strip().lower():
        raise LinkSpent
    audit.record(
        by=actor_of(link.user), verb="accounts.company_tied", about=("accounts.user", link.user.pk), at=at
    )
    return link.user
