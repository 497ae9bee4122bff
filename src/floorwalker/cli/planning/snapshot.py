"""The inputs a plan was made from, kept beside it so that it can be made again.

What is kept are interval counts, never callers: ``demand.csv`` (per queue and interval: offered, handled,
handling seconds, in full precision), the people, shift and special-day files as they were, and ``facts.json``
(zone, observed patience, what the reader guessed and set aside, name and hash of the source).
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from floorwalker.cli.files.people_csv import read_people
from floorwalker.cli.files.shifts_csv import read_shifts
from floorwalker.cli.output import write_json
from floorwalker.cli.planning.calendars import read_calendar
from floorwalker.contacts import Guess, History, observed_patience, to_demand
from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Calendar, Demand
from floorwalker.science.rostering import Person, Shift
from floorwalker.science.timegrid import TimeGrid

DEMAND_COLUMNS = ("queue", "interval", "offered", "handled", "handling_seconds")
EXTRAS = ("people.csv", "shifts.csv", "special_days.csv")
SHOWN_REJECTS = 20


@dataclass(frozen=True)
class Facts:
    """What is kept about the source besides its counts."""

    source: str
    source_sha256: str
    first_day: str
    days: int
    step_seconds: int
    zone: str
    read: int
    stored: int
    duplicates: int
    rejected: int
    left_out: int
    rejects: tuple[str, ...]
    guesses: tuple[Mapping[str, str], ...]
    patience_seconds: float | None = None
    patience_abandons: int = 0


@dataclass(frozen=True)
class Snapshot:
    """Everything a plan is made from."""

    facts: Facts
    demands: Mapping[str, Demand]
    people: tuple[Person, ...] | None
    shifts: tuple[Shift, ...] | None
    calendar: Calendar

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What the reader of the history decided."""
        return tuple(Guess(**guess) for guess in self.facts.guesses)


def take_snapshot(folder: Path, history: History, step_seconds: int, extras: Mapping[str, Path | None]) -> None:
    """Write the inputs into ``folder``; ``extras`` are the user's files by the name they are kept under."""
    demands = to_demand(history, step_seconds=step_seconds)
    if not demands:
        raise InvalidInput(f"{history.source} holds no contact; nothing can be planned from it")
    grid = next(iter(demands.values())).grid
    patience = observed_patience(history)
    facts = Facts(
        source=Path(history.source).name,
        source_sha256=history.source_hash,
        first_day=grid.first_day.isoformat(),
        days=grid.days,
        step_seconds=grid.step_seconds,
        zone=grid.zone,
        read=history.read,
        stored=history.stored,
        duplicates=history.duplicates,
        rejected=history.rejected,
        left_out=history.left_out,
        rejects=tuple(str(reject) for reject in history.rejects if reject.kind == "rejected")[:SHOWN_REJECTS],
        guesses=tuple(asdict(guess) for guess in history.guesses),
        patience_seconds=patience.mean_seconds if patience else None,
        patience_abandons=patience.abandoned if patience else 0,
    )
    folder.mkdir(parents=True)
    (folder / "facts.json").write_text(write_json(asdict(facts)), encoding="utf-8")
    with (folder / "demand.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(DEMAND_COLUMNS)
        for demand in demands.values():
            columns = [demand.offered, demand.handled, demand.handling_seconds]
            for i in range(len(grid)):
                row = [_exact(None if c is None else c[i]) for c in columns]
                if any(row):
                    writer.writerow([demand.queue, i, *row])
    for name, path in extras.items():
        if path is not None:
            shutil.copyfile(path, folder / name)


def _exact(value: float | None) -> str:
    """A number that reads back as itself; nothing where unknown."""
    if value is None or value != value:
        return ""
    return repr(int(value)) if value == int(value) else repr(float(value))


def load_snapshot(folder: Path, holidays: str | None) -> Snapshot:
    """Read the inputs kept in ``folder``."""
    try:
        kept: dict[str, Any] = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        facts = Facts(**kept)
        grid = TimeGrid(date.fromisoformat(facts.first_day), facts.days, facts.step_seconds, facts.zone)
        tuple(Guess(**guess) for guess in facts.guesses)
    except (OSError, ValueError, TypeError) as error:
        raise InvalidInput(f"{folder} holds no inputs of a plan: facts.json is missing or was changed") from error
    people, shifts, special = (folder / name if (folder / name).exists() else None for name in EXTRAS)
    return Snapshot(
        facts=facts,
        demands=_read_demand(folder / "demand.csv", grid),
        people=read_people(people) if people else None,
        shifts=read_shifts(shifts) if shifts else None,
        calendar=read_calendar(holidays, special),
    )


def _read_demand(path: Path, grid: TimeGrid) -> dict[str, Demand]:
    found: dict[str, list[np.ndarray]] = {}
    places = {str(place): place for place in range(len(grid))}
    line = 1
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for queue, interval, *values in rows:
                line = rows.line_num
                columns = found.setdefault(queue, [np.full(len(grid), np.nan) for _ in DEMAND_COLUMNS[2:]])
                for column, value in zip(columns, values, strict=True):
                    column[places[interval]] = float(value) if value else np.nan
    except (OSError, ValueError, KeyError, StopIteration, csv.Error) as error:
        raise InvalidInput(f"{path} is missing or was changed (near line {line}); plan again") from error
    return {queue: _demand(queue, grid, columns) for queue, columns in found.items()}


def _demand(queue: str, grid: TimeGrid, columns: list[np.ndarray]) -> Demand:
    offered, handled, seconds = (None if np.all(np.isnan(c)) else c for c in columns)
    return Demand(queue, grid, columns[0] if offered is None else offered, handled, seconds)
