"""Users, sessions, roles and tokens in the shape of the pages that show them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.accounts import scopes
from floorwalker.apps.accounts.devices import device_words
from floorwalker.apps.accounts.models import ApiToken, OpenSession, RoleHeld, User
from floorwalker.apps.accounts.permissions import AccountPermission as P
from floorwalker.apps.accounts.queries.asking import factors_of
from floorwalker.apps.accounts.queries.sight import the_user, visible_sessions, visible_tokens, visible_users
from floorwalker.kernel.access import Actor, permissions
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.roles import Role, Scope


@dataclass(frozen=True)
class RoleLine:
    """A role somebody holds, in words."""

    id: int
    words: str
    about: str
    given_at: datetime
    given_by: str


@dataclass(frozen=True)
class UserLine:
    """One user in the list."""

    id: int
    name: str
    email: str
    roles: str
    state: str
    tone: str
    factor: str
    factor_tone: str
    seen_at: datetime | None


@dataclass(frozen=True)
class UserList:
    lines: list[UserLine]
    page: Rows[User]


def list_users(
    actor: Actor, *, q: str = "", role: str = "", state: str = "", after: str = "", before: str = ""
) -> UserList:
    """Who can sign in, by name."""
    rows = visible_users(actor)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(email__icontains=q))
    if role:
        rows = rows.filter(pk__in=RoleHeld.objects.filter(role=role).values("user"))
    by_state = {
        "in": Q(is_active=True, service_account=False),
        "out": Q(is_active=False),
        "program": Q(service_account=True),
    }
    rows = rows.filter(by_state.get(state, Q()))
    found = page_of(rows.prefetch_related("roles_held"), ["name"], after=after, before=before, counted=True)
    ids = [user.pk for user in found.items]
    factors = _factor_words(ids)
    seen = dict(
        OpenSession.objects.filter(user__in=ids)
        .values("user")
        .annotate(at=Max("seen_at"))
        .values_list("user", "at")
    )
    places = _Places()
    lines = [_line(user, factors, seen.get(user.pk) or user.last_login, places) for user in found.items]
    return UserList(lines, found)


def _line(user: User, factors: dict[int, str], seen_at: datetime | None, places: _Places) -> UserLine:
    held = sorted(user.roles_held.all(), key=lambda each: list(Role.values).index(each.role))
    state, tone = state_words(user)
    factor = factors.get(user.pk, "")
    needs = any(Role(each.role).sees_others for each in held) and not user.service_account
    return UserLine(
        id=user.pk,
        name=user.name,
        email=user.email,
        roles=", ".join(places.words(each) for each in held) or _("none yet"),
        state=state,
        tone=tone,
        factor=factor or (_("missing") if needs else _("none")),
        factor_tone="good" if factor else "attention" if needs else "neutral",
        seen_at=seen_at,
    )


def state_words(user: User) -> tuple[str, str]:
    """Whether somebody can get in, in words and as a tone."""
    if not user.is_active:
        return _("shut out"), "bad"
    if user.service_account:
        return _("a program"), "info"
    if user.last_login is None:
        return _("invited"), "progress"
    return _("may sign in"), "good"


def _factor_words(user_ids: list[int]) -> dict[int, str]:
    """What users prove themselves with, the company's sign-on included."""
    names = {Authenticator.Type.WEBAUTHN.value: _("passkey"), Authenticator.Type.TOTP.value: _("app")}
    found: dict[int, list[str]] = defaultdict(list)
    rows = Authenticator.objects.filter(user__in=user_ids, type__in=names).order_by("-type")
    for user_id, kind in rows.values_list("user", "type").distinct():
        found[user_id].append(names[kind])
    for user_id in SocialAccount.objects.filter(user__in=user_ids).values_list("user", flat=True):
        found[user_id].append(_("company"))
    return {user_id: ", ".join(words) for user_id, words in found.items()}


