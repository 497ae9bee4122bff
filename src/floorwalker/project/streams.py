"""Who holds live streams open: the sign-in behind each, looked at again every few seconds."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from django.http import HttpRequest
from django.utils import timezone

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of, sessions_of
from floorwalker.kernel import live
from floorwalker.kernel.access import Actor


def register() -> None:
    live.standing_by(key_of, actors_of)


def key_of(request: HttpRequest) -> Hashable:
    """The user and the open session."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor.user_id, request.open_session.pk  # type: ignore[attr-defined]


def actors_of(keys: set[Hashable]) -> Mapping[Hashable, Actor]:
    """The actors behind these sessions as they stand now; without those that have ended."""
    sessions: list[tuple[int, int]] = [each for each in keys if isinstance(each, tuple)]
    users = User.objects.prefetch_related("roles_held").in_bulk({user for user, _ in sessions})
    return {
        (user_id, session_id): actor_of(users[user_id], strong=session.strong)
        for (user_id, session_id), session in sessions_of(users, sessions, timezone.now()).items()
    }
