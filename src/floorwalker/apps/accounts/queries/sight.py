"""Which rows an actor may see."""

from __future__ import annotations

from django.db.models import QuerySet

from floorwalker.apps.accounts.models import ApiToken, EmailWish, OneTimeLink, OpenSession, RoleHeld, User
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.scoping import pick, scoped, within


def visible_users(actor: Actor, permission: Permission = P.SEE_USERS) -> QuerySet[User]:
    return User.objects.filter(within(actor.sight(permission), own="pk"))


def the_user(actor: Actor, user_id: int, permission: Permission = P.SEE_USERS) -> User:
    return pick(visible_users(actor, permission).prefetch_related("roles_held"), user_id)


def visible_roles_held(actor: Actor, permission: Permission = P.SEE_USERS) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.filter(within(actor.sight(permission), own="user"))


def visible_sessions(actor: Actor, permission: Permission = P.SEE_MY_ACCOUNT) -> QuerySet[OpenSession]:
    return OpenSession.objects.filter(within(actor.sight(permission), own="user"))


def visible_tokens(actor: Actor, permission: Permission = P.SEE_MY_ACCOUNT) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(within(actor.sight(permission), own="user"))


def visible_links(actor: Actor, permission: Permission = P.MANAGE_USERS) -> QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(within(actor.sight(permission), own="user"))


def visible_email_wishes(actor: Actor, permission: Permission = P.SEE_MY_ACCOUNT) -> QuerySet[EmailWish]:
    return EmailWish.objects.filter(within(actor.sight(permission), own="user"))


scoped(
    User,
    visible_users,
    P.SEE_USERS,
    P.MANAGE_USERS,
    P.SEE_MY_ACCOUNT,
    canary="email",
    relations=("own",),
    # A name is shown wherever its owner did something, to whoever sees what was done.
    fixed=("name", "password", "zone", "language"),
)
scoped(
    RoleHeld,
    visible_roles_held,
    P.SEE_USERS,
    P.GIVE_ROLES,
    canary="given_by",
    key="role_held_id",
    relations=("own",),
)
scoped(OpenSession, visible_sessions, P.SEE_MY_ACCOUNT, canary="device", key="session_id", relations=("own",))
scoped(
    ApiToken,
    visible_tokens,
    P.SEE_MY_ACCOUNT,
    P.SEE_TOKENS,
    canary="name",
    key="token_id",
    relations=("own",),
    fixed=("begins_with",),
)
scoped(EmailWish, visible_email_wishes, P.SEE_MY_ACCOUNT, canary="email", relations=("own",), fixed=("former",))
scoped(OneTimeLink, visible_links, P.MANAGE_USERS, relations=("own",))


def the_service_account(actor: Actor, user_id: int) -> User:
    """A program's account, for who looks after it."""
    found = the_user(actor, user_id, P.MANAGE_USERS)
    if not found.service_account:
        raise NotFound
    return found
