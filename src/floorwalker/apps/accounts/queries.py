"""Reads of accounts."""

from __future__ import annotations

from floorwalker.apps.accounts.models import User
from floorwalker.kernel.access import NOBODY, Actor, Held
from floorwalker.kernel.roles import Role, Scope


def actor_of(user: User | None) -> Actor:
    """The actor a signed-in user is; an inactive user is nobody."""
    if user is None or not user.pk or not user.is_active:
        return NOBODY
    held = tuple(Held(Role(each.role), Scope(each.scope), each.scope_id) for each in user.roles_held.all())
    return Actor(kind="user", id=user.pk, name=user.name, user_id=user.pk, held=held, zone=user.zone)
