"""People needed and people there, interval by interval, and what a change does to it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from floorwalker.apps.schedules.rules.stints import Stint, moment
from floorwalker.science.rostering import Stretch, people_at_work
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Need:
    """People to schedule on one day of one queue, from its first moment in steps."""

    queue: int
    day: date
    step_seconds: int
    scheduled: tuple[int, ...]
    goal: str = ""


@dataclass(frozen=True)
class Gap:
    """A run of intervals in which ``people`` are missing at the worst."""

    start: datetime
    end: datetime
    people: int


@dataclass(frozen=True)
class DayCover:
    """One day, all queues in question together."""

    grid: TimeGrid
    needed: tuple[int, ...]
    there: tuple[int, ...]

    @property
    def starts(self) -> list[datetime]:
        return [moment(start) for start in self.grid.starts]

    @property
    def short_hours(self) -> float:
        pairs = zip(self.needed, self.there, self.grid.lengths, strict=True)
        return sum(max(0, need - have) * length for need, have, length in pairs) / 3600

    def gaps(self) -> list[Gap]:
        return gaps(self.grid, [have - need for need, have in zip(self.needed, self.there, strict=True)])


def step_of(needs: Sequence[Need], usual: int = 1800) -> int:
    """The finest step among the needs."""
    return min((need.step_seconds for need in needs), default=usual)


def needed_on(grid: TimeGrid, needs: Iterable[Need]) -> list[int]:
    """People needed in each interval of one day's grid; a coarser need holds for all of its intervals."""
    total = [0] * len(grid)
    for need in needs:
        if need.day != grid.first_day or not need.scheduled:
            continue
        alike = need.step_seconds == grid.step_seconds
        own_grid = grid_of(need.day, need.step_seconds, grid.zone)
        for index, own in enumerate(range(len(grid)) if alike else map(own_grid.find, grid.starts)):
            total[index] += need.scheduled[own] if 0 <= own < len(need.scheduled) else 0
    return total


@lru_cache(maxsize=1000)  # a page lays a dozen needs over each of its few days
def grid_of(day: date, step_seconds: int, zone: str) -> TimeGrid:
    """One day, cut into its intervals."""
    return TimeGrid(day, 1, step_seconds, zone)


def day_cover(day: date, zone: str, needs: Sequence[Need], stretches: Iterable[Stretch]) -> DayCover:
    grid = grid_of(day, step_of(needs), zone)
    return DayCover(grid, tuple(needed_on(grid, needs)), tuple(people_at_work(grid, stretches)))


def stretch_of(stint: Stint, people: int = 1) -> Stretch:
    return Stretch(
        int(stint.start.timestamp()),
        int(stint.end.timestamp()),
        int(stint.meal_start.timestamp()) if stint.meal_start else None,
        int(stint.meal_end.timestamp()) if stint.meal_end else None,
        people,
    )


def gaps(grid: TimeGrid, surplus: Sequence[int]) -> list[Gap]:
    """Runs of intervals with anybody missing."""
    found = []
    numbered = list(enumerate(surplus))
    for missing, run in groupby(numbered, key=lambda pair: pair[1] < 0):
        if missing:
            rows = list(run)
            first, last = rows[0][0], rows[-1][0]
            end = moment(grid.starts[last] + grid.lengths[last])
            found.append(Gap(moment(grid.starts[first]), end, -min(value for _, value in rows)))
    return found


@dataclass(frozen=True)
class CoverChange:
    """What a change does to a stretch of a day: people missing before and after, at the worst."""

    start: datetime
    end: datetime
    missing_before: int
    missing_after: int


def cover_changes(before: DayCover, after: DayCover) -> list[CoverChange]:
    """Stretches in which more, or fewer, people are missing than before; neighbours alike are one."""
    return list(_changes(before, after))


def _changes(before: DayCover, after: DayCover) -> Iterator[CoverChange]:
    starts = before.starts
    ends = [start + timedelta(seconds=s) for start, s in zip(starts, before.grid.lengths, strict=True)]

    def missing(cover: DayCover) -> list[int]:
        return [max(0, need - have) for need, have in zip(cover.needed, cover.there, strict=True)]

    rows = zip(starts, ends, missing(before), missing(after), strict=True)
    for (was, becomes), run in groupby(rows, key=lambda row: row[2:]):
        if was != becomes:
            found = list(run)
            yield CoverChange(found[0][0], found[-1][1], was, becomes)
