"""What a directory is: a table of reference data, who sees it, who keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import pick


@dataclass(frozen=True)
class More:
    """One more column of the list, worked out for all rows of a page at once."""

    label: Any
    of: Callable[[Actor, list[Any]], Mapping[int, str]]


@dataclass(frozen=True)
class Directory:
    """One table of reference data."""

    model: type[models.Model]
    key: str  # of its addresses: "sites"
    title: Any
    one: Any  # what one row is called, within a sentence
    fields: tuple[str, ...]  # what people keep; `name` first
    visible: Callable[..., QuerySet[Any]]
    see: Permission
    keep: Permission
    about: Any = ""  # one sentence on the list
    checks: Mapping[str, Callable[[str], str]] = field(default_factory=dict)  # a rule's word on a field
    picks: Mapping[str, Callable[..., QuerySet[Any]]] = field(default_factory=dict)  # what a reference may be
    more: Sequence[More] = ()
    whole_house: bool = False  # it is one for all sites: only who keeps all may change it

    @property
    def domain(self) -> str:
        return self.model._meta.app_label

    @property
    def argument(self) -> str:
        """The name of a row's id in addresses."""
        return f"{self.model._meta.model_name}_id"

    @property
    def kind(self) -> str:
        """What the audit calls a row."""
        return f"{self.domain}.{self.model._meta.model_name}"

    def rows(self, actor: Actor) -> QuerySet[Any]:
        references = [name for name in self.fields if self.model._meta.get_field(name).is_relation]
        found = self.visible(actor, self.see)
        return found.select_related(*references) if references else found

    def keepable(self, actor: Actor) -> QuerySet[Any]:
        """Rows this actor may change."""
        if self.whole_house and not actor.sight(self.keep).everything:
            return self.model._default_manager.none()
        return self.visible(actor, self.keep)

    def may_add(self, actor: Actor) -> bool:
        sight = actor.sight(self.keep)
        return sight.everything if self.whole_house else bool(sight)

    def the(self, actor: Actor, row_id: int, *, to_keep: bool = False) -> Any:
        return pick(self.keepable(actor) if to_keep else self.rows(actor), row_id)

    def found(self, actor: Actor, q: str = "", archived: bool = False) -> QuerySet[Any]:
        """Rows in sight that hold every word of the search."""
        rows = self.rows(actor).filter(archived=archived)
        texts = [name for name in self.fields if isinstance(self.model._meta.get_field(name), models.CharField)]
        for word in q.split():
            rows = rows.filter(reduce(Q.__or__, (Q(**{f"{name}__icontains": word}) for name in texts)))
        return rows

    def label(self, name: str) -> str:
        return str(self.model._meta.get_field(name).verbose_name)

    def shown(self, row: Any, name: str) -> str:
        """A field in words."""
        display = getattr(row, f"get_{name}_display", None)
        return str(display() if display else getattr(row, name))
