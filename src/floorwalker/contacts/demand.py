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

LONGEST_YEARS = 20  # a mistyped year must not become millions of empty intervals

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def to_demand(
    history: History, *, step_seconds: int, zone: str | None = None, queues: Sequence[str] | None = None
) -> dict[str, Demand]:
    """Demand per queue on a grid of whole local days from the first day of the history to its last.

    A gap is not a zero. Of interval counts, an interval with no source row is NaN; one that its rows cover in
    part is NaN too, except at the edge of the day's recorded hours, where it is what those hours held. Of a log,
    days without any contact are NaN (a gap or a closed day), other silent intervals are zero. ``handled`` and
    ``handling_seconds`` of a log belong to the interval of arrival and count answered contacts whose handling
    time is known. Raises :class:`InvalidInput` for a step finer than the source, or for an unknown queue.
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
    """Intervals whose rows cover them, counting as covered what lies outside the day's recorded hours."""
    lengths = np.asarray(grid.lengths)
    covered = _sums(index, rows["length"].to_numpy(dtype=np.float64), len(grid))
    if grid.step_seconds == DAY_SECONDS:
        return covered > 0
    begins = np.full(grid.days, np.inf)
    ends = np.full(grid.days, -np.inf)
    day = np.asarray(grid.day_index)[index]
    start = rows["start"].to_numpy(dtype=np.float64)
    np.minimum.at(begins, day, start)
    np.maximum.at(ends, day, start + rows["length"].to_numpy())
    of_day = np.asarray(grid.day_index)
    grid_start = np.asarray(grid.starts, dtype=np.float64)
    recorded = np.minimum(grid_start + lengths, ends[of_day]) - np.maximum(grid_start, begins[of_day])
    return np.asarray((covered > 0) & (covered >= recorded - 0.5))


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
