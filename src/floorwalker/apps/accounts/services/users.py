"""Users: invited, shut out, let in again, and the first of all."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from floorwalker.apps.accounts.models import EmailWish, Letter, OneTimeLink, RoleHeld, User
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.apps.accounts.queries import actor_of, administrators_beside, the_user
from floorwalker.apps.accounts.refusals import EmailTaken, LastAdministrator, SuiteHasUsers
from floorwalker.apps.accounts.rules import Separation, may_lose_administrator
from floorwalker.apps.accounts.services.letters import write_letter
from floorwalker.apps.accounts.services.links import make_link, use_link
from floorwalker.apps.accounts.services.passwords import set_password
from floorwalker.apps.accounts.services.sessions import close_all_sessions
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Invalid
from floorwalker.kernel.roles import Role, Scope

Purpose = OneTimeLink.Purpose
FIRST_ROLES = (Role.ADMINISTRATOR, Role.MANAGER)
CORNER_ROLES = (Role.PLANNER, Role.SUPERVISOR, Role.QUALITY_ANALYST)


def _create(email: str, name: str, **more: object) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name, **more)  # type: ignore[arg-type]
    except IntegrityError:
        raise EmailTaken(email=email) from None


@transaction.atomic
def invite(*, email: str, name: str, zone: str, by: Actor, at: datetime) -> User:
    """A new user, told by e-mail how to get in; what they may do is given by roles."""
    require(by, P.MANAGE_USERS)
    user = _create(email, name, zone=_known(zone))
    audit.record(by=by, verb="accounts.invited", about=("accounts.user", user.pk), at=at)
    write_letter(purpose=Purpose.INVITATION, email=user.email, at=at)
    return user


@transaction.atomic
def invite_again(*, user_id: int, by: Actor, at: datetime) -> User:
    require(by, P.MANAGE_USERS)
    user = the_user(by, user_id, P.MANAGE_USERS)
    audit.record(by=by, verb="accounts.invited", about=("accounts.user", user.pk), at=at)
    write_letter(purpose=Purpose.INVITATION, email=user.email, at=at)
    return user


@transaction.atomic
def create_service_account(*, email: str, name: str, by: Actor, at: datetime) -> User:
    """An account for a program: it has roles and tokens, and no way in by any form."""
    require(by, P.MANAGE_USERS)
    user = _create(email, name, service_account=True)
    audit.record(by=by, verb="accounts.service_account_created", about=("accounts.user", user.pk), at=at)
    return user


@transaction.atomic
def disable(*, user_id: int, by: Actor, at: datetime) -> User:
    """Shut somebody out at once: sessions, streams, links and tokens end with the transaction."""
    require(by, P.MANAGE_USERS)
    user = the_user(by, user_id, P.MANAGE_USERS)
    _keep_an_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    OneTimeLink.objects.filter(user=user, used_at=None).delete()
    Letter.objects.filter(email=user.email).delete()
    EmailWish.objects.filter(user=user).delete()
    audit.record(by=by, verb="accounts.disabled", about=("accounts.user", user.pk), at=at)
    close_all_sessions(user=user, by=by, why="disabled", at=at)
    return user


@transaction.atomic
def enable(*, user_id: int, by: Actor, at: datetime) -> User:
    require(by, P.MANAGE_USERS)
    user = the_user(by, user_id, P.MANAGE_USERS)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by=by, verb="accounts.enabled", about=("accounts.user", user.pk), at=at)
    return user


@transaction.atomic
def help_back_in(*, user_id: int, lost_factors: bool, by: Actor, at: datetime) -> User:
    """A link to choose a new password; whoever lost their second factor sets one up anew behind it.

    Nobody sets a password for somebody else: the link goes to the person's own e-mail.
    """
    require(by, P.MANAGE_USERS)
    user = the_user(by, user_id, P.MANAGE_USERS)
    if lost_factors:
        Authenticator.objects.filter(user=user).delete()
        audit.record(by=by, verb="accounts.factors_removed", about=("accounts.user", user.pk), at=at)
        close_all_sessions(user=user, by=by, why="second factor lost", at=at)
    audit.record(by=by, verb="accounts.reset_sent", about=("accounts.user", user.pk), at=at)
    write_letter(purpose=Purpose.RESET, email=user.email, at=at)
    return user


def _keep_an_administrator(user: User) -> None:
    """The last who can give roles is not shut out; the table is locked, so that two do not remove each other."""
    list(RoleHeld.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk"))
    is_one = user.roles_held.filter(role=Role.ADMINISTRATOR).exists()
    others = administrators_beside(user.pk)
    if is_one and may_lose_administrator(other_administrators=others) is Separation.LAST:
        raise LastAdministrator(name=user.name)


@transaction.atomic
def change_own_account(*, user: User, name: str, zone: str, language: str, theme: str, at: datetime) -> None:
    """Name, zone, language and look, by the person themselves."""
    changed = {"name": name, "zone": _known(zone), "language": language, "theme": theme}
    audit.record(
        by=actor_of(user),
        verb="accounts.account_changed",
        about=("accounts.user", user.pk),
        facts={"fields": sorted(key for key, value in changed.items() if getattr(user, key) != value)},
        at=at,
    )
    User.objects.filter(pk=user.pk).update(**changed)


def choose_theme(*, user: User, theme: str) -> None:
    """The look is a matter of taste and of no record."""
    if theme not in {"auto", "light", "dark"}:
        raise Invalid(problem=f"There is no look called {theme}.")
    User.objects.filter(pk=user.pk).update(theme=theme)


def _known(zone: str) -> str:
    if zone not in available_timezones():
        raise Invalid(problem=f"{zone} is no time zone; write one such as Europe/Lisbon.")
    return zone


# --- The first user


@transaction.atomic
def first_user_link(*, at: datetime) -> str | None:
    """A link that creates the first user, for the console of an empty suite; none when somebody is there."""
    if User.objects.exists():
        return None
    return make_link(purpose=Purpose.FIRST_USER, user=None, console=True, at=at)


@transaction.atomic
def create_first_user(
    *, secret: str, email: str, name: str, zone: str, password: str, everything: bool, at: datetime
) -> User:
    """Whoever holds the console's link is the first: administrator and manager, and more in a small centre."""
    use_link(secret=secret, purposes=[Purpose.FIRST_USER], at=at)
    if User.objects.exists():
        raise SuiteHasUsers
    user = _create(email, name, zone=_known(zone))
    roles = FIRST_ROLES + (CORNER_ROLES if everything else ())
    RoleHeld.objects.bulk_create(
        RoleHeld(user=user, role=role, scope=Scope.ALL, given_at=at, given_by=SYSTEM.name) for role in roles
    )
    audit.record(
        by=SYSTEM,
        verb="accounts.first_user_created",
        about=("accounts.user", user.pk),
        facts={"roles": [role.value for role in roles]},
        at=at,
    )
    set_password(user=user, password=password, keep=None, at=at)
    return user


@transaction.atomic
def console_link(*, email: str, at: datetime) -> str | None:
    """A link that signs a user in, for somebody who sits at the server and so holds the keys to everything."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True, service_account=False).first()
    if user is None:
        return None
    audit.record(by=SYSTEM, verb="accounts.console_link_made", about=("accounts.user", user.pk), at=at)
    return make_link(purpose=Purpose.SIGN_IN, user=user, console=True, at=at)
