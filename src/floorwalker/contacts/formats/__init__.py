"""Readers: one per family of files, layouts that differ only in names as data (see ``profiles``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from floorwalker.contacts.formats.call_log import read_call_log
from floorwalker.contacts.formats.interval_counts import read_interval_counts
from floorwalker.contacts.formats.mapping import split_mapping
from floorwalker.contacts.formats.recognise import recognise
from floorwalker.contacts.formats.sheet import read_sheet
from floorwalker.contacts.formats.source import read_source
from floorwalker.contacts.history import History
from floorwalker.science.timegrid import zone_info

__all__ = ["read_history"]


def read_history(
    path: str | Path,
    *,
    mapping: Mapping[str, str] | None = None,
    zone: str | None = None,
    customer_salt: bytes | str | None = None,
) -> History:
    """Read a file of contact history: interval counts or a log of contacts, as text, perhaps gzipped.

    ``mapping`` names columns (``{"start": "Call started", "queue": "type"}``; positions from 1 where there is
    no header) and settles what the file leaves open: ``dates`` (dmy, mdy), ``step`` (minutes), ``decimal``
    (point, comma), ``durations`` (seconds, minutes, milliseconds), ``separator`` (comma, semicolon, tab, bar).
    ``zone`` is the IANA zone of times without an offset. ``customer_salt`` turns customer names into keyed
    hashes; without it they are not kept.

    Raises :class:`HistoryQuestion` when one answer is missing, :class:`HistoryError` when there is nothing to
    read. Lines that cannot be right are in ``History.rejects``, decisions made for the user in ``guesses``.
    """
    if zone is not None:
        zone_info(zone)
    columns, settings = split_mapping(mapping)
    sheet = read_sheet(read_source(path), settings.get("separator"))
    layout = recognise(sheet, columns, settings)
    sheet.load(layout.read_columns(sheet))
    if layout.table == "intervals":
        return read_interval_counts(sheet, layout, zone)
    return read_call_log(sheet, layout, zone, customer_salt)
