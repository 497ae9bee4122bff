"""Who may do what to which objects.

A domain lists its permissions in one enum (`permissions.py`); each says which roles hold it and how far:
``own`` – only what is about the person themselves; ``held`` – wherever the role is held (a team, a site, a
client's queues, everywhere). An :class:`Actor` carries the roles held; ``actor.sight(permission)`` is how far they
see with it, and a domain's queries turn that sight into a filter. There is no other way to an object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Literal, NoReturn
from zoneinfo import ZoneInfo

from floorwalker.kernel.errors import NotFound, NotSignedIn
from floorwalker.kernel.roles import Role, Scope


@dataclass(frozen=True)
class Grant:
    """What a permission means and who holds it."""

    key: str  # stable: tokens name it
    text: object  # a sentence for the people who give roles, translatable
    own: frozenset[Role] = frozenset()
    held: frozenset[Role] = frozenset()


def grant(key: str, text: object, *, own: Iterable[Role] = (), held: Iterable[Role] = ()) -> Grant:
    """One line of a domain's permission table."""
    return Grant(key, text, frozenset(own), frozenset(held))


class Permission(Enum):
    """Base of each domain's permissions; every member's value is a :class:`Grant`."""

    @property
    def key(self) -> str:
        return str(self.value.key)

    @property
    def text(self) -> str:
        return str(self.value.text)

    @property
    def roles(self) -> frozenset[Role]:
        """Roles that hold it anywhere."""
        found: frozenset[Role] = self.value.own | self.value.held
        return found


def permissions() -> Iterator[Permission]:
    """Every permission of every loaded domain."""
    for domain in Permission.__subclasses__():
        yield from domain


@dataclass(frozen=True)
class Held:
    """A role held somewhere; ``scope_id`` names the team, site or client."""

    role: Role
    scope: Scope
    scope_id: int | None = None


@dataclass(frozen=True)
class Sight:
    """How far an actor sees with one permission. Empty sees nothing."""

    everything: bool = False
    own: int | None = None  # the user whose own things are seen
    teams: frozenset[int] = frozenset()
    sites: frozenset[int] = frozenset()
    clients: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or self.own is not None or bool(self.teams or self.sites or self.clients)

    @property
    def beyond_own(self) -> bool:
        """Whether anybody else's things are seen."""
        return self.everything or bool(self.teams or self.sites or self.clients)


@dataclass(frozen=True)
class Actor:
    """Who does something: a user, a token of theirs, the system itself, or nobody."""

    kind: Literal["user", "token", "system", "nobody"]
    id: int | None = None
    name: str = ""
    user_id: int | None = None  # the user, also behind a token
    held: tuple[Held, ...] = ()
    only: frozenset[str] | None = None  # a token may do no more than these permission keys
    zone: str = "UTC"
    sights: dict[Permission, Sight] = field(default_factory=dict, compare=False, repr=False)

    @property
    def signed_in(self) -> bool:
        return self.kind in {"user", "token"}

    def today(self, at: datetime) -> date:
        """The day it is on this actor's clock: what somebody enters or ends “today”."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def has_role(self, *roles: Role) -> bool:
        return any(each.role in roles for each in self.held)

    def sight(self, permission: Permission) -> Sight:
        """How far this actor sees with a permission."""
        if permission not in self.sights:
            self.sights[permission] = self._sight(permission)
        return self.sights[permission]

    def _sight(self, permission: Permission) -> Sight:
        if self.kind == "system":
            return Sight(everything=True)
        if self.only is not None and permission.key not in self.only:
            return Sight()
        own = any(each.role in permission.value.own for each in self.held)
        reach = [each for each in self.held if each.role in permission.value.held]

        def ids(scope: Scope) -> frozenset[int]:
            return frozenset(each.scope_id for each in reach if each.scope is scope and each.scope_id is not None)

        return Sight(
            everything=any(each.scope is Scope.ALL for each in reach),
            own=self.user_id if own or any(each.scope is Scope.OWN for each in reach) else None,
            teams=ids(Scope.TEAM),
            sites=ids(Scope.SITE),
            clients=ids(Scope.CLIENT),
        )

    def may(self, *wanted: Permission) -> bool:
        """Whether any of these permissions is held at all; the object is a query's business."""
        return any(bool(self.sight(permission)) for permission in wanted)


SYSTEM = Actor(kind="system", name="Floorwalker")
NOBODY = Actor(kind="nobody")


def require(by: Actor, *wanted: Permission) -> None:
    """Refuse unless one of these permissions is held; called first in every service."""
    if not by.may(*wanted):
        refuse(by)


def refuse(by: Actor) -> NoReturn:
    """The one answer to what is not theirs: as if it did not exist."""
    if by.kind == "nobody":
        raise NotSignedIn
    raise NotFound
