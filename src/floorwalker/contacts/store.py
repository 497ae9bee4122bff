"""The store of contact history: a folder of Parquet files by table and UTC day.

::

    store/
    ├── manifest.json              the schema version and which file holds which day
    ├── contacts/2021-01-04.5f0c….parquet
    └── intervals/2021-01-04.91ab….parquet

A day is never changed in place: its new file is written beside the old one, and one rename of the manifest
makes a whole load visible at once. A process killed at any moment leaves the store as it was before its load,
plus files that nothing names, which the next load sweeps away. Writers wait for one another (file lock);
readers never wait.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from floorwalker.contacts.history import Guess, History
from floorwalker.contacts.parquet import connect, files_with_keys, read_parquet, sync, write_days
from floorwalker.contacts.tables import SCHEMA_VERSION, TABLES, Table
from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import DAY_SECONDS

_EPOCH = date(1970, 1, 1)
_ATTEMPTS = 5
Days = dict[str, list[str]]
Manifest = dict[str, Days]


class StoreError(InvalidInput):
    """The folder is no store, or one that this version cannot read."""


@dataclass(frozen=True)
class Added:
    """What a load changed: rows new to the store, rows it had already, rows whose figures were corrected."""

    stored: int
    unchanged: int
    replaced: int


@dataclass(frozen=True)
class Holdings:
    """What the store holds of one table; ``first`` and ``last`` are UTC seconds of the earliest and latest row."""

    table: str
    rows: int
    days: int
    first: int
    last: int
    queues: tuple[str, ...]


class Store:
    """A folder of contact history, made when first written to."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def add(self, history: History, *, load: str = "") -> Added:
        """Keep the rows of a history: the same row again changes nothing, a corrected one replaces the former.

        Either all of it becomes visible or, if the process dies, none. ``load`` names it for a caller that may
        die before it has heard: the last load, asked for again by its name, says what it changed the first time.
        """
        table = history.schema
        frame = history.frame
        if frame.duplicated(list(table.key)).any():
            raise InvalidInput(
                f"two rows of {history.source or 'the history'} have the same {', '.join(table.key)}"
            )
        self._make(table)
        with self._locked():
            manifest, last = self._content()
            self._sweep(manifest)
            if load and last.get("load") == load:
                return Added(**last["added"])
            with connect() as connection:
                return self._merge(connection, table, frame, manifest, load)

    def read(
        self,
        table: str,
        *,
        start: int | None = None,
        end: int | None = None,
        queue: str | Sequence[str] | None = None,
        length: int | None = None,
    ) -> pd.DataFrame:
        """Rows that begin in [start, end) UTC seconds, of the given queue or queues and length, by time."""
        schema = _table(table)
        conditions = ["true"]
        values: list[Any] = []
        for condition, value in (("start >= ?", start), ("start < ?", end), ("length = ?", length)):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        if queue is not None:
            conditions.append("list_contains(?, queue)")
            values.append([queue] if isinstance(queue, str) else list(queue))
        where = " AND ".join(conditions) + " ORDER BY start, " + ", ".join(schema.key)
        return self._read_days(schema, start, end, where, values)

    def history(self, *, zone: str | None = None) -> History:
        """Everything of the table that holds most contacts, as if one file had been read.

        Times are instants, so the zone only says where the days begin: UTC, with a guess, unless named. Of counts
        in several lengths those that hold most contacts are taken.
        """
        holdings = self.describe()
        if not holdings:
            raise StoreError(f"the store {self.path} holds no history yet; import a file into it first")
        tables = {held.table: self.read(held.table) for held in holdings}
        table = max(tables, key=lambda name: _contacts_in(tables[name]))
        rows, step = tables[table], None
        if table == "intervals":
            step = int(rows.groupby("length")["offered"].sum().idxmax())
            rows = rows[rows["length"] == step].reset_index(drop=True)
        why = "a store keeps instants, which do not say where days begin"
        return History(
            table=table,
            frame=rows,
            read=len(rows),
            guesses=() if zone else (Guess("zone", "UTC", why, "--zone"),),
            zone=zone or "UTC",
            step_seconds=step,
            source=str(self.path),
            source_hash=sha256((self.path / "manifest.json").read_bytes()).hexdigest(),
            layout="store",
        )

    def describe(self) -> tuple[Holdings, ...]:
        """What the store holds, table by table; empty where nothing was loaded."""
        found = []
        for name in sorted(self._manifest()):
            rows = self.read(name)
            if len(rows):
                span = int(rows["start"].min()), int(rows["start"].max())
                days = int((rows["start"] // DAY_SECONDS).nunique())
                found.append(Holdings(name, len(rows), days, *span, tuple(sorted(rows["queue"].unique()))))
        return tuple(found)

    def _merge(self, connection: Any, table: Table, new: pd.DataFrame, manifest: Manifest, load: str) -> Added:
        days = dict(manifest.get(table.name, {}))
        touched = {_day_name(number) for number in (new["start"] // DAY_SECONDS).unique()}
        touched |= self._days_with_keys(connection, table, new, days, touched)
        files = self._files(table, days, touched)
        old = read_parquet(connection, table, files).set_index(list(table.key))
        new = new.set_index(list(table.key))
        known = new.index.intersection(old.index)
        before, after = old.loc[known], new.loc[known]
        same = ((before == after) | (before.isna() & after.isna())).all(axis=1)
        corrected = known[~same.to_numpy()]
        fresh = new.index.difference(old.index)
        added = Added(len(fresh), len(known) - len(corrected), len(corrected))
        change = new.loc[fresh.union(corrected)].reset_index()
        if len(change):
            gone = old.loc[corrected].reset_index()["start"]
            merged = pd.concat([old.drop(index=corrected).reset_index(), change]) if len(old) else change
            dirty = set(pd.concat([change["start"], gone]).floordiv(DAY_SECONDS))
            self._write_days(connection, table, merged, dirty, days)
            self._publish(manifest | {table.name: days}, {"load": load, "added": asdict(added)})
        return added

    def _days_with_keys(
        self, connection: Any, table: Table, new: pd.DataFrame, days: Days, touched: set[str]
    ) -> set[str]:
        """Other days that hold a contact of this load: a correction may have moved it."""
        if table.name != "contacts":
            return set()
        others = self._files(table, days, set(days) - touched)
        return {path.name.split(".")[0] for path in files_with_keys(connection, others, new["source_key"])}

    def _files(self, table: Table, days: Days, chosen: set[str]) -> list[Path]:
        return [self.path / table.name / file for day in sorted(chosen & set(days)) for file in days[day]]

    def _write_days(
        self, connection: Any, table: Table, rows: pd.DataFrame, numbers: set[int], days: Days
    ) -> None:
        folder = self.path / table.name
        for number in numbers:
            days.pop(_day_name(number), None)
        unfinished = folder / f"unfinished.{uuid.uuid4().hex}"
        dirty = rows[(rows["start"] // DAY_SECONDS).isin(numbers)]
        try:
            for number, files in write_days(connection, dirty, table, unfinished).items():
                day = _day_name(number)
                days[day] = [f"{day}.{uuid.uuid4().hex}.parquet" for _ in files]
                for file, name in zip(files, days[day], strict=True):
                    file.rename(folder / name)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        sync(folder)

    def _publish(self, tables: Manifest, last: dict[str, Any]) -> None:
        temporary = self.path / f"manifest.{uuid.uuid4().hex}.tmp"
        content = {"schema_version": SCHEMA_VERSION, "tables": tables, "last": last}
        temporary.write_text(json.dumps(content, indent=0))
        sync(temporary)
        temporary.replace(self.path / "manifest.json")
        sync(self.path)

    def _manifest(self) -> Manifest:
        return self._content()[0]

    def _content(self) -> tuple[Manifest, dict[str, Any]]:
        """Which file holds which day, and what the last load was called and changed."""
        path = self.path / "manifest.json"
        try:
            content = json.loads(path.read_text())
            version, tables, last = content["schema_version"], content["tables"], content.get("last", {})
        except FileNotFoundError:
            return {}, {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{path} is damaged ({error}); restore it, or load the history into a new folder"
            ) from error
        if version != SCHEMA_VERSION:
            raise StoreError(
                f"{self.path} was written under schema {version}, this version reads schema {SCHEMA_VERSION}; "
                "use the version that wrote it, or load the history into a new folder"
            )
        return {name: dict(days) for name, days in tables.items()}, last

    def _read_days(
        self, table: Table, start: int | None, end: int | None, where: str, values: list[Any]
    ) -> pd.DataFrame:
        """Read by the manifest of the moment; a load that swept its files away meanwhile means reading anew."""
        low = "" if start is None else _day_name(start // DAY_SECONDS)
        high = "9999" if end is None else _day_name(-(-end // DAY_SECONDS))
        for attempt in range(_ATTEMPTS):
            days = self._manifest().get(table.name, {})
            files = self._files(table, days, {day for day in days if low <= day < high})
            try:
                with connect() as connection:
                    return read_parquet(connection, table, files, where, values)
            except duckdb.IOException as error:
                if attempt == _ATTEMPTS - 1:
                    raise StoreError(
                        f"{self.path} lacks a file its manifest names ({error}); load it anew"
                    ) from error
            except duckdb.Error as error:
                raise StoreError(f"{self.path} holds a damaged file ({error}); load that day anew") from error
        raise AssertionError("unreachable")

    def _make(self, table: Table) -> None:
        try:
            (self.path / table.name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be made a folder ({error}); choose another place") from error

    def _sweep(self, manifest: Manifest) -> None:
        """Remove files no manifest names: what a former load replaced, or a killed one left behind."""
        for name in TABLES:
            named = {file for files in manifest.get(name, {}).values() for file in files}
            for file in (self.path / name).glob("*.parquet"):
                if file.name not in named:
                    file.unlink(missing_ok=True)
            for folder in (self.path / name).glob("unfinished.*"):
                shutil.rmtree(folder)
        for file in self.path.glob("manifest.*.tmp"):
            file.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.path / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def _contacts_in(rows: pd.DataFrame) -> float:
    """How many contacts rows stand for: those offered in intervals, each row of a log being one."""
    return float(rows["offered"].sum()) if "offered" in rows else float(len(rows))


def _table(name: str) -> Table:
    if name not in TABLES:
        raise InvalidInput(f"no table is called {name!r}; there are {', '.join(TABLES)}")
    return TABLES[name]


def _day_name(number: int) -> str:
    return (_EPOCH + timedelta(days=int(number))).isoformat()
