"""When contacts come: six kinds of arrivals of one type of contact."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Literal

from floorwalker.science.errors import InvalidInput


@dataclass(frozen=True)
class Constant:
    """A Poisson process of one rate from the first period to the last."""

    per_hour: float
    kind: Literal["constant"] = "constant"

    def __post_init__(self) -> None:
        _counts((self.per_hour,), "per_hour")


@dataclass(frozen=True)
class PerPeriod:
    """A Poisson process with ``contacts[p]`` expected in period ``p``.

    ``day_cv`` multiplies each day by a gamma factor of mean 1, its *busyness*; the factors of different types on
    one day go together as ``Model.busyness_correlation`` says. 0: no more randomness than Poisson.
    """

    contacts: tuple[float, ...]
    day_cv: float = 0.0
    kind: Literal["per-period"] = "per-period"

    def __post_init__(self) -> None:
        _counts(self.contacts, "contacts")
        _counts((self.day_cv,), "day_cv")


@dataclass(frozen=True)
class Paths:
    """Counts per period drawn beforehand, as by ``Forecast.paths``: replication r uses row ``r mod len(paths)``.

    Within a period the contacts come at independent, uniformly spread moments. Counts are whole numbers.
    """

    paths: tuple[tuple[int, ...], ...]
    kind: Literal["paths"] = "paths"

    def __post_init__(self) -> None:
        if not self.paths:
            raise InvalidInput("paths needs at least one row of counts")
        for row in self.paths:
            _counts(row, "paths")


@dataclass(frozen=True)
class Trace:
    """The moments themselves, in seconds since the start, ascending: a day replayed as it was."""

    seconds: tuple[float, ...]
    kind: Literal["trace"] = "trace"

    def __post_init__(self) -> None:
        _counts(self.seconds, "seconds")
        for place, (one, next_) in enumerate(pairwise(self.seconds)):
            if next_ < one:
                raise InvalidInput(
                    f"seconds[{place + 1}] is {next_:g}, before {one:g}; give them in ascending order"
                )


@dataclass(frozen=True)
class Scheduled:
    """Outbound contacts for which lists are loaded at set moments: ``contacts[i]`` of them at ``seconds[i]``."""

    seconds: tuple[float, ...]
    contacts: tuple[int, ...]
    kind: Literal["scheduled"] = "scheduled"

    def __post_init__(self) -> None:
        Trace(self.seconds)
        _counts(self.contacts, "contacts")
        if len(self.seconds) != len(self.contacts):
            raise InvalidInput(
                f"{len(self.seconds)} moments but {len(self.contacts)} counts; give one count a moment"
            )


@dataclass(frozen=True)
class Never:
    """None of their own: contacts of this type come only by transfer, message or callback."""

    kind: Literal["never"] = "never"


Arrivals = Constant | PerPeriod | Paths | Trace | Scheduled | Never


def _counts(values: tuple[float, ...] | tuple[int, ...], name: str) -> None:
    for place, value in enumerate(values):
        if not (isfinite(value) and value >= 0):
            raise InvalidInput(f"{name}[{place}] is {value:g}; give a finite number, 0 or more")
