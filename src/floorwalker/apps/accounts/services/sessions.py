"""Sessions opened, seen, proved and ended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from floorwalker.apps.accounts.models import OpenSession, User
from floorwalker.apps.accounts.queries import actor_of, has_factor, session_limits, visible_sessions
from floorwalker.apps.accounts.rules import SEEN_EVERY
from floorwalker.kernel import audit, live
from floorwalker.kernel.access import NOBODY, Actor
from floorwalker.kernel.scoping import pick


@transaction.atomic
def open_session(
    *, user: User, how: str, strong: bool, short_password: bool, address: str | None, device: str, at: datetime
) -> OpenSession:
    """Somebody has signed in; rows of sessions long over are cleared on the way."""
    limits = session_limits()
    longest = max(limits.privileged_open, limits.agent_open)
    OpenSession.objects.filter(user=user, opened_at__lte=at - longest).delete()
    opened = OpenSession.objects.create(
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
    audit.record(
        by=actor_of(user),
        verb="accounts.signed_in",
        about=("accounts.user", user.pk),
        facts={"how": how, "second_factor": strong, "address": address},
        at=at,
    )
    return opened


@transaction.atomic
def refuse_sign_in(*, email: str, address: str | None, why: str, at: datetime) -> None:
    """Somebody did not get in. What they typed is not kept: people type passwords into the wrong field."""
    user_id = User.objects.filter(email=email.lower()).values_list("pk", flat=True).first()
    audit.record(
        by=NOBODY,
        verb="accounts.sign_in_refused",
        about=("accounts.user", user_id) if user_id else ("accounts.entrance", "unknown"),
        facts={"why": why, "address": address},
        at=at,
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


@transaction.atomic
def sign_out(*, session: OpenSession, by: Actor, at: datetime) -> None:
    """The person leaves this device."""
    _end(session, by, at, "accounts.signed_out")


@transaction.atomic
def close_session(*, session_id: int, by: Actor, at: datetime) -> None:
    """End one session of one's own elsewhere; the next request with its cookie is a stranger's."""
    _end(pick(visible_sessions(by), session_id), by, at, "accounts.session_closed")


def _end(session: OpenSession, by: Actor, at: datetime, verb: str) -> None:
    audit.record(
        by=by, verb=verb, about=("accounts.user", session.user_id), facts={"session_id": session.pk}, at=at
    )
    session.delete()
    live.revoke(session.user_id)


@transaction.atomic
def close_all_sessions(*, user: User, by: Actor, why: str, at: datetime, keep: int | None = None) -> None:
    """End every session of a user, but for the one they are sitting at, and whatever streams hang on them."""
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    user.refresh_from_db(fields=["session_version"])
    OpenSession.objects.filter(user=user).exclude(pk=keep).delete()
    OpenSession.objects.filter(pk=keep, user=user).update(version=user.session_version)
    audit.record(
        by=by, verb="accounts.sessions_closed", about=("accounts.user", user.pk), facts={"why": why}, at=at
    )
    live.revoke(user.pk)


@transaction.atomic
def factor_changed(*, user: User, verb: str, kind: str, session: OpenSession | None, at: datetime) -> None:
    """A second factor was set up, removed or made anew. Without any, no session counts as proved by two."""
    audit.record(by=actor_of(user), verb=verb, about=("accounts.user", user.pk), facts={"factor": kind}, at=at)
    if not has_factor(user):
        OpenSession.objects.filter(user=user).exclude(how=OpenSession.How.CONSOLE).update(strong=False)
        live.revoke(user.pk)
    elif verb == "accounts.factor_added" and session is not None:
        prove(session, at, strong=True)