class _Places:
    """Names of teams, sites and clients, each kind read once."""

    def __init__(self) -> None:
        self.names: dict[Scope, Any] = {}

    def words(self, held: RoleHeld) -> str:
        role, scope = Role(held.role), Scope(held.scope)
        if scope in (Scope.OWN, Scope.ALL):
            return str(role.label) if role is Role.AGENT else f"{role.label} ({scope.label})"
        if scope not in self.names:
            self.names[scope] = scopes.names(scope)
        name = self.names[scope].get(held.scope_id) or _("no longer in use")
        return f"{role.label} ({scopes.place(scope, name)})"


@dataclass(frozen=True)
class UserPage:
    """Everything about one user that who runs the installation may see; nothing of their work."""

    user: User
    state: str
    tone: str
    roles: list[RoleLine]
    factors: list[str]
    company: bool
    sessions: int
    tokens: list[ApiToken]
    is_me: bool


def user_page(actor: Actor, user_id: int) -> UserPage:
    user = the_user(actor, user_id)
    places = _Places()
    state, tone = state_words(user)
    return UserPage(
        user=user,
        state=state,
        tone=tone,
        roles=[
            RoleLine(each.pk, places.words(each), Role(each.role).about, each.given_at, each.given_by)
            for each in user.roles_held.all()
        ],
        factors=factor_names(user),
        company=SocialAccount.objects.filter(user=user).exists(),
        sessions=user.open_sessions.count(),
        tokens=list(visible_tokens(actor, P.SEE_TOKENS).filter(user=user, revoked_at=None).order_by("name")),
        is_me=user.pk == actor.user_id,
    )


def factor_names(user: User) -> list[str]:
    """Factors by the names their owner gave them."""
    words = {
        Authenticator.Type.TOTP.value: _("Authenticator app"),
        Authenticator.Type.RECOVERY_CODES.value: _("Recovery codes"),
    }
    return [words.get(each.type) or str(each) for each in factors_of(user)]


@dataclass(frozen=True)
class SessionLine:
    id: int
    device: str
    how: str
    address: str
    opened_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Account:
    """One's own account."""

    sessions: list[SessionLine]
    tokens: list[ApiToken]
    factors: list[str]
    company: bool
    roles: list[str]


def account_of(actor: Actor, user: User) -> Account:
    places = _Places()
    sessions = visible_sessions(actor).filter(user=user, version=user.session_version).order_by("-seen_at")
    return Account(
        sessions=[
            SessionLine(
                each.pk,
                device_words(each.device),
                each.get_how_display(),
                each.address or "",
                each.opened_at,
                each.seen_at,
            )
            for each in sessions
        ],
        tokens=list(visible_tokens(actor).filter(user=user, revoked_at=None).order_by("name")),
        factors=factor_names(user),
        company=SocialAccount.objects.filter(user=user).exists(),
        roles=[places.words(each) for each in user.roles_held.all()],
    )


def own_sessions(actor: Actor) -> QuerySet[OpenSession]:
    """Where one is signed in now."""
    return visible_sessions(actor).filter(version=F("user__session_version"))


def list_tokens(actor: Actor, permission: P) -> QuerySet[ApiToken]:
    """Tokens still good, the ones that end first on top."""
    return visible_tokens(actor, permission).filter(revoked_at=None).select_related("user").order_by("expires_at")


def scopes_to_give(actor: Actor) -> list[tuple[str, str]]:
    """What a token of this actor's could be allowed, in words."""
    return [(each.key, each.text) for each in permissions() if actor.may(each)]


def places_of_roles() -> list[tuple[Role, list[tuple[str, str]]]]:
    """Every role with the places it can be held in."""
    return [(role, scopes.choices(role)) for role in Role]


@dataclass(frozen=True)
class Matrix:
    """Who may do what: a row for each permission, a mark for each role."""

    roles: list[Role]
    rows: list[tuple[str, str, list[str]]]


def who_may_what() -> Matrix:
    roles = list(Role)
    rows = []
    for permission in sorted(permissions(), key=lambda each: each.key):
        grant = permission.value
        marks = [
            _("where held") if role in grant.held else _("own") if role in grant.own else "" for role in roles
        ]
        rows.append((permission.key, permission.text, marks))
    return Matrix(roles, rows)
