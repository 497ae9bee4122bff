"""From history to demand: contacts per interval of whole local days, as forecasting reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from floorwalker.contacts.history import History
from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Demand
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid, zone_info

SILENCE_SECONDS = 4 * 3600  # so long without a row is closed, not a hole in the data
LONGEST_YEARS = 20  # a mistyped year must not become millions of empty intervals

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def to_demand(
    history: History, *, step_seconds: int, zone: str | None = None, queues: Sequence[str] | None = None
) -> dict[str, Demand]:
    """Demand per queue on a grid of whole local days from the first day of the history to its last.

    A gap is not a zero. Of interval counts, an interval with no source row is NaN; one that its rows cover in
    part is NaN too, except at the edge of recorded hours – the day's, or where four silent hours begin or end –
    where it is what those hours held. Of a log, days without any contact are NaN (a gap or a closed day), other
    silent intervals are zero. ``handled`` and ``handling_seconds`` of a log belong to the interval of arrival and
    count answered contacts whose handling time is known. Raises :class:`InvalidInput` for a step finer than the
    source, or for an unknown queue.
    """
    names = _chosen(history, queues)
    grid = _grid_of(history, step_seconds, zone or history.zone)
    make = _from_intervals if history.table == "intervals" else _from_contacts
    return make(history, grid, names)


def _chosen(history: History, queues: Sequence[str] | None) -> tuple[str, ...]:
    if queues is None:
        return history.queues
    unknown = [queue for queue in queues if queue not in history.queues]
    if unknown:
        raise InvalidInput(
            f"there is no queue {unknown[0]!r} in {history.source}; it has {', '.join(history.queues)}"
        )
    return tuple(queues)


def _grid_of(history: History, step_seconds: int, zone: str) -> TimeGrid:
    if not history.stored:
        raise InvalidInput(f"{history.source} holds no row, so there is no demand to count")
    info = zone_info(zone)
    starts = history.frame["start"]
    first = datetime.fromtimestamp(int(starts.min()), info).date()
    last = datetime.fromtimestamp(int(starts.max()), info).date()
    if (last - first).days > LONGEST_YEARS * 366:
        raise InvalidInput(
            f"{history.source} reaches from {first} to {last}, which cannot be one history; correct the odd day, "
            f"or give at most {LONGEST_YEARS} years"
        )
    grid = TimeGrid(first, (last - first).days + 1, step_seconds, zone)
    source = history.step_seconds
    if source is not None and step_seconds % source:
        raise InvalidInput(
            f"intervals of {source / 60:g} minutes cannot be counted in steps of {step_seconds / 60:g} minutes; "
            f"use {source / 60:g} minutes or a multiple of it"
        )
    return grid


def _places(grid: TimeGrid, starts: pd.Series[int]) -> Ints:
    return np.searchsorted(np.asarray(grid.starts), starts.to_numpy(), side="right") - 1


def _sums(index: Ints, values: Floats, count: int) -> Floats:
    return np.bincount(index, weights=values, minlength=count).astype(np.float64)


def _from_intervals(history: History, grid: TimeGrid, names: tuple[str, ...]) -> dict[str, Demand]:
    demands = {}
    for queue in names:
        rows = history.frame[history.frame["queue"] == queue]
        index = _places(grid, rows["start"])
        known = _known_intervals(grid, index, rows)
        offered = _sums(index, rows["offered"].to_numpy(), len(grid))
        offered[~known] = np.nan
        handled, handling = _handled_of_intervals(rows, index, known, len(grid))
        demands[queue] = Demand(queue, grid, offered, handled, handling)
    return demands


def _known_intervals(grid: TimeGrid, index: Ints, rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Intervals whose rows cover them, counting as covered what lies outside the recorded hours."""
    covered = _sums(index, rows["length"].to_numpy(dtype=np.float64), len(grid))
    if grid.step_seconds == DAY_SECONDS:
        return covered > 0
    start = rows["start"].to_numpy(dtype=np.float64)
    end = start + rows["length"].to_numpy()
    of_day = np.asarray(grid.day_index)
    of_stretch = np.zeros(len(grid), dtype=np.int64)
    stretch = _stretches(start, end)
    of_stretch[index] = stretch
    needed = np.minimum(
        _recorded(grid, of_day, of_day[index], start, end), _recorded(grid, of_stretch, stretch, start, end)
    )
    return np.asarray((covered > 0) & (covered >= needed - 0.5))


def _stretches(start: Floats, end: Floats) -> Ints:
    """The stretch of opening each row belongs to: a silence of hours parts one from the next, at night too."""
    order = np.argsort(start, kind="stable")
    latest = np.maximum.accumulate(end[order])
    apart = np.diff(start[order], prepend=start[order][:1]) > 0
    apart[1:] &= start[order][1:] - latest[:-1] >= SILENCE_SECONDS
    numbers = np.empty(len(start), dtype=np.int64)
    numbers[order] = np.cumsum(apart)
    return numbers


def _recorded(grid: TimeGrid, group: Ints, group_of_row: Ints, start: Floats, end: Floats) -> Floats:
    """Seconds of each interval that lie between the first and the last row of its group."""
    count = int(max(group.max(initial=0), group_of_row.max(initial=0))) + 1
    begins, ends = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(begins, group_of_row, start)
    np.maximum.at(ends, group_of_row, end)
    grid_start, lengths = np.asarray(grid.starts, dtype=np.float64), np.asarray(grid.lengths)
    recorded: Floats = np.minimum(grid_start + lengths, ends[group]) - np.maximum(grid_start, begins[group])
    return recorded


def _handled_of_intervals(
    rows: pd.DataFrame, index: Ints, known: NDArray[np.bool_], count: int
) -> tuple[Floats | None, Floats | None]:
    if rows["answered"].isna().all() and rows["handling_seconds"].isna().all():
        return None, None
    answered = rows["answered"].to_numpy(dtype=np.float64)
    answered = np.where(np.isnan(answered), rows["offered"].to_numpy(), answered)
    handled = _sums(index, answered, count)
    handled[~known] = np.nan
    if rows["handling_seconds"].isna().all():
        return handled, None
    handling = _sums(index, rows["handling_seconds"].to_numpy(dtype=np.float64), count)
    handling[~known] = np.nan
    return handled, handling


def _from_contacts(history: History, grid: TimeGrid, names: tuple[str, ...]) -> dict[str, Demand]:
    everything = _places(grid, history.frame["start"])
    day_index = np.asarray(grid.day_index)
    silent = ~np.isin(day_index, day_index[everything])
    demands = {}
    for queue in names:
        here = (history.frame["queue"] == queue).to_numpy()
        index = everything[here]
        offered = _sums(index, np.ones(len(index)), len(grid))
        seconds = history.frame["handling_seconds"].to_numpy(dtype=np.float64)[here]
        timed = ~np.isnan(seconds)
        handled = _sums(index[timed], np.ones(int(timed.sum())), len(grid))
        handling = _sums(index[timed], seconds[timed], len(grid))
        for values in (offered, handled, handling):
            values[silent] = np.nan
        demands[queue] = Demand(queue, grid, offered, *((handled, handling) if timed.any() else (None, None)))
    return demands
