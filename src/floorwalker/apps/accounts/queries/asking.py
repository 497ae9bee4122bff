"""Who is asking: the actor behind a user or a token, and the session behind a cookie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from ipaddress import ip_address, ip_network

from allauth.mfa.models import Authenticator
from django.conf import settings

from floorwalker.apps.accounts.models import ApiToken, EmailWish, OneTimeLink, OpenSession, RoleHeld, User
from floorwalker.apps.accounts.rules import SessionLimits
from floorwalker.apps.accounts.secrets import TOKEN_PREFIX, hash_of
from floorwalker.kernel.access import NOBODY, Actor, Held
from floorwalker.kernel.roles import Role, Scope


def actor_of(user: User | None, *, strong: bool = True) -> Actor:
    """The actor a user is; an inactive one is nobody.

    Without a second factor (``strong``) they are not trusted with what is other people's.
    """
    if user is None or not user.pk or not user.is_active:
        return NOBODY
    held = tuple(Held(Role(each.role), Scope(each.scope), each.scope_id) for each in user.roles_held.all())
    if not strong:
        held = tuple(each for each in held if not needs_second_factor(each.role))
    return Actor(kind="user", id=user.pk, name=user.name, user_id=user.pk, held=held, zone=user.zone)


def needs_second_factor(role: Role) -> bool:
    return role.sees_others or bool(settings.AGENTS_SECOND_FACTOR)


def held_back(user: User, *, strong: bool) -> bool:
    """Whether this user must give a second factor before they get anywhere."""
    return not strong and any(needs_second_factor(Role(each.role)) for each in user.roles_held.all())


def sees_others(user: User) -> bool:
    """Whether any role of theirs shows them other people's data."""
    return any(Role(each.role).sees_others for each in user.roles_held.all())


def has_users() -> bool:
    return User.objects.exists()


def administrators_beside(user_id: int | None) -> int:
    """How many others could give roles."""
    others = RoleHeld.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True, user__service_account=False)
    return others.exclude(user=user_id).values("user").distinct().count()


def has_factor(user: User) -> bool:
    """Whether a second factor is set up; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def factors_of(user: User) -> list[Authenticator]:
    """What a user proves themselves with, passkeys by name."""
    return list(Authenticator.objects.filter(user=user).order_by("type", "created_at"))


def standing_link(secret: str, at: datetime) -> OneTimeLink | None:
    """A link that can still be used, without using it."""
    found = OneTimeLink.objects.select_related("user").filter(
        secret_hash=hash_of(secret), used_at=None, expires_at__gt=at
    )
    link = found.first()
    if link is not None and link.user is not None and (not link.user.is_active or link.user.service_account):
        return None
    return link


def email_wish_of(user: User | None) -> EmailWish | None:
    """The address they wish for and have not confirmed, for themselves and who holds the link to it."""
    return EmailWish.objects.select_related("user").filter(user=user, former="").first()


def actor_of_token(secret: str, address: str | None, at: datetime) -> Actor:
    """The actor behind an API token, or nobody: unknown, expired, revoked, from elsewhere, owner shut out."""
    if not secret.startswith(TOKEN_PREFIX):
        return NOBODY
    token = (
        ApiToken.objects.select_related("user")
        .prefetch_related("user__roles_held")
        .filter(secret_hash=hash_of(secret), revoked_at=None, expires_at__gt=at)
        .first()
    )
    if token is None or not _comes_from(token.networks, address):
        return NOBODY
    owner = actor_of(token.user)
    if owner is NOBODY:
        return NOBODY
    return replace(owner, kind="token", id=token.pk, only=frozenset(token.scopes), sights={})


def _comes_from(networks: list[str], address: str | None) -> bool:
    if not networks:
        return True
    try:
        caller = ip_address(address or "")
    except ValueError:
        return False
    return any(caller in ip_network(network, strict=False) for network in networks)


def session_limits() -> SessionLimits:
    return SessionLimits(
        privileged_idle=settings.SESSION_PRIVILEGED_IDLE,
        privileged_open=settings.SESSION_PRIVILEGED_OPEN,
        agent_idle=settings.SESSION_AGENT_IDLE,
        agent_open=settings.SESSION_AGENT_OPEN,
    )


def session_of(user: User, session_id: int | None, at: datetime) -> OpenSession | None:
    """The open session behind a cookie, or none: ended by anybody, by a change of rights, or by time."""
    if session_id is None:
        return None
    return sessions_of({user.pk: user}, [(user.pk, session_id)], at).get((user.pk, session_id))


def sessions_of(
    users: Mapping[int, User], wanted: Iterable[tuple[int, int]], at: datetime
) -> dict[tuple[int, int], OpenSession]:
    """The same of many at once, by user and session; without those that have ended."""
    pairs, limits, found = set(wanted), session_limits(), {}
    for each in OpenSession.objects.filter(pk__in=[session_id for _user, session_id in pairs]):
        user = users.get(each.user_id)
        if user is None or (user.pk, each.pk) not in pairs or each.version != user.session_version:
            continue
        if not user.is_active or user.service_account:
            continue
        privileged = sees_others(user)
        if not limits.over(privileged=privileged, opened_at=each.opened_at, seen_at=each.seen_at, at=at):
            found[user.pk, each.pk] = each
    return found


def still_signed_in(user_id: int, session_id: int, at: datetime) -> bool:
    """Whether an open stream may go on."""
    user = User.objects.prefetch_related("roles_held").filter(pk=user_id).first()
    return user is not None and session_of(user, session_id, at) is not None
