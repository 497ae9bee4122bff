"""What the reader of a file guessed, in the words of the page instead of the reader's own keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIELDS: dict[str, Any] = {
    "start": gettext_lazy("When it came in"),
    "date": gettext_lazy("Day"),
    "time": gettext_lazy("Time of day"),
    "queue": gettext_lazy("Queue"),
    "offered": gettext_lazy("Contacts"),
    "answered": gettext_lazy("Contacts answered"),
    "abandoned": gettext_lazy("Contacts given up"),
    "answered_within": gettext_lazy("Answered in time"),
    "handling_seconds": gettext_lazy("Handling time"),
    "talk_seconds": gettext_lazy("Talking"),
    "hold_seconds": gettext_lazy("On hold"),
    "acw_seconds": gettext_lazy("Work after the contact"),
    "aht_seconds": gettext_lazy("Average handling time"),
    "threshold_seconds": gettext_lazy("What counts as in time"),
    "wait_seconds": gettext_lazy("Waiting"),
    "answered_at": gettext_lazy("When it was answered"),
    "ended_at": gettext_lazy("When it ended"),
    "outcome": gettext_lazy("How a contact ended"),
    "id": gettext_lazy("Number of the contact"),
    "agent": gettext_lazy("Agent"),
    "customer": gettext_lazy("Customer"),
    "channel": gettext_lazy("Channel"),
}
GUESSED: dict[str, Any] = {
    "layout": gettext_lazy("Kind of file"),
    "separator": gettext_lazy("Columns are separated by"),
    "header": gettext_lazy("Names of the columns"),
    "encoding": gettext_lazy("Letters are written as"),
    "dates": gettext_lazy("Dates are read as"),
    "decimal": gettext_lazy("Decimal mark"),
    "step": gettext_lazy("Length of an interval"),
    "repeated hour": gettext_lazy("The hour that comes twice"),
    "zone": gettext_lazy("Time zone"),
}
ONE_COLUMN = re.compile(r"column (['\"])(?P<title>.*)\1(?P<rest>.*)")
MANY_COLUMNS = re.compile(r"(?P<field>\w+) from (['\"])(?P<title>.*?)\2(?:, |$)")


@dataclass(frozen=True)
class Reading:
    """One thing the reader decided."""

    what: Any
    how: str
    why: str


def readings(guesses: Iterable[Mapping[str, str]]) -> list[Reading]:
    """Every guess, one line each; columns found by their names are a line each too."""
    return [reading for guess in guesses for reading in _one(guess)]


def _one(guess: Mapping[str, str]) -> Iterator[Reading]:
    name, value, why = guess["name"], guess["value"], guess["why"]
    if name == "columns":
        for found in MANY_COLUMNS.finditer(value):
            yield Reading(_field(found["field"]), _column(found["title"]), _("by its name"))
        return
    if name.startswith("unit of "):
        words = {"what": _field(name.removeprefix("unit of "))}
        yield Reading(_("%(what)s, unit") % words, value, why)
        return
    column = ONE_COLUMN.fullmatch(value)
    yield Reading(
        GUESSED.get(name) or _field(name), _column(column["title"]) + column["rest"] if column else value, why
    )


def _field(name: str) -> str:
    return str(FIELDS.get(name) or name.replace("_", " ").capitalize())


def _column(title: str) -> str:
    return _("column “%(title)s”") % {"title": title}
