"""Roles given and taken: nobody raises themselves, and there is always somebody who can give roles."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from floorwalker.apps.accounts import scopes
from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.apps.accounts.queries import administrators_beside, the_user, visible_roles_held
from floorwalker.apps.accounts.refusals import LastAdministrator, NoSuchScope, NotToOneself, RoleHeldAlready
from floorwalker.apps.accounts.rules import Separation, may_give, may_lose_administrator
from floorwalker.apps.accounts.services.sessions import close_all_sessions
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.roles import Role, Scope
from floorwalker.kernel.scoping import pick


@transaction.atomic
def give_role(
    *, user_id: int, role: Role, scope: Scope, scope_id: int | None, by: Actor, at: datetime
) -> RoleHeld:
    """Give a role somewhere; it counts with the next request."""
    require(by, P.GIVE_ROLES)
    user = the_user(by, user_id, P.GIVE_ROLES)
    _lock_administrators()
    others = administrators_beside(by.user_id)
    if may_give(to_oneself=user.pk == by.user_id, other_administrators=others) is Separation.ONESELF:
        raise NotToOneself
    if not scopes.fits(role, scope, scope_id):
        raise NoSuchScope(role=role.label)
    return hold(user=user, role=role, scope=scope, scope_id=scope_id, by=by, at=at)


@transaction.atomic
def hold(*, user: User, role: Role, scope: Scope, scope_id: int | None, by: Actor, at: datetime) -> RoleHeld:
    """Let a user hold a role; for other domains whose own rules have decided it (an agent's account, say)."""
    try:
        with transaction.atomic():
            held = RoleHeld.objects.create(
                user=user, role=role, scope=scope, scope_id=scope_id, given_at=at, given_by=by.name
            )
    except IntegrityError:
        raise RoleHeldAlready(name=user.name) from None
    audit.record(
        by=by,
        verb="accounts.role_given",
        about=("accounts.user", user.pk),
        facts={"role": role.value, "scope": scope.value, "scope_id": scope_id},
        at=at,
    )
    return held


@transaction.atomic
def take_role(*, role_held_id: int, by: Actor, at: datetime) -> User:
    """Take a role back; the person's sessions and streams end, and begin anew with what is left."""
    require(by, P.GIVE_ROLES)
    held = pick(visible_roles_held(by, P.GIVE_ROLES).select_related("user"), role_held_id)
    _lock_administrators()
    others = administrators_beside(held.user_id)
    is_administrator = held.role == Role.ADMINISTRATOR
    if is_administrator and may_lose_administrator(other_administrators=others) is Separation.LAST:
        raise LastAdministrator(name=held.user.name)
    return _drop(held, by, at)


@transaction.atomic
def drop_roles_for(*, user: User, scope: Scope, scope_id: int, by: Actor, at: datetime) -> None:
    """A place is left: roles held for it end, such as a supervisor's for the team they no longer lead."""
    for held in RoleHeld.objects.select_related("user").filter(user=user, scope=scope, scope_id=scope_id):
        _drop(held, by, at)


def _drop(held: RoleHeld, by: Actor, at: datetime) -> User:
    user = held.user
    audit.record(
        by=by,
        verb="accounts.role_taken",
        about=("accounts.user", user.pk),
        facts={"role": held.role, "scope": held.scope, "scope_id": held.scope_id},
        at=at,
    )
    held.delete()
    close_all_sessions(user=user, by=by, why="a role was taken back", at=at)
    return user


def _lock_administrators() -> None:
    """Two administrators cannot take the role from each other at the same moment."""
    list(RoleHeld.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk"))
