"""What a log tells the simulator: patience, handling and redials of each type, and how busy days are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from floorwalker.contacts.history import History
from floorwalker.contacts.patience import known_waits
from floorwalker.science.errors import InvalidInput, NotConverged
from floorwalker.science.simulation import (
    BusynessFit,
    HandlingFit,
    PatienceFit,
    RedialFit,
    fit_busyness,
    fit_handling,
    fit_patience,
    fit_redial,
)

By = Literal["queue", "reason"]


@dataclass(frozen=True)
class TypeFit:
    """One type of contact. What could not be fitted is None; ``missing`` says why, in a sentence each."""

    name: str
    contacts: int
    patience: PatienceFit | None
    handling: HandlingFit | None
    redial: RedialFit | None
    missing: Mapping[str, str]


@dataclass(frozen=True)
class LogFit:
    """Every type of a log, and the busyness of its days (None with a sentence in ``missing``)."""

    types: tuple[TypeFit, ...]
    busyness: BusynessFit | None
    missing: str = ""


def fit_log(history: History, *, by: By = "queue", only: tuple[str, ...] = ()) -> LogFit:
    """Fit a log of contacts, each queue (or contact reason) as a type of its own.

    Raises :class:`InvalidInput` for counts per interval, which hold no single contact, and for unknown types.
    """
    if history.table != "contacts":
        raise InvalidInput(
            f"{history.source or 'the history'} holds counts per interval; fitting needs a row a contact"
        )
    frame = history.frame[history.frame[by].notna()]
    names = tuple(sorted(frame[by].unique()))
    if not names:
        raise InvalidInput(
            f"{history.source} names no {by} for any contact; name its column with --map {by}=COLUMN"
        )
    unknown = [name for name in only if name not in names]
    if unknown:
        raise InvalidInput(f"there is no {by} {unknown[0]!r} in {history.source}; it has {', '.join(names)}")
    names = only or names
    frame = frame[frame[by].isin(names)]
    types = tuple(_fit_type(name, frame[frame[by] == name]) for name in names)
    try:
        return LogFit(types, _busyness(frame, by, names, history.zone))
    except InvalidInput as error:
        return LogFit(types, None, str(error))


def _fit_type(name: str, rows: pd.DataFrame) -> TypeFit:
    missing: dict[str, str] = {}
    waits, left = known_waits(rows)
    patience = handling = redial = None
    try:
        patience = fit_patience(waits, left)
    except (InvalidInput, NotConverged) as error:
        missing["patience"] = str(error)
    answered = rows[(rows["outcome"] == "answered") & rows["handling_seconds"].notna()]
    try:
        handling = fit_handling(answered["handling_seconds"].to_numpy(dtype=np.float64))
    except (InvalidInput, NotConverged) as error:
        missing["handling"] = str(error)
    try:
        redial = _redial(rows)
    except InvalidInput as error:
        missing["redial"] = str(error)
    return TypeFit(name, len(rows), patience, handling, redial, missing)


def _redial(rows: pd.DataFrame) -> RedialFit:
    known = rows[rows["customer"].notna() & rows["outcome"].isin(["answered", "abandoned"])]
    if known.empty:
        raise InvalidInput("no customer is known; read the file with a customer salt, so that repeats can be told")
    starts = known["start"].to_numpy(dtype=np.float64)
    ends = starts + known["length"].to_numpy(dtype=np.float64)
    return fit_redial(known["customer"].to_numpy(), starts, ends, (known["outcome"] == "abandoned").to_numpy())


def _busyness(frame: pd.DataFrame, by: By, names: tuple[str, ...], zone: str) -> BusynessFit:
    """Contacts per local day; a day without any contact at all is a gap or a closed day."""
    days = (
        pd.to_datetime(frame["start"], unit="s", utc=True).dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    )
    table = pd.crosstab(days, frame[by])
    weekday = pd.DatetimeIndex(table.index).dayofweek.to_numpy()
    return fit_busyness({name: table[name].to_numpy() for name in names}, weekday)
