"""The tables of contact history: names, types, meaning. Schema-versioned; plain Python.

Times are UTC seconds since 1970 (``start``) plus seconds of ``length``; the zone lives in the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Column:
    """One column: its type (``int``, ``float`` or ``text``), whether it may be unknown, and what it means."""

    name: str
    kind: str
    optional: bool
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and the columns that identify a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


CONTACTS = Table(
    "contacts",
    (
        Column(
            "source_key",
            "text",
            False,
            "what identifies the row at its source; loading it again changes nothing",
        ),
        Column("start", "int", False, "arrival in the queue, UTC seconds"),
        Column("length", "int", False, "seconds from arrival to the end of the leg"),
        Column("queue", "text", False, "queue or skill the contact waited for"),
        Column("channel", "text", False, "voice, chat, email, social, message"),
        Column("reason", "text", True, "contact reason, as the source names it"),
        Column("outcome", "text", False, "answered, abandoned or blocked"),
        Column("wait_seconds", "float", True, "seconds waited in the queue"),
        Column("handling_seconds", "float", True, "talk, hold and after-contact work of an answered leg"),
        Column("agent", "text", True, "who answered, as the source names them"),
        Column("customer", "text", True, "keyed hash of the customer, made at import"),
    ),
    ("source_key",),
)

INTERVALS = Table(
    "intervals",
    (
        Column("queue", "text", False, "queue or skill"),
        Column("start", "int", False, "first instant of the interval, UTC seconds"),
        Column("length", "int", False, "seconds of the interval"),
        Column("offered", "float", False, "contacts that arrived"),
        Column("answered", "float", True, "contacts answered"),
        Column("abandoned", "float", True, "contacts that left before an answer"),
        Column("handling_seconds", "float", True, "handling time of the answered, in total"),
        Column("answered_within", "float", True, "answered within the threshold"),
        Column("threshold_seconds", "float", True, "the threshold of answered_within"),
    ),
    ("queue", "start", "length"),
)

TABLES = {table.name: table for table in (CONTACTS, INTERVALS)}
