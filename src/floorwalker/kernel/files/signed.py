"""Whose copy an export about people is: a last column says in every row who took it along, when, and what for.

In every row, because a part of a table travels further than the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from floorwalker.kernel.access import Actor
from floorwalker.kernel.files.cells import Value

COLUMN = "taken_along_by"
LONGEST = 120


def purpose(query: Mapping[str, str]) -> str:
    """What somebody takes a file along for, in one line; empty where the address does not say it."""
    return " ".join(query.get("why", "").split())[:LONGEST]


def signed(
    columns: Sequence[str], rows: Iterable[Sequence[Value]], *, by: Actor, at: datetime, why: str
) -> tuple[list[str], Iterator[list[Value]]]:
    """Columns and rows with the mark, as `csv_chunks`, `csv_bytes` and `xlsx_bytes` take them."""
    mark = f"{by.name}, {at.astimezone(UTC):%Y-%m-%d %H:%M} UTC, {why or 'purpose not said'}"
    return [*columns, COLUMN], ([*row, mark] for row in rows)
