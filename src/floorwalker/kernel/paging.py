"""Pages of rows by cursor: the next page starts after the last row seen, whatever was added meanwhile.

A cursor is the order's values of a row, signed, so that it says nothing to people and cannot be made up. The order
always ends with the primary key, so that every row has one place; its fields hold no nulls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import Refused

MOST = 500
SALT = "floorwalker.cursor"
M = TypeVar("M", bound=Model)


class BadCursor(Refused):
    """A place in a list that was made up, shortened, or belongs to another order."""

    code = "bad_cursor"
    status = 400
    text = _("The place in the list named by “{name}” is not one this list has given. Start at its first page.")


@dataclass(frozen=True)
class Rows(Generic[M]):
    """One page of rows; a cursor is empty where there is no more."""

    items: list[M]
    after: str = ""
    before: str = ""


def page_of(
    rows: QuerySet[M], order: Sequence[str], *, after: str = "", before: str = "", limit: int = 50
) -> Rows[M]:
    """At most ``limit`` rows in this order, after one cursor or before another."""
    order = (*(name for name in order if name.lstrip("-") != "pk"), "pk")
    limit = max(1, min(limit, MOST))
    if before:
        found = _read(rows, _turned(order), _values(before, order, "before"), limit)
        items = found[:limit][::-1]
        return Rows(items, after=_cursor(items[-1], order) if items else "", before=_more(found, limit, order, 0))
    values = _values(after, order, "after") if after else None
    found = _read(rows, order, values, limit)
    items = found[:limit]
    return Rows(
        items,
        after=_cursor(items[-1], order) if len(found) > limit else "",
        before=_cursor(items[0], order) if after and items else "",
    )


def _more(found: list[Any], limit: int, order: Sequence[str], first: int) -> str:
    return _cursor(found[:limit][::-1][first], order) if len(found) > limit else ""


def _read(rows: QuerySet[M], order: Sequence[str], values: list[Any] | None, limit: int) -> list[M]:
    if values is not None:
        rows = rows.filter(_beyond(order, values))
    return list(rows.order_by(*order)[: limit + 1])


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


def _cursor(row: Model, order: Sequence[str]) -> str:
    values = [_plain(_reach(row, name.lstrip("-"))) for name in order]
    return signing.dumps([list(order), values], salt=SALT, compress=True)


def _reach(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _values(cursor: str, order: Sequence[str], name: str) -> list[Any]:
    try:
        named, values = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadCursor(name=name) from error
    if named != list(order):
        raise BadCursor(name=name)
    return list(values)
