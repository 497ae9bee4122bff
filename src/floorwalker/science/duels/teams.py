"""Two teams of people as equal as they can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput

MOST = 24  # people; 4,096 halves on either side


@dataclass(frozen=True)
class Teams:
    """Who plays with whom, as places in the list given; no other split has a smaller ``gap``."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    gap: float


def balanced(skills: Sequence[float]) -> Teams:
    """Split people into two teams of equal size whose sums of skill are as near as any split's.

    The gap is that of the means, times half the people; an odd one out makes one team larger by a person. Person 0
    is always on the first team, since teams have no order. Exact, by meeting in the middle: every choice of one
    half of the people beside the best fitting choice of the other. Raises InvalidInput.
    Source: Horowitz and Sahni, Journal of the ACM 21 (1974), 277-292.
    """
    people = len(skills)
    if not 2 <= people <= MOST:
        raise InvalidInput(f"{people} people cannot be split into two teams: 2 to {MOST} can")
    best: tuple[float, int] | None = None
    for size in sorted({people // 2, people - people // 2}):
        found = _best_of(skills, size)
        if best is None or found < best:
            best = found
    assert best is not None
    gap, members = best
    first = tuple(each for each in range(people) if members >> each & 1)
    return Teams(first, tuple(each for each in range(people) if not members >> each & 1), gap)


def _best_of(skills: Sequence[float], size: int) -> tuple[float, int]:
    """The smallest gap between the means of a team of ``size`` with person 0 and all others, and that team."""
    people, total = len(skills), sum(skills)
    wanted = total * size / people  # the sum at which both means are the same
    middle = people // 2
    near = [(count, value, members) for count, value, members in _choices(skills, 0, middle) if members & 1]
    far: dict[int, list[tuple[float, int]]] = {}
    for count, value, members in _choices(skills, middle, people):
        far.setdefault(count, []).append((value, members))
    for rows in far.values():
        rows.sort()
    scale = (
        (1 / size + 1 / (people - size)) * people / 2
    )  # from the sum of one team to means apart, times half of all
    best = (float("inf"), 0)
    for count, value, members in near:
        rows = far.get(size - count, [])
        place = bisect_left(rows, (wanted - value, -1))
        for row in rows[max(0, place - 1) : place + 1]:
            best = min(best, (abs(value + row[0] - wanted) * scale, members | row[1]))
    return best


def _choices(skills: Sequence[float], start: int, end: int) -> Iterator[tuple[int, float, int]]:
    """Every choice among the people from ``start`` to ``end``: how many, their sum, and who as bits."""
    for bits in range(1 << (end - start)):
        chosen = [start + place for place in range(end - start) if bits >> place & 1]
        yield len(chosen), sum(skills[each] for each in chosen), bits << start
