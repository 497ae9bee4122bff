"""Sessions opened, seen, proved and ended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from floorwalker.apps.accounts.models import OpenSession, User
from floorwalker.apps.accounts.queries import session_limits, visible_sessions
from floorwalker.apps.accounts.rules import SEEN_EVERY
from floorwalker.kernel.access import Actor
from floorwalker.kernel.scoping import pick


@transaction.atomic
def open_session(
    *, user: User, how: str, strong: bool, short_password: bool, address: str | None, device: str, at: datetime
) -> OpenSession:
    """Somebody has signed in; rows of sessions long over are cleared on the way."""
    limits = session_limits()
    longest = max(limits.privileged_open, limits.agent_open)
    OpenSession.objects.filter(user=user, opened_at__lte=at - longest).delete()
    return OpenSession.objects.create(
        user=user,
        version=user.session_version,
        how=how,
        strong=strong,
        short_password=short_password,
        opened_at=at,
        seen_at=at,
        proved_at=at,
        address=address,
        device=device[:200],
    )


def see_session(session: OpenSession, at: datetime) -> None:
    """They are still there; written once a minute at most."""
    if at - session.seen_at < SEEN_EVERY:
        return
    fields = ["seen_at"]
    if session_limits().slept(seen_at=session.seen_at, at=at):
        session.slept_at = at
        fields.append("slept_at")
    session.seen_at = at
    session.save(update_fields=fields)


def prove(session: OpenSession, at: datetime, *, strong: bool = False) -> None:
    """They have just shown again who they are."""
    session.proved_at = at
    session.strong = session.strong or strong
    session.save(update_fields=["proved_at", "strong"])


def strengthen(session: OpenSession) -> None:
    """A second factor was set up in this session."""
    OpenSession.objects.filter(pk=session.pk).update(strong=True)


@transaction.atomic
def close_session(*, session_id: int, by: Actor, at: datetime) -> None:
    """End one session of one's own; the next request with its cookie is a stranger's."""
    pick(visible_sessions(by), session_id).delete()


@transaction.atomic
def close_all_sessions(*, user: User, keep: int | None = None) -> None:
    """End every session of a user, but for the one they are sitting at, and whatever streams hang on them."""
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    user.refresh_from_db(fields=["session_version"])
    OpenSession.objects.filter(user=user).exclude(pk=keep).delete()
    OpenSession.objects.filter(pk=keep, user=user).update(version=user.session_version)
