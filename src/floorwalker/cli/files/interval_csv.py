"""Tables with a line per queue and interval: forecast.csv and required.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from floorwalker.cli.files.rows import Row, read_rows, write_rows
from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast, Spread
from floorwalker.science.staffing import Requirement
from floorwalker.science.timegrid import ALLOWED_STEPS, DAY_SECONDS, TimeGrid, zone_info

FORECAST_COLUMNS = ("start", "queue", "contacts", "contacts_p05", "contacts_p95", "aht_seconds")
REQUIRED_COLUMNS = ("start", "queue", "required", "scheduled", "service_level", "abandon_rate", "asa_seconds",
                    "occupancy")  # fmt: skip
MOST_DAYS = 732
BAND = 3.29  # standard deviations of a normal from its p05 to its p95


def forecast_csv(forecasts: Iterable[Forecast]) -> str:
    """The forecasts as a CSV file."""
    return write_rows(FORECAST_COLUMNS, _forecast_rows(forecasts))


def _forecast_rows(forecasts: Iterable[Forecast]) -> Iterator[Sequence[object]]:
    for forecast in forecasts:
        low, high = forecast.quantile(0.05), forecast.quantile(0.95)
        for i, start in enumerate(forecast.grid.isoformat()):
            yield (start, forecast.queue, float(forecast.contacts[i]), float(low[i]), float(high[i]),
                   float(forecast.aht_seconds[i]))  # fmt: skip


def required_csv(requirements: Iterable[Requirement]) -> str:
    """The requirements as a CSV file; measures are empty where nobody is needed."""
    return write_rows(REQUIRED_COLUMNS, _required_rows(requirements))


def _required_rows(requirements: Iterable[Requirement]) -> Iterator[Sequence[object]]:
    for need in requirements:
        for i, start in enumerate(need.grid.isoformat()):
            staffed = need.required[i] > 0
            measures = (need.service_level, need.abandon_rate, need.asa_seconds, need.occupancy)
            yield (start, need.queue, int(need.required[i]), int(need.scheduled[i]),
                   *(float(m[i]) if staffed else None for m in measures))  # fmt: skip


@dataclass(frozen=True)
class IntervalTable:
    """The numbers of one queue on a grid of whole days; NaN where the file has no line."""

    queue: str
    grid: TimeGrid
    columns: Mapping[str, NDArray[np.float64]]


def read_forecast(path: Path, zone: str | None = None, aht_seconds: float | None = None) -> tuple[Forecast, ...]:
    """The forecasts of a file with at least ``start`` and ``contacts``, one a queue.

    Intervals without a line, or with no contacts expected, are closed. ``aht_seconds`` fills an empty column.
    """
    tables = read_intervals(path, ["start", "contacts"], FORECAST_COLUMNS[2:], zone)
    return tuple(_forecast(path, table, aht_seconds) for table in tables)


def _forecast(path: Path, table: IntervalTable, aht_seconds: float | None) -> Forecast:
    contacts = np.nan_to_num(table.columns["contacts"])
    aht = table.columns["aht_seconds"]
    if aht_seconds is not None:
        aht = np.where(np.isnan(aht), aht_seconds, aht)
    if np.any(np.isnan(aht) & (contacts > 0)):
        raise InvalidInput(f"{path.name} has intervals without aht_seconds; give --aht SECONDS")
    band = table.columns["contacts_p95"] - table.columns["contacts_p05"]
    deviation = np.nan_to_num(band) / BAND
    extra = np.maximum(deviation**2 - contacts, 0.0)
    slot_cv = np.sqrt(np.divide(extra, contacts**2, out=np.zeros_like(contacts), where=contacts > 0))
    spread = Spread(np.zeros(table.grid.days), slot_cv)
    opened = contacts > 0
    return Forecast(table.queue, table.grid, contacts, aht, opened, spread, f"read from {path.name}")


def read_required(path: Path, zone: str | None = None) -> tuple[IntervalTable, ...]:
    """The needed people of a file: ``scheduled`` where the file has it, else ``required``."""
    tables = read_intervals(path, ["start", "required"], ("required", "scheduled"), zone)
    result = []
    for table in tables:
        scheduled = table.columns["scheduled"]
        needed = np.ceil(np.nan_to_num(np.where(np.isnan(scheduled), table.columns["required"], scheduled)))
        result.append(IntervalTable(table.queue, table.grid, {"needed": needed}))
    return tuple(result)


def read_intervals(
    path: Path, needed: Sequence[str], numbers: Sequence[str], zone: str | None
) -> tuple[IntervalTable, ...]:
    """Any table with ``start`` and ``queue``; one grid of whole local days for all queues."""
    rows: list[tuple[Row, datetime]] = [(row, row.instant("start")) for row in read_rows(path, needed)]
    if not rows:
        raise InvalidInput(f"{path.name} has no line below its header")
    grid = _grid(path, [moment for _, moment in rows], zone)
    queues: dict[str, dict[str, NDArray[np.float64]]] = {}
    for row, moment in rows:
        columns = queues.setdefault(row.text("queue", "calls"), {n: np.full(len(grid), np.nan) for n in numbers})
        index = grid.find(moment.timestamp())
        if grid.starts[index] != int(moment.timestamp()):
            raise InvalidInput(
                f"{path.name} line {row.line}: {row.text('start')} is not the start of an interval of "
                f"{grid.step_seconds // 60} minutes in zone {grid.zone}"
            )
        for name in numbers:
            if name == needed[-1] and not row.text(name):
                raise InvalidInput(f"{path.name} line {row.line}: {name} is empty")
            if not np.isnan(columns[name][index]):
                raise InvalidInput(f"{path.name} line {row.line}: {row.text('start')} came before for this queue")
            columns[name][index] = row.number(name)
    return tuple(IntervalTable(queue, grid, columns) for queue, columns in queues.items())


def _grid(path: Path, moments: Sequence[datetime], zone: str | None) -> TimeGrid:
    name = zone or _zone_of(path, moments)
    local = zone_info(name)
    try:
        days = sorted({moment.astimezone(local).date() for moment in moments})
    except OverflowError as error:
        raise InvalidInput(f"{path.name} holds a day before or after the calendar; correct its start") from error
    if (days[-1] - days[0]).days > MOST_DAYS:
        raise InvalidInput(
            f"{path.name} reaches from {days[0]} to {days[-1]}; correct the odd one, or give at most two years"
        )
    instants = sorted({int(moment.timestamp()) for moment in moments})
    steps = [later - earlier for earlier, later in pairwise(instants)]
    step = min(steps, default=1800)
    # Days of 23 or 25 hours apart are still a daily table.
    step = DAY_SECONDS if step >= DAY_SECONDS - 7200 else step
    if step not in ALLOWED_STEPS:
        raise InvalidInput(
            f"{path.name} has starts only {step / 60:g} minutes apart, which divides neither hour nor day; "
            "correct the odd start"
        )
    return TimeGrid(days[0], (days[-1] - days[0]) // timedelta(days=1) + 1, step, name)


def _zone_of(path: Path, moments: Sequence[datetime]) -> str:
    """A zone that fits the offsets of the file, where they name one without doubt."""
    offsets = {moment.utcoffset() or timedelta(0) for moment in moments}
    hours = next(iter(offsets)) / timedelta(hours=1)
    if len(offsets) > 1 or hours != int(hours) or not -12 <= hours <= 14:
        raise InvalidInput(
            f"{path.name} has offsets that several zones share; name yours with --zone Europe/Lisbon"
        )
    return "UTC" if hours == 0 else f"Etc/GMT{-int(hours):+d}"
