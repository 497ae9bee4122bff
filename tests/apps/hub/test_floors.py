"""No sum or difference of what a pulse shows speaks of fewer than five people."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.hub.rules.floors import SMALLEST, shown

Cells = dict[tuple[str, str], int]
TABLES = st.dictionaries(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from("wxyz")),
    st.integers(0, 9),
    max_size=20,
)


def fewest(cells: Cells, rows: set[str], columns: set[str]) -> int | None:
    """By brute force: the fewest people of any parting of what is shown, the rest being one group of its own."""
    nodes = sorted({f"row {row if row in rows else '-'}" for row, _ in cells})
    nodes += sorted({f"column {column if column in columns else '-'}" for _, column in cells})
    best = None
    for sides in product((0, 1), repeat=len(nodes)):
        side = dict(zip(nodes, sides, strict=True))
        n = sum(
            people
            for (row, column), people in cells.items()
            if side[f"row {row if row in rows else '-'}"] != side[f"column {column if column in columns else '-'}"]
        )
        if n and (best is None or n < best):
            best = n
    return best


@given(TABLES)
def test_no_difference_of_groups_speaks_of_fewer_than_five(table: Cells) -> None:
    """Teams and bands overlap; every combination of what is shown is tried."""
    cells = {key: n for key, n in table.items() if n}
    rows, columns = shown(cells)
    if sum(cells.values()) < SMALLEST:
        assert not rows and not columns
        return
    found = fewest(cells, set(rows), set(columns))
    assert found is None or found >= SMALLEST


def test_the_floor_alone_is_not_enough() -> None:
    """The naive twin shows every group of five or more; all minus the two teams is one person."""
    cells = {("A", "x"): 6, ("B", "x"): 7, ("C", "x"): 1}
    naive = {row for row, n in (("A", 6), ("B", 7), ("C", 1)) if n >= SMALLEST}
    assert fewest(cells, naive, set()) == 1
    rows, _ = shown(cells)
    assert rows == {"B"}, "the smaller team hides the one"


def test_overlapping_groups_give_nobody_away() -> None:
    """Team A is the first year but for one: their difference would be that one person."""
    cells = {("A", "first"): 6, ("A", "long"): 1, ("B", "long"): 9}
    rows, columns = shown(cells)
    assert fewest(cells, {"A", "B"}, {"first", "long"}) == 1
    found = fewest(cells, set(rows), set(columns))
    assert found is None or found >= SMALLEST
    assert rows or columns, "something is still shown"


def test_groups_that_are_large_enough_are_all_shown() -> None:
    """Nothing is kept back without need."""
    cells = {(team, band): 6 for team in "ABC" for band in "xyz"}
    assert shown(cells) == (frozenset("ABC"), frozenset("xyz"))
