"""Rows of a table to and from Parquet files, through DuckDB in memory (never a database file)."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from floorwalker.contacts.tables import Table
from floorwalker.science.timegrid import DAY_SECONDS

_TYPES = {"int": "BIGINT", "float": "DOUBLE", "text": "VARCHAR"}
_DTYPES = {"int": "int64", "float": "float64", "text": "object"}


def connect() -> Any:
    """A DuckDB of its own in memory, which fetches nothing from anywhere."""
    return duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "threads": 2})


def write_days(connection: Any, frame: pd.DataFrame, table: Table, folder: Path) -> dict[int, list[Path]]:
    """Write rows under their schema, each UTC day apart, and see them safely on the disk.

    One statement for all days: a file of its own for each would take ten times as long for daily history.
    """
    columns = ", ".join(f'CAST("{c.name}" AS {_TYPES[c.kind]}) AS "{c.name}"' for c in table.columns)
    rows = f"SELECT {columns}, start // {DAY_SECONDS} AS utc_day FROM rows ORDER BY start"
    connection.register("rows", frame)
    try:
        connection.execute(
            f"COPY ({rows}) TO {_quoted(folder)} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (utc_day))"
        )
    except duckdb.IOException as error:  # a full disk
        raise OSError(errno.EIO, f"the rows cannot be written ({error})") from error
    finally:
        connection.unregister("rows")
    days: dict[int, list[Path]] = {}
    for file in sorted(folder.glob("utc_day=*/*.parquet")):
        sync(file)
        days.setdefault(int(file.parent.name.split("=")[1]), []).append(file)
    return days


def read_parquet(
    connection: Any, table: Table, files: Sequence[Path], where: str = "true", values: Sequence[object] = ()
) -> pd.DataFrame:
    """The rows of some files that fulfil ``where``, with the canonical columns and types."""
    columns = ", ".join(f'"{name}"' for name in table.names)
    if not files:
        frame = pd.DataFrame({name: [] for name in table.names})
    else:
        query = f"SELECT {columns} FROM read_parquet(?) WHERE {where}"
        frame = connection.execute(query, [[str(file) for file in files], *values]).df()
    return frame.astype({column.name: _DTYPES[column.kind] for column in table.columns})


def files_with_keys(connection: Any, files: Sequence[Path], keys: pd.Series[str]) -> list[Path]:
    """Those of some files of contacts that hold any of these source keys."""
    if not files:
        return []
    connection.register("wanted", pd.DataFrame({"source_key": keys}))
    try:
        found = connection.execute(
            "SELECT DISTINCT filename FROM read_parquet(?, filename = true) SEMI JOIN wanted USING (source_key)",
            [[str(file) for file in files]],
        ).fetchall()
    finally:
        connection.unregister("wanted")
    return [Path(name) for (name,) in found]


def sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder, before anything relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
