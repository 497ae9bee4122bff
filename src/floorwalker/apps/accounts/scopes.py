"""Where roles can be held: the names of teams, sites and clients, told by the domain that owns them.

Accounts lies below people and knows none of its tables; `project/places.py` registers a reader for each scope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from floorwalker.kernel.roles import Role, Scope

Names = Callable[[], Mapping[int, str]]

_names: dict[Scope, Names] = {}

# Which scopes a role can be held in, the usual one first.
ALLOWED: dict[Role, tuple[Scope, ...]] = {
    Role.AGENT: (Scope.OWN,),
    Role.SUPERVISOR: (Scope.TEAM, Scope.SITE, Scope.ALL),
    Role.PLANNER: (Scope.ALL, Scope.SITE, Scope.TEAM),
    Role.QUALITY_ANALYST: (Scope.TEAM, Scope.SITE, Scope.ALL),
    Role.TRAINER: (Scope.ALL, Scope.SITE, Scope.TEAM),
    Role.RECRUITER: (Scope.ALL, Scope.SITE),
    Role.HR: (Scope.ALL, Scope.SITE),
    Role.CLIENT_VIEWER: (Scope.CLIENT,),
    Role.MANAGER: (Scope.ALL, Scope.SITE),
    Role.ADMINISTRATOR: (Scope.ALL,),
    Role.AUDITOR: (Scope.ALL,),
}


def register(scope: Scope, names: Names) -> None:
    """Say who knows the things roles are held for; they answer id → name of those in use."""
    _names[scope] = names


def names(scope: Scope) -> Mapping[int, str]:
    """What a role can be held for in this scope; empty when nobody knows any."""
    return _names[scope]() if scope in _names else {}


def fits(role: Role, scope: Scope, scope_id: int | None) -> bool:
    """Whether a role can be held there."""
    if scope not in ALLOWED[role]:
        return False
    if scope in (Scope.OWN, Scope.ALL):
        return scope_id is None
    return scope_id in names(scope)


def choices(role: Role) -> list[tuple[str, str]]:
    """Every place a role can be held, as key and words: `all`, `team:3`."""
    found: list[tuple[str, str]] = []
    for scope in ALLOWED[role]:
        if scope in (Scope.OWN, Scope.ALL):
            found.append((scope.value, str(scope.label)))
        else:
            found += [(f"{scope.value}:{key}", place(scope, name)) for key, name in names(scope).items()]
    return found


def place(scope: Scope, name: str) -> str:
    """A place in words: Team Alpha, Site Dublin."""
    words = {Scope.TEAM: _("team {name}"), Scope.SITE: _("site {name}"), Scope.CLIENT: _("client {name}")}
    return words[scope].format(name=name)


def words(scope: Scope, scope_id: int | None) -> str:
    """Where a role is held, in words, also when the thing is gone."""
    if scope_id is None:
        return str(scope.label)
    name = names(scope).get(scope_id)
    return place(scope, name) if name else place(scope, _("no longer in use"))


def parse(text: str) -> tuple[Scope, int | None]:
    """`team:3` back into a scope and its id; raises ValueError for anything else."""
    scope, _colon, number = text.partition(":")
    return Scope(scope), int(number) if number else None
