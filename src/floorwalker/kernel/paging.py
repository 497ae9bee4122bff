"""Pages of rows by cursor: the next page starts after the last row seen, whatever was added meanwhile.

A cursor is the order's values of a row, sealed with the name of its list: it says nothing to people, cannot be
made up, and is none of another list. The order always ends with the primary key, so that every row has one place;
its fields hold no nulls, and may be annotations of the rows.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from hashlib import blake2s
from typing import Any, Generic, TypeVar

from django.db.models import Case, F, Model, Q, QuerySet, Value, When
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import Refused
from floorwalker.kernel.look.words import number_words
from floorwalker.kernel.sealing import NotSealed, opened, sealed

MOST = 500
CURSORS = "places in lists"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # a field of an order holds no nulls
M = TypeVar("M", bound=Model)
T = TypeVar("T")


class BadCursor(Refused):
    """A place in a list that was made up, shortened, or belongs to another order."""

    code = "bad_cursor"
    status = 400
    text = _("The place in the list named by “{name}” is not one this list has given. Start at its first page.")


@dataclass(frozen=True)
class Rows(Generic[T]):
    """One page of rows; a cursor is empty where there is no more."""

    items: list[T]
    after: str = ""
    before: str = ""
    total: int | None = None  # of the whole list, where it was counted

    @property
    def note(self) -> str:
        """“50 of 312”, for the foot of a table."""
        words = {"shown": number_words(len(self.items)), "total": number_words(self.total)}
        return _said("%(shown)s of %(total)s") % words if self.total else ""


def cursors(address: Mapping[str, str]) -> dict[str, str]:
    """The place in a list that an address names, as `page_of` takes it."""
    return {name: address.get(name, "") for name in ("after", "before")}


@dataclass(frozen=True)
class Part:
    """Rows that follow an order of their own: the value that marks them, and which field stands for which name."""

    condition: Q
    mark: int
    name: str
    field: str


class OpenFirst(tuple[str, ...]):
    """The order of what is open before what has ended. The two are read one after the other, each by an index of
    its own; sorted together, every row there ever was would have to be looked at for one page."""

    parts: tuple[Part, ...] = ()

    def turned(self) -> OpenFirst:
        found = OpenFirst(_turned(self))
        found.parts = self.parts[::-1]
        return found


def open_first(rows: QuerySet[M], is_open: Q, *, due: str, ended: str) -> tuple[QuerySet[M], OpenFirst]:
    """The rows with an order for them: what is open by when it is due, then what has ended, the latest first."""
    rows = rows.annotate(
        paging_ended=Case(When(is_open, then=0), default=1),
        paging_due=Case(When(is_open, then=F(due)), default=Value(NEVER)),
        paging_left=Case(When(is_open, then=Value(NEVER)), default=F(ended)),
    )
    order = OpenFirst(("paging_ended", "paging_due", "-paging_left", "-pk"))
    order.parts = Part(is_open, 0, "paging_due", due), Part(~is_open, 1, "paging_left", ended)
    return rows, order


def page_of(
    rows: QuerySet[M],
    order: Sequence[str],
    *,
    after: str = "",
    before: str = "",
    limit: int = 50,
    counted: bool = False,
) -> Rows[M]:
    """At most ``limit`` rows in this order, after one cursor or before another; all of them counted if asked."""
    found = _page(rows, order, after, before, max(1, min(limit, MOST)))
    return replace(found, total=rows.count()) if counted else found


def page_of_names(
    names: Iterable[str], of: str, *, after: str = "", before: str = "", limit: int = 50
) -> Rows[str]:
    """At most ``limit`` of the names one row holds, by alphabet; a cursor is of the list called ``of`` alone."""
    found, most = sorted(names), max(1, min(limit, MOST))
    place = Place(of, ("name",))
    if before:
        last = bisect_left(found, place.values(before, "before")[0])
        first = max(0, last - most)
    else:
        first = bisect_right(found, place.values(after, "after")[0]) if after else 0
        last = min(len(found), first + most)
    items = found[first:last]
    return Rows(
        items,
        after=place.sealed_at(items[-1]) if items and last < len(found) else "",
        before=place.sealed_at(items[0]) if items and first else "",
        total=len(found),
    )


def _page(rows: QuerySet[M], wanted: Sequence[str], after: str, before: str, limit: int) -> Rows[M]:
    order: tuple[str, ...] = (*wanted, "pk")
    if {"pk", "-pk"} & set(wanted):
        order = wanted if isinstance(wanted, OpenFirst) else tuple(wanted)
    place = Place(rows.model._meta.label_lower, order)
    if before:
        back = order.turned() if isinstance(order, OpenFirst) else _turned(order)
        found = _read(rows, back, place.values(before, "before"), limit)
        items = found[:limit][::-1]
        return Rows(
            items,
            after=place.cursor(items[-1]) if items else "",
            before=place.cursor(items[0]) if len(found) > limit else "",
        )
    found = _read(rows, order, place.values(after, "after") if after else None, limit)
    items = found[:limit]
    return Rows(
        items,
        after=place.cursor(items[-1]) if len(found) > limit else "",
        before=place.cursor(items[0]) if after and items else "",
    )


def _read(rows: QuerySet[M], order: Sequence[str], values: list[Any] | None, limit: int) -> list[M]:
    if isinstance(order, OpenFirst):
        return _read_parts(rows, order, values, limit)
    if values is not None:
        rows = rows.filter(_beyond(order, values))
    return list(rows.order_by(*order)[: limit + 1])


def _read_parts(rows: QuerySet[M], order: OpenFirst, values: list[Any] | None, limit: int) -> list[M]:
    """One part after the other until there are enough; those before the place in the list are passed by."""
    found: list[M] = []
    at = None if values is None else dict(zip((name.lstrip("-") for name in order), values, strict=True))
    for part in order.parts:
        own = [name for name in order if name.lstrip("-") in (part.name, "pk")]
        plain = [name.replace(part.name, part.field) for name in own]
        mine = rows.filter(part.condition)
        if at is not None:
            if at["paging_ended"] != part.mark:
                continue
            mine, at = mine.filter(_beyond(plain, [at[name.lstrip("-")] for name in own])), None
        found += mine.order_by(*plain)[: limit + 1 - len(found)]
    return found


def _turned(order: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _beyond(order: Sequence[str], values: list[Any]) -> Q:
    """Rows that come after these values: first field beyond, or equal and the next beyond, …"""
    alternatives = []
    for place, name in enumerate(order):
        same = {before.lstrip("-"): values[at] for at, before in enumerate(order[:place])}
        side = "lt" if name.startswith("-") else "gt"
        alternatives.append(Q(**same, **{f"{name.lstrip('-')}__{side}": values[place]}))
    return reduce(lambda left, right: left | right, alternatives)


@dataclass(frozen=True)
class Place:
    """Places in the rows of a model in an order, as cursors and back."""

    model: str
    order: tuple[str, ...]

    def cursor(self, row: Model) -> str:
        return self.sealed_at(*(_plain(_reach(row, name.lstrip("-"))) for name in self.order))

    def sealed_at(self, *values: Any) -> str:
        return sealed(json.dumps([self._name, *values], separators=(",", ":"), ensure_ascii=False), CURSORS)

    def values(self, cursor: str, name: str) -> list[Any]:
        try:
            named, *values = json.loads(opened(cursor, CURSORS))
        except NotSealed as error:
            raise BadCursor(name=name) from error
        if named != self._name:
            raise BadCursor(name=name)
        return values

    @property
    def _name(self) -> str:
        """Which list and order this is, in eight letters: an address should stay short."""
        return blake2s(f"{self.model} {' '.join(self.order)}".encode(), digest_size=4).hexdigest()


def _reach(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
