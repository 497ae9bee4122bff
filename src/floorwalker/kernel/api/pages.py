"""Lists come in pages: `?after=…&limit=…`, at most 500 rows, in an order that does not change underway."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

from floorwalker.kernel.api.schemas import In
from floorwalker.kernel.paging import MOST, page_of

T = TypeVar("T")


class Page(Schema, Generic[T]):
    """One page; `after` leads to the next and is empty on the last."""

    items: list[T]
    after: str


class Paging(In):
    """Where in a list to start, and how many rows to give."""

    after: str = Field("", max_length=2000, description="The `after` of the page before; empty for the first.")
    limit: int = Field(50, ge=1, le=MOST, description="Rows a page.")

    def of(self, rows: QuerySet[Any], *order: str) -> dict[str, Any]:
        """The page of these rows in this order."""
        found = page_of(rows, order, after=self.after, limit=self.limit)
        return {"items": found.items, "after": found.after}
