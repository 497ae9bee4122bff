"""Which rows an actor sees: one register, one way to turn a sight into a filter, one way to pick a row.

A domain's `queries.py` writes, for each model that refers to a person, a team, a site, a client or a queue,

    def visible_coffees(actor, permission=CafePermission.SEE): -> QuerySet
        return Coffee.objects.filter(within(actor.sight(permission), own="agent__user", team="agent__team", …))

    scoped(Coffee, visible_coffees, CafePermission.SEE, canary="note")

and every test of access follows from that line. Pages, API, forms and jobs have no other way to an object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from django.db.models import Model, Q, QuerySet

from floorwalker.kernel.access import Permission, Sight
from floorwalker.kernel.errors import NotFound

M = TypeVar("M", bound=Model)
Visible = Callable[..., QuerySet[Any]]
Relation = Literal["own", "team", "site", "client"]


@dataclass(frozen=True)
class Scoped:
    """How one model is guarded."""

    model: type[Model]
    visible: Visible
    permissions: tuple[Permission, ...]
    canary: tuple[str, ...]  # text fields that can hold a marker
    key: str  # the name of its id in addresses
    relations: frozenset[str]  # what a sight may reach it by
    staff_see_all: str = ""  # why who holds the permission for a team or a site sees every row
    fixed: tuple[str, ...] = ()  # text fields with a form of their own, in which no marker fits


SCOPED: dict[type[Model], Scoped] = {}
NOT_SCOPED: dict[type[Model], str] = {}


def scoped(
    model: type[Model],
    visible: Visible,
    *permissions: Permission,
    canary: str | tuple[str, ...] = (),
    key: str = "",
    relations: tuple[Relation, ...] = ("own", "team", "site"),
    staff_see_all: str = "",
    fixed: tuple[str, ...] = (),
) -> None:
    """Enter a model in the register.

    ``visible(actor, permission)`` gives the rows; ``permissions`` are those it is read with, ``canary`` the text
    fields that can hold a marker, ``key`` the name of its id in addresses (``agent_id`` for Agent), ``relations``
    how its rows hang together with people, ``staff_see_all`` why a team's or a site's permission shows every row,
    ``fixed`` the text fields with a form of their own (a zone, a digest), in which no marker fits.
    """
    if not permissions:
        raise ValueError(f"{model.__name__} needs the permission it is read with")
    fields = (canary,) if isinstance(canary, str) else tuple(canary)
    key = key or f"{model._meta.model_name}_id"
    SCOPED[model] = Scoped(model, visible, permissions, fields, key, frozenset(relations), staff_see_all, fixed)


def also_seen_with(model: type[Model], *permissions: Permission, relations: tuple[Relation, ...] = ()) -> None:
    """Say that another domain shows these rows too, under a permission of its own that may reach further."""
    found = SCOPED[model]
    SCOPED[model] = replace(
        found,
        permissions=tuple(dict.fromkeys((*found.permissions, *permissions))),
        relations=found.relations | frozenset(relations),
    )


def not_scoped(model: type[Model], because: str) -> None:
    """Say why a model that refers to a person or a client is never read for anybody."""
    if not because:
        raise ValueError(f"say why {model.__name__} needs no scope")
    NOT_SCOPED[model] = because


def within(sight: Sight, *, own: str = "", team: str = "", site: str = "", client: str = "") -> Q:
    """The filter for how far a sight reaches; each argument names the field that leads there, empty: no way."""
    if sight.everything:
        return Q()
    found = Q(pk__in=[])
    if own and sight.own is not None:
        found |= Q(**{own: sight.own})
    for field, ids in ((team, sight.teams), (site, sight.sites), (client, sight.clients)):
        if field and ids:
            found |= Q(**{f"{field}__in": ids})
    return found


def pick(rows: QuerySet[M], row_id: Any) -> M:
    """The one row of that id among those that may be seen, or NotFound."""
    try:
        found = rows.filter(pk=row_id).first()
    except (ValueError, TypeError, OverflowError):
        found = None
    if found is None:
        raise NotFound
    return found


def pick_all(rows: QuerySet[M], row_ids: Iterable[Any]) -> list[M]:
    """The rows of these ids in their order, each once and all in one query, or NotFound if one may not be seen."""
    wanted = list(dict.fromkeys(row_ids))
    try:
        found = {row.pk: row for row in rows.filter(pk__in=wanted)}
    except (ValueError, TypeError, OverflowError):
        found = {}
    if any(row_id not in found for row_id in wanted):
        raise NotFound
    return [found[row_id] for row_id in wanted]


def unscoped_because(why: str, model: type[M]) -> QuerySet[M]:
    """All rows, past every scope, with the reason; a test counts the places and reads the reasons."""
    if not why:
        raise ValueError(f"say why {model.__name__} is read past its scope")
    return model._default_manager.all()
