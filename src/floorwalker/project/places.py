"""Where roles can be held, by name: accounts asks, people answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from floorwalker.apps.accounts import scopes
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.roles import Scope


def register() -> None:
    scopes.register(Scope.TEAM, named(people.visible_teams))
    scopes.register(Scope.SITE, named(people.visible_sites))
    scopes.register(Scope.CLIENT, named(people.visible_clients))


def named(visible: Callable[[Actor], QuerySet]) -> Callable[[], Mapping[int, str]]:
    """Those in use by id and name."""

    def names() -> Mapping[int, str]:
        found = visible(SYSTEM).filter(archived=False).order_by("name")
        return dict(found.values_list("pk", "name"))

    return names
