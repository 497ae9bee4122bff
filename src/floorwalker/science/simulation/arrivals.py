"""When contacts come: six kinds of arrivals of one type of contact."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.checks import ByKind, at_least_zero


@dataclass(frozen=True)
class Constant:
    """A Poisson process of one rate from the first period to the last."""

    per_hour: float
    """Contacts expected in an hour, 0 or more."""
    kind: Literal["constant"] = "constant"

    def __post_init__(self) -> None:
        at_least_zero(self.per_hour, "per_hour")


@dataclass(frozen=True)
class PerPeriod:
    """A Poisson process with its own rate in each period, and busy days."""

    contacts: tuple[float, ...]
    """Contacts expected in each period, one value a period."""
    day_cv: float = 0.0
    """Busyness: each day is multiplied by a gamma factor of mean 1 and this coefficient of variation; the factors
    of different types on one day go together as ``busyness_correlation`` of the model says. 0: none."""
    kind: Literal["per-period"] = "per-period"

    def __post_init__(self) -> None:
        _counts(self.contacts, "contacts")
        at_least_zero(self.day_cv, "day_cv")


@dataclass(frozen=True)
class Paths:
    """Counts per period drawn beforehand, as by ``Forecast.paths``.

    Within a period the contacts come at independent, uniformly spread moments.
    """

    paths: tuple[tuple[int, ...], ...]
    """One row of whole numbers a path, one value a period; replication r uses row r mod the number of rows."""
    kind: Literal["paths"] = "paths"

    def __post_init__(self) -> None:
        if not self.paths:
            raise InvalidInput("paths is empty; give at least one row of counts")
        for place, row in enumerate(self.paths):
            _counts(row, f"paths[{place}]")


@dataclass(frozen=True)
class Trace:
    """The moments themselves: a day replayed as it was."""

    seconds: tuple[float, ...]
    """Seconds since the start, ascending, one a contact."""
    kind: Literal["trace"] = "trace"

    def __post_init__(self) -> None:
        _moments(self.seconds)


@dataclass(frozen=True)
class Scheduled:
    """Outbound contacts for which lists are loaded at set moments."""

    seconds: tuple[float, ...]
    """When a list is loaded: seconds since the start, ascending."""
    contacts: tuple[int, ...]
    """How many contacts each list holds, one value a moment."""
    kind: Literal["scheduled"] = "scheduled"

    def __post_init__(self) -> None:
        _moments(self.seconds)
        _counts(self.contacts, "contacts")
        if len(self.seconds) != len(self.contacts):
            raise InvalidInput(f"contacts has {len(self.contacts)} values; give one a moment, {len(self.seconds)}")


@dataclass(frozen=True)
class Never:
    """None of their own: contacts of this type come only by transfer, message or callback."""

    kind: Literal["never"] = "never"


Arrivals = Annotated[Constant | PerPeriod | Paths | Trace | Scheduled | Never, ByKind()]


def _counts(values: tuple[float, ...] | tuple[int, ...], name: str) -> None:
    for place, value in enumerate(values):
        at_least_zero(value, f"{name}[{place}]")


def _moments(seconds: tuple[float, ...]) -> None:
    _counts(seconds, "seconds")
    for place, (one, next_) in enumerate(pairwise(seconds)):
        if next_ < one:
            raise InvalidInput(f"seconds[{place + 1}] is {next_:g}, before {one:g}; give them in ascending order")
