"""Clean a history openly: every value that is set aside is reported with the reason.

Cleaning is conservative. What cannot be trusted becomes unknown (NaN) rather than a guess, what is merely
unusual stays, and whatever repeats – a busy first of the month, a holiday seen twice, a lasting change of
level – is a pattern to learn, not a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.closed_hours import closed_slots, opening_words
from floorwalker.science.forecasting.demand import Demand, Floats
from floorwalker.science.forecasting.suspects import (
    Flags,
    Usual,
    day_scores,
    interval_scores,
    level_of,
    nearby,
    usual,
)
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid, zone_info

RUN_OF_A_SHIFT = 4  # so many unusual days in a row are a season or a new level, not outliers
OUTAGE_SHARE = 0.1  # an outage lets at most this share of the usual contacts through
OUTAGE_MISSED = 20.0  # contacts that must be missing before silence is an outage: chance silence is < 1e-8
TAIL_MISSED = 5.0  # the same where the file ends anyway: chance silence is < 1 %
CLEAR = 1.5  # an outlier lies beyond this factor of the usual, however steady the queue
CLEAR_INTERVAL = 2.0  # the same for a single interval, whose share of the day wanders more
FEW_CONTACTS = 10.0  # and by more contacts than this, so that nights of two calls stay as they are
MOVABLE = 35  # days by which a holiday of the moon, such as Easter, wanders from year to year


class ChangeKind(StrEnum):
    """What was found."""

    GAP = "gap"  # nothing recorded although the queue is usually open
    CLOSED = "closed"  # hours without any contact, week after week
    PARTIAL = "partial"  # an interval the source covers only in part
    OUTAGE = "outage"  # silence inside open hours of an otherwise normal day
    OUTLIER = "outlier"  # a count or a day far from everything comparable


@dataclass(frozen=True)
class Change:
    """One finding: intervals ``first`` to ``stop`` (exclusive), the contacts ``was`` recorded there in all, and
    what they are ``now``: NaN for unknown, a number where the count was corrected or kept."""

    kind: ChangeKind
    first: int
    stop: int
    start: datetime
    end: datetime
    was: float
    now: float
    because: str


@dataclass(frozen=True)
class Cleaned:
    """The cleaned ``demand``, every change in order of time, and where the queue is ``closed`` (by interval)."""

    demand: Demand
    changes: tuple[Change, ...]
    closed: Flags


def clean(
    demand: Demand,
    *,
    calendar: Calendar | None = None,
    covered_seconds: NDArray[np.float64] | None = None,
    strictness: float = 6.0,
) -> Cleaned:
    """Set aside what would teach a forecast something false, and say so.

    Days that ``calendar`` names or closes are known to be different and never touched; give the one you forecast
    with, or the little demand of a holiday is set aside and the holiday learnt as closed.
    ``covered_seconds``, where the reader of the source knows it, is how much of each interval the source covers:
    a count that covers at least half is scaled up, less becomes unknown. An interval that is covered in part on
    every such weekday is the edge of the opening hours, and stays. ``strictness`` is how many standard deviations
    an outlier lies off; lower finds more.

    Counts that ``demand.trusted`` vouches for stay. Unusual values are judged only for weekdays seen at least four
    times. :class:`InvalidInput` for a strictness that is not positive or ``covered_seconds`` of another length.
    """
    if not strictness > 0:
        raise InvalidInput(f"a strictness of {strictness:g} is not positive; 6 is a careful choice")
    values = demand.offered.copy()
    book = _Book(demand.grid, values, calendar or Calendar(), demand.trusted)
    if covered_seconds is not None:
        _correct_coverage(book, np.asarray(covered_seconds, dtype=np.float64))
    found = usual(_with(demand, values))
    closed = closed_slots(found)
    _name_closed_hours(book, found, closed)
    _find_empty_days(book, found)
    _find_cut_end(book, found)
    found = usual(_with(demand, values))
    _find_day_outliers(book, found, strictness)
    if demand.grid.step_seconds != DAY_SECONDS:
        _find_holes(book, found)
        _find_outages(book, found)
        _find_interval_outliers(book, found, strictness)
    on_grid = closed[
        np.asarray(demand.grid.weekdays)[np.asarray(demand.grid.day_index)], np.asarray(demand.grid.slots)
    ]
    changes = tuple(sorted(book.changes, key=lambda change: (change.first, change.stop)))
    return Cleaned(_with(demand, values), changes, on_grid)


def _with(demand: Demand, offered: Floats) -> Demand:
    return replace(demand, offered=offered.copy())


class _Book:
    """The working copy of the counts and the record of what was done to it."""

    def __init__(self, grid: TimeGrid, values: Floats, calendar: Calendar, trusted: Flags | None) -> None:
        self.grid = grid
        self.values = values
        self.trusted = (
            np.zeros(len(grid), dtype=bool) if trusted is None else np.asarray(trusted) & ~np.isnan(values)
        )
        self.changes: list[Change] = []
        self.special = np.array([day in calendar.closed or calendar.name(day) is not None for day in grid.dates])
        self.cells = np.full((grid.days, grid.slots_per_day), -1, dtype=np.int64)
        days, slots = np.asarray(grid.day_index), np.asarray(grid.slots)
        self.cells[days[::-1], slots[::-1]] = np.arange(len(grid))[::-1]

    def note(self, kind: ChangeKind, first: int, stop: int, now: float, because: str) -> None:
        total = _total(self.values[first:stop])
        begins, ends = self.grid.starts[first], self.grid.starts[stop - 1] + self.grid.lengths[stop - 1]
        zone = zone_info(self.grid.zone)
        start, end = datetime.fromtimestamp(begins, zone), datetime.fromtimestamp(ends, zone)
        self.changes.append(Change(kind, first, stop, start, end, total, now, because))

    def discard(self, kind: ChangeKind, first: int, stop: int, because: str) -> None:
        """Note it and make the stretch unknown, but for counts somebody vouches for."""
        for begin, end in runs(~self.trusted[first:stop]):
            self.note(kind, first + begin, first + end, np.nan, because)
            self.values[first + begin : first + end] = np.nan

    def day(self, index: int) -> tuple[int, int]:
        part = self.grid.day_slice(index)
        return part.start, part.stop

    def untouched(self, day: int) -> bool:
        """Whether a day still holds counts and is not declared special."""
        first, stop = self.day(day)
        return not self.special[day] and bool(np.any(~np.isnan(self.values[first:stop])))


def _total(values: Floats) -> float:
    return float(np.nansum(values)) if np.any(~np.isnan(values)) else np.nan


def _name(day: date) -> str:
    return f"{day:%A} {day.isoformat()}"


def _correct_coverage(book: _Book, covered: Floats) -> None:
    grid = book.grid
    if covered.shape != book.values.shape:
        raise InvalidInput(f"covered_seconds has {covered.size} values for {len(grid)} intervals")
    lengths = np.asarray(grid.lengths, dtype=np.float64)
    share = np.where(np.isnan(book.values), np.nan, covered / lengths)
    weekdays = np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
    cells = weekdays * grid.slots_per_day + np.asarray(grid.slots)
    for i in np.flatnonzero(share < 0.999).tolist():
        same = share[(cells == cells[i]) & ~np.isnan(share)]
        if same.size > 1 and share[i] >= 0.999 * np.median(same):
            continue  # always covered so far: the edge of the opening hours
        usual_share = float(np.median(same)) if same.size > 1 else 1.0
        part = share[i] / usual_share
        said = f"the source covers {covered[i] / 60:g} of {lengths[i] / 60:g} minutes"
        if part >= 0.5:
            scaled = book.values[i] / part
            book.note(ChangeKind.PARTIAL, i, i + 1, float(scaled), f"{said}: scaled up to the whole interval")
            book.values[i] = scaled
        else:
            book.discard(ChangeKind.PARTIAL, i, i + 1, f"{said}: too little to judge, left unknown")


def _name_closed_hours(book: _Book, found: Usual, closed: Flags) -> None:
    grid = book.grid
    start, end = grid.local(0), datetime.fromtimestamp(grid.end, zone_info(grid.zone))
    for sentence in opening_words(found, closed, grid.step_seconds):
        book.changes.append(Change(ChangeKind.CLOSED, 0, len(grid), start, end, 0.0, 0.0, sentence))


def _find_empty_days(book: _Book, found: Usual) -> None:
    """Days without a contact on weekdays that usually bring some, in runs."""
    busy = np.nansum(found.counts, axis=1) > 0
    often = np.array([busy[found.weekdays == w].mean() if np.any(found.weekdays == w) else 0.0 for w in range(7)])
    empty = ~busy & (often[found.weekdays] > 0.5) & ~book.special
    for first_day, stop_day in runs(empty):
        first, stop = book.day(first_day)[0], book.day(stop_day - 1)[1]
        recorded = bool(np.any(~np.isnan(book.values[first:stop])))
        what = "only zeros" if recorded else "no row"
        dates = book.grid.dates
        when = _name(dates[first_day])
        if stop_day - first_day > 1:
            when += f" to {_name(dates[stop_day - 1])}"
        because = f"{what} for {when}, usually open: a holiday, a closure or a gap; unknown, not zero"
        book.discard(ChangeKind.GAP, first, stop, because)


def _find_cut_end(book: _Book, found: Usual) -> None:
    """The last day may end before its usual close, and its last interval then be cut short."""
    known = np.flatnonzero(np.nan_to_num(book.values) > 0)
    if not known.size:
        return
    last = int(known[-1])
    day, slot = book.grid.day_index[last], book.grid.slots[last]
    if book.special[day] or book.grid.step_seconds == DAY_SECONDS:
        return
    base = found.base[found.weekdays[day]]
    expected = base * level_of(found.counts[day, :slot], base[:slot])
    missing = float(np.nansum(np.where(found.usually_open[found.weekdays[day]], expected, 0.0)[slot + 1 :]))
    stop = book.day(day)[1]
    if not missing >= TAIL_MISSED:
        return
    at = f"{book.grid.local(last):%H:%M}"
    if np.any(~np.isnan(book.values[last + 1 : stop])):
        because = f"the file falls silent after {at} on its last day, about {missing:.0f} contacts early"
        book.discard(ChangeKind.PARTIAL, last + 1, stop, f"{because}: the rest of the day is unknown, not zero")
    if book.values[last] < expected[slot] - 2 * np.sqrt(expected[slot]):
        because = f"the file ends within the interval at {at}: {expected[slot]:.0f} would be usual; left unknown"
        book.discard(ChangeKind.PARTIAL, last, last + 1, because)


def _find_holes(book: _Book, found: Usual) -> None:
    """Absent rows inside the usual hours of a day that has others."""
    for day in range(book.grid.days):
        row = found.counts[day]
        if np.all(np.isnan(row)) or book.special[day]:
            continue
        absent = np.isnan(row) & found.usually_open[found.weekdays[day]] & (book.cells[day] >= 0)
        for first, stop in runs(absent):
            missing = float(np.nansum(found.expected[day, first:stop]))
            begin, end = int(book.cells[day, first]), int(book.cells[day, stop - 1]) + 1
            because = f"no rows inside the usual hours ({missing:.0f} contacts would be usual): unknown, not zero"
            book.note(ChangeKind.GAP, begin, end, np.nan, because)


def _find_outages(book: _Book, found: Usual) -> None:
    _, beside, _ = nearby(found)
    likely = found.expected
    expected = np.fmin(likely, beside)  # what even the quieter of the weeks next to it would bring
    silent = (found.counts <= OUTAGE_SHARE * expected) & found.usually_open[found.weekdays]
    for day in np.flatnonzero(silent.any(axis=1)).tolist():
        if not book.untouched(day):
            continue
        for first, stop in runs(silent[day]):
            begin, end = int(book.cells[day, first]), int(book.cells[day, stop - 1]) + 1
            if np.nansum(expected[day, first:stop]) < OUTAGE_MISSED or np.all(np.isnan(book.values[begin:end])):
                continue
            was, usual_there = float(np.nansum(book.values[begin:end])), float(np.nansum(likely[day, first:stop]))
            because = (
                f"{was:.0f} contacts where the rest of the day lets expect {usual_there:.0f}: an outage or "
                "an early close, not a lack of demand; left unknown"
            )
            book.discard(ChangeKind.OUTAGE, begin, end, because)


def _find_interval_outliers(book: _Book, found: Usual, strictness: float) -> None:
    scores, expected = interval_scores(found), found.expected
    lowest, _, highest = nearby(found)
    with np.errstate(invalid="ignore"):
        high = (scores > strictness) & (found.counts > np.fmax(CLEAR_INTERVAL * expected, CLEAR * highest))
        low = (scores < -strictness) & (found.counts < np.fmin(expected / CLEAR_INTERVAL, lowest / CLEAR))
    flagged = (high | low) & (np.abs(found.counts - expected) > FEW_CONTACTS)
    for day in np.flatnonzero(flagged.any(axis=1)).tolist():
        if not book.untouched(day):
            continue
        for first, stop in runs(flagged[day] & ~_same_day_of_month(book.grid, flagged, day)):
            begin, end = int(book.cells[day, first]), int(book.cells[day, stop - 1]) + 1
            if np.any(np.isnan(book.values[begin:end])):
                continue
            was, let = float(np.sum(book.values[begin:end])), float(np.sum(expected[day, first:stop]))
            because = (
                f"{was:.0f} contacts where the weekday, the time and the rest of the day let expect {let:.0f}, "
                f"{np.max(np.abs(scores[day, first:stop])):.0f} standard deviations off; left unknown"
            )
            book.discard(ChangeKind.OUTLIER, begin, end, because)


def _find_day_outliers(book: _Book, found: Usual, strictness: float) -> None:
    scores, scales = day_scores(found)
    with np.errstate(invalid="ignore"):
        standard = scores / scales
        flagged = (np.abs(standard) > strictness) & (np.abs(scores) > np.log(CLEAR))
    known = np.flatnonzero(found.level > 0)
    for first, stop in runs(flagged[known]):
        if stop - first >= RUN_OF_A_SHIFT or (stop == known.size and stop - first > 1):
            continue
        for day in known[first:stop]:
            if not book.untouched(day) or _repeats(book.grid, standard, day) or _beside_a_gap(book, day):
                continue
            begin, end = book.day(day)
            because = (
                f"{_name(book.grid.dates[day])} lies {np.exp(abs(scores[day])):.1f} times "
                f"{'above' if scores[day] > 0 else 'below'} the days before and after it, and no such day "
                "repeats; left unknown"
            )
            book.discard(ChangeKind.OUTLIER, begin, end, because)


def _same_day_of_month(grid: TimeGrid, flagged: Flags, day: int) -> Flags:
    """Slots flagged on the same day of another month as well: a pattern of the month."""
    twins = [d for d, other in enumerate(grid.dates) if d != day and other.day == grid.dates[day].day]
    return np.asarray(flagged[twins].any(axis=0))


def _repeats(grid: TimeGrid, standard: Floats, day: int) -> bool:
    """Whether another year, or most same days of the month, brought such a day too.

    In another year it is the same date, or the same weekday within the reach of movable holidays.
    """
    here, sign = grid.dates[day], np.sign(standard[day])
    for d, other in enumerate(grid.dates):
        years = round((other - here).days / 365.25)
        drift = abs((other - here).days - round(365.25 * years))
        same_date = drift <= 1 and (other.month, other.day) == (here.month, here.day)
        movable = drift <= MOVABLE and other.weekday() == here.weekday() and sign * standard[d] > 4
        if years and (movable or (same_date and sign * standard[d] > 2)):
            return True
    months = [d for d, o in enumerate(grid.dates) if d != day and o.day == here.day and standard[d] == standard[d]]
    return len(months) >= 2 and float(np.mean(sign * standard[months] > 1)) >= 0.5


def _beside_a_gap(book: _Book, day: int) -> bool:
    """Whether an empty or special day lies next to it: the days around a holiday are unusual, every time."""
    gaps = {c.first for c in book.changes if c.kind is ChangeKind.GAP}
    neighbours = [d for d in (day - 1, day + 1) if 0 <= d < book.grid.days]
    return any(book.special[d] or book.day(d)[0] in gaps for d in neighbours)


def runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Stretches of True as (first, stop) pairs."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
