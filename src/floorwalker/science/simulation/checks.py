"""What the parts of a model check about themselves, and how several faults are said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from floorwalker.science.errors import InvalidInput

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

SHOWN_FAULTS = 20
MOST_COUNTED = 1_000_000_000
MOST_TRIES, MOST_ATTEMPTS = 7, 15  # each with random numbers of its own
MOST_CHATS, MOST_STAFF = 100, 1_000_000


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be: where (a JSON path such as ``types[0].arrivals``) and a sentence that goes on."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path} {self.sentence}" if self.path else self.sentence


class InvalidModel(InvalidInput):
    """A model with faults: all of them in ``faults``, the first twenty in the sentence."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults[:SHOWN_FAULTS]]
        more = len(self.faults) - SHOWN_FAULTS
        super().__init__("\n".join(lines + ([f"… and {more} more"] if more > 0 else [])))


class ByKind:
    """Beside a union of dataclasses: their ``kind`` tells readers of JSON which one is meant."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import Discriminator  # only where JSON is read: describing a model needs no pydantic

        return Discriminator("kind").__get_pydantic_core_schema__(source, handler)


def share(value: float, name: str) -> None:
    """Refuse what is no share of 0 to 1."""
    if not 0 <= value <= 1:
        raise InvalidInput(f"{name} is {value:g}; give a share from 0 to 1")


def at_least_zero(value: float, name: str) -> None:
    """Refuse what is negative or not finite."""
    if not (isfinite(value) and value >= 0):
        raise InvalidInput(f"{name} is {value:g}; give a finite number, 0 or more")


def above_zero(value: float, name: str) -> None:
    """Refuse what is not above 0 or not finite."""
    if not (isfinite(value) and value > 0):
        raise InvalidInput(f"{name} is {value:g}; give a finite number above 0")


def finite(value: float, name: str) -> None:
    """Refuse what is not a number, or without end."""
    if not isfinite(value):
        raise InvalidInput(f"{name} is {value:g}; give a finite number")


def at_least(lowest: int, value: int, name: str, unit: str = "", *, at_most: int = MOST_COUNTED) -> None:
    """Refuse a count below ``lowest`` or above ``at_most``."""
    if value < lowest:
        raise InvalidInput(f"{name} is {value}; give {lowest} or more{unit}")
    if value > at_most:
        raise InvalidInput(f"{name} is {value}; give {at_most:,} at most")


def named(name: str) -> None:
    """Refuse a name without a letter."""
    if not name.strip():
        raise InvalidInput("name is empty; give one")


def ascending_spans(spans: Iterable[tuple[float, float]], name: str) -> None:
    """Refuse spans of time that are empty, overlap or run backwards."""
    before = 0.0
    for place, (starts, ends) in enumerate(spans):
        if not (before <= starts < ends and isfinite(ends)):
            span = f"{name}[{place}] is {starts:g} s to {ends:g} s"
            raise InvalidInput(f"{span}; spans of time ascend, end after they begin and do not overlap")
        before = ends


def repeated(names: Iterable[str]) -> list[str]:
    """The names that come more than once."""
    return sorted(name for name, count in Counter(names).items() if count > 1)
