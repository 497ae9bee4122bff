"""What a change of who works when costs or wins in callers, interval by interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from floorwalker.apps.schedules.rules.stints import moment
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Interval:
    """One interval in which the people at work change, and callers who hang up then; None: not known."""

    number: int
    start: datetime
    end: datetime
    more_people: bool
    callers: float | None


@dataclass(frozen=True)
class PriceChange:
    """Neighbouring intervals with people taken away, or with people added.

    ``callers`` more hang up than before, below 0 fewer; None where it is not known. ``at`` is the number of the
    interval in which it is most.
    """

    start: datetime
    end: datetime
    callers: float | None
    at: int


def price_changes(
    grid: TimeGrid,
    before: Sequence[int],
    after: Sequence[int],
    lost_before: Sequence[float | None],
    lost_after: Sequence[float | None],
) -> list[PriceChange]:
    """The stretches of one day and queue in which another number of people is at work."""
    rows = _intervals(grid, before, after, lost_before, lost_after)
    found = []
    for _alike, run in groupby(enumerate(rows), key=_kind):
        each = [interval for _place, interval in run]
        worst = max(each, key=lambda interval: abs(interval.callers or 0.0))
        known = [interval.callers for interval in each if interval.callers is not None]
        found.append(PriceChange(each[0].start, each[-1].end, sum(known) if known else None, worst.number))
    return found


def _kind(numbered: tuple[int, Interval]) -> tuple[int, bool, bool]:
    """Alike for intervals that follow each other, of the same direction, and known or unknown alike."""
    place, interval = numbered
    return interval.number - place, interval.more_people, interval.callers is None


def _intervals(
    grid: TimeGrid,
    before: Sequence[int],
    after: Sequence[int],
    lost_before: Sequence[float | None],
    lost_after: Sequence[float | None],
) -> Iterator[Interval]:
    for number, (was, becomes) in enumerate(zip(before, after, strict=True)):
        if was == becomes:
            continue
        start = moment(grid.starts[number])
        then, now = lost_after[number], lost_before[number]
        callers = None if then is None or now is None else then - now
        end = start + timedelta(seconds=grid.lengths[number])
        yield Interval(number, start, end, becomes > was, callers)
