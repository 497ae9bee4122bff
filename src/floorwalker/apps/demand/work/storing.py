"""Storing what was read: rows into the store of contacts, and counts per queue and day out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from floorwalker.contacts import History, Store, observed_patience, to_demand
from floorwalker.contacts.tables import TABLES
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.forecasting import Demand
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid, day_start, zone_info

KINDS = {"int": "int64", "float": "float64", "text": "object"}


def store(plain: dict[str, Any], watch: Watch) -> dict[str, Any]:
    """Keep the rows of ``plain["kept"]`` under the keys of their queues, then count their days anew.

    ``names`` gives for each name of the file from which day to which it means which queue; rows whose name means
    none on their day are counted as ``unplaced``. Asked to stop before the store is written, nothing has changed.
    """
    watch.tell(text="Reading what was found", share=0.05)
    frame = _load(Path(plain["kept"]), plain["table"])
    frame, unplaced = _placed(frame, plain["names"], plain["queues"])
    if plain["table"] == "contacts":
        frame["source_key"] = plain["system"] + ":" + frame["source_key"].astype(str)
    if watch.stopped():
        return {"stopped": True}
    watch.tell(text=f"Storing {len(frame):,} rows", share=0.2)
    contacts = Store(plain["store"])
    account = {"stored": 0, "unchanged": 0, "replaced": 0}
    if len(frame):
        read = History(plain["table"], frame, len(frame), step_seconds=plain["step_seconds"])
        account = vars(contacts.add(read, load=plain["load"])).copy()
    watch.tell(text="Counting intervals", share=0.6)
    days, patience = count(contacts, frame, plain["table"], plain["step_seconds"], plain["queues"])
    watch.tell(text="Handing over", share=0.95)
    return {**account, "unplaced": unplaced, "days": days, "patience": patience}


def _load(path: Path, table: str) -> pd.DataFrame:
    types = {column.name: KINDS[column.kind] for column in TABLES[table].columns}
    frame = pd.read_csv(path, dtype=types, keep_default_na=False, na_values={c: [""] for c in types})
    texts = [column.name for column in TABLES[table].columns if column.kind == "text"]
    frame[texts] = frame[texts].where(frame[texts].notna(), None)
    return frame


def _placed(
    frame: pd.DataFrame, names: Sequence[Sequence[Any]], queues: Mapping[str, Mapping[str, Any]]
) -> tuple[pd.DataFrame, int]:
    """Rows under the keys of their queues; the day that decides is the local day of the queue."""
    keys = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    for name, first, until, key in names:
        zone = zone_info(queues[key]["zone"])
        here = frame["queue"] == name
        if first:
            here &= frame["start"] >= day_start(date.fromisoformat(first), zone)
        if until:
            here &= frame["start"] < day_start(date.fromisoformat(until), zone)
        keys[here] = key
    unplaced = int(keys.isna().sum())
    frame = frame.assign(queue=keys)[keys.notna()].reset_index(drop=True)
    return frame, unplaced


def count(
    contacts: Store, frame: pd.DataFrame, table: str, step: int | None, queues: Mapping[str, Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Counts of every day the rows touch, from all that the store holds of it, and the patience of callers."""
    days: list[dict[str, Any]] = []
    patience: dict[str, float] = {}
    alike: dict[tuple[str, int], list[str]] = {}
    for key in sorted(frame["queue"].unique()):
        alike.setdefault((queues[key]["zone"], queues[key]["step_seconds"]), []).append(key)
    for (zone, grid_step), keys in alike.items():
        touched = frame[frame["queue"].isin(keys)]
        history = _around(contacts, touched, keys, table, step, zone)
        # A day's closing time is read from the rows of that day, so each queue may stop at its own.
        for key, demand in to_demand(history, step_seconds=grid_step, zone=zone).items():
            numbers = set(_day_numbers(demand.grid, touched.loc[touched["queue"] == key, "start"]))
            days += _days_of(key, demand, history.frame[history.frame["queue"] == key], numbers)
            waited = observed_patience(history, queue=key)
            if waited:
                patience[key] = round(waited.mean_seconds, 1)
    return days, patience


def _around(
    contacts: Store, rows: pd.DataFrame, keys: list[str], table: str, step: int | None, zone: str
) -> History:
    info = zone_info(zone)
    first, last = (
        datetime.fromtimestamp(int(at), info).date() for at in (rows["start"].min(), rows["start"].max())
    )
    length = step if table == "intervals" and step != DAY_SECONDS else None
    frame = contacts.read(
        table,
        start=day_start(first, info),
        end=day_start(date.fromordinal(last.toordinal() + 1), info),
        queue=keys,
        length=length,
    )
    if table == "intervals" and step == DAY_SECONDS:
        frame = frame[frame["length"] >= DAY_SECONDS - 2 * 3600].reset_index(drop=True)
    return History(table, frame, len(frame), zone=zone, step_seconds=step)


def _day_numbers(grid: TimeGrid, starts: pd.Series[int]) -> list[int]:
    return np.unique(np.searchsorted(np.asarray(grid.day_starts), starts.to_numpy(), side="right") - 1).tolist()


def _days_of(key: str, demand: Demand, rows: pd.DataFrame, numbers: set[int]) -> list[dict[str, Any]]:
    grid = demand.grid
    answered, abandoned = _answers(rows, grid, np.isnan(demand.offered))
    found = []
    for number in sorted(numbers):
        part = grid.day_slice(number)
        found.append(
            {
                "queue": key,
                "day": grid.dates[number].isoformat(),
                "offered": plain(demand.offered[part]),
                "answered": plain(answered[part]),
                "abandoned": plain(abandoned[part]),
                "handled": [] if demand.handled is None else plain(demand.handled[part]),
                "handling_seconds": []
                if demand.handling_seconds is None
                else plain(demand.handling_seconds[part]),
            }
        )
    return found


def _answers(rows: pd.DataFrame, grid: TimeGrid, unknown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Answered and abandoned contacts per interval, NaN where the source does not say."""
    index = np.searchsorted(np.asarray(grid.starts), rows["start"].to_numpy(), side="right") - 1
    found = []
    for name in ("answered", "abandoned"):
        values = rows[name] if name in rows else (rows["outcome"] == name).astype(float)
        silent = name in rows and bool(values.isna().all())
        sums = np.bincount(index, weights=values.fillna(0.0), minlength=len(grid)).astype(float)
        sums[unknown | silent] = np.nan
        found.append(sums)
    return found[0], found[1]


def plain(values: np.ndarray) -> list[float | int | None]:
    """Values as JSON has them: whole numbers whole, unknown ones null."""
    return [None if v != v else int(v) if v == int(v) else round(float(v), 4) for v in values.tolist()]
