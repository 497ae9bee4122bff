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
    from floorwalker.contacts.history import Guess, History, HistoryError, HistoryQuestion, Reject
    from floorwalker.contacts.patience import ObservedPatience, observed_patience
    from floorwalker.contacts.store import Added, Holdings, Store, StoreError

_HOMES = {
    "Added": "store",
    "Guess": "history",
    "History": "history",
    "HistoryError": "history",
    "HistoryQuestion": "history",
    "Holdings": "store",
    "LogFit": "fits",
    "ObservedPatience": "patience",
    "Reject": "history",
    "Store": "store",
    "StoreError": "store",
    "TypeFit": "fits",
    "fit_log": "fits",
    "observed_patience": "patience",
    "read_history": "formats",
    "to_demand": "demand",
}

__all__ = [
    "Added",
    "Guess",
    "History",
    "HistoryError",
    "HistoryQuestion",
    "Holdings",
    "LogFit",
    "ObservedPatience",
    "Reject",
    "Store",
    "StoreError",
    "TypeFit",
    "fit_log",
    "observed_patience",
    "read_history",
    "to_demand",
]


def __getattr__(name: str) -> Any:
    """Names are fetched when used: web pages import ``contacts.tables`` and must not pay for pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
