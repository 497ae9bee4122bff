"""Which groups of a pulse may be shown, so that no sum or difference of what is shown speaks of fewer than five.

Sheets stand in a table, teams by bands of tenure. Shown are sums of rows, of columns, and of all; what is not
shown by itself is still within the sum of all, so it counts as one rest. Whoever adds and subtracts what is shown
gives each row a number u, each column a number v, and learns of the cells in which the two differ. The fewest
people any such sum speaks of is therefore a cut of the table: rows and columns parted into two sides, counted the
cells whose row and column lie on different sides. A table may be shown when every such cut holds nobody, or at
least five.

There are few columns, so every parting of them is tried; each row then lies on the side on which it costs least.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import combinations
from typing import TypeVar

SMALLEST = 5
Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)


def shown(
    cells: Mapping[tuple[Row, Column], int], smallest: int = SMALLEST
) -> tuple[frozenset[Row], frozenset[Column]]:
    """The rows and columns that may be shown beside the sum of all; nothing where there are too few in all."""
    cells = {key: n for key, n in cells.items() if n}
    rows, columns = _sums(cells, 0), _sums(cells, 1)
    if sum(cells.values()) < smallest:
        return frozenset(), frozenset()
    keep_rows = {row for row, n in rows.items() if n >= smallest}
    keep_columns = {column for column, n in columns.items() if n >= smallest}
    while weak := weakest(cells, keep_rows, keep_columns, smallest):
        sizes = {("row", row): rows[row] for row in weak[0]} | {
            ("column", each): columns[each] for each in weak[1]
        }
        kind, least = min(sizes, key=lambda each: (sizes[each], each[0], str(each[1])))
        (keep_rows if kind == "row" else keep_columns).discard(least)  # type: ignore[arg-type]
    return frozenset(keep_rows), frozenset(keep_columns)


def weakest(
    cells: Mapping[tuple[Row, Column], int], rows: set[Row], columns: set[Column], smallest: int = SMALLEST
) -> tuple[set[Row], set[Column]] | None:
    """Shown rows and columns of a cut that holds somebody, but too few; nothing when there is none."""
    table: dict[Row | None, dict[Column | None, int]] = {}
    for (row, column), n in cells.items():
        line = table.setdefault(row if row in rows else None, {})
        named = column if column in columns else None
        line[named] = line.get(named, 0) + n
    every = sorted({column for line in table.values() for column in line}, key=str)
    for size in range(len(every) // 2 + 1):
        for side in combinations(every, size):
            found = _cut(table, set(side), smallest)
            if found is not None:
                return {row for row in found if row is not None} or set(rows), {
                    column for column in every if column is not None
                }
    return None


def _cut(
    table: Mapping[Row | None, Mapping[Column | None, int]], side: set[Column | None], smallest: int
) -> list[Row | None] | None:
    """The rows that cost something under one parting of the columns, when all of them cost too little."""
    costs = {}
    for row, line in table.items():
        here = sum(n for column, n in line.items() if column in side)
        costs[row] = (here, sum(line.values()) - here)
    least = {row: min(cost) for row, cost in costs.items()}
    if 0 < sum(least.values()) < smallest:
        return [row for row, cost in least.items() if cost]
    if sum(least.values()) == 0:
        # Every row lies wholly on a side; what one row costs on the other is all of it.
        small = [row for row, cost in costs.items() if 0 < max(cost) < smallest]
        return small or None
    return None


def _sums(cells: Mapping[tuple[Row, Column], int], at: int) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for key, n in cells.items():
        found[key[at]] = found.get(key[at], 0) + n
    return found
