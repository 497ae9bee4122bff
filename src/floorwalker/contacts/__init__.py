"""What was: contact history in tables, its formats and its store.

::

    history = read_history("calls.csv", zone="Europe/Paris")   # a file, understood or refused with one question
    demand = to_demand(history, step_seconds=1800)             # contacts per queue and interval
    Store("history").add(history)                              # kept as Parquet, the same row once
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from floorwalker.contacts.demand import to_demand
    from floorwalker.contacts.fits import LogFit, TypeFit, fit_log
    from floorwalker.contacts.formats import read_history
    from floorwalker.contacts.handbook import (
        HandbookFlow,
        HandbookKind,
        HandbookStep,
        NoHandbook,
        handbook_flows,
    )
    from floorwalker.contacts.history import Guess, History, HistoryError, HistoryQuestion, Reject
    from floorwalker.contacts.patience import ObservedPatience, observed_patience
    from floorwalker.contacts.store import Added, Holdings, Store, StoreError

_HOMES = {
    "Added": "store",
    "Guess": "history",
    "HandbookFlow": "handbook",
    "HandbookKind": "handbook",
    "HandbookStep": "handbook",
    "History": "history",
    "HistoryError": "history",
    "HistoryQuestion": "history",
    "Holdings": "store",
    "LogFit": "fits",
    "NoHandbook": "handbook",
    "ObservedPatience": "patience",
    "Reject": "history",
    "Store": "store",
    "StoreError": "store",
    "TypeFit": "fits",
    "fit_log": "fits",
    "handbook_flows": "handbook",
    "observed_patience": "patience",
    "read_history": "formats",
    "to_demand": "demand",
}

__all__ = [
    "Added",
    "Guess",
    "HandbookFlow",
    "HandbookKind",
    "HandbookStep",
    "History",
    "HistoryError",
    "HistoryQuestion",
    "Holdings",
    "LogFit",
    "NoHandbook",
    "ObservedPatience",
    "Reject",
    "Store",
    "StoreError",
    "TypeFit",
    "fit_log",
    "handbook_flows",
    "observed_patience",
    "read_history",
    "to_demand",
]


def __getattr__(name: str) -> Any:
    """Names are fetched when used: web pages import ``contacts.tables`` and must not pay for pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
