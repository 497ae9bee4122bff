"""The base of every event: a frozen dataclass of plain values that goes to JSON and back by its name."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

KEPT_AS_TEXT = {datetime: datetime.fromisoformat, date: date.fromisoformat, Decimal: Decimal}


class UnknownEvent(LookupError):
    """A stored event whose class is gone."""


@dataclass(frozen=True)
class Event:
    """Something that has happened. Subclasses are frozen dataclasses of ids and values."""

    @classmethod
    def name(cls) -> str:
        """How it is stored: the domain and the class, ``schedules.ShiftsPublished``."""
        parts = cls.__module__.split(".")
        domain = parts[parts.index("events") - 1] if "events" in parts else parts[-1]
        return f"{domain}.{cls.__name__}"

    def body(self) -> dict[str, Any]:
        """Its values as JSON keeps them."""
        return {field.name: to_json(getattr(self, field.name)) for field in dataclasses.fields(self)}

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> Self:
        """The event again; a field it did not have yet when it was stored takes its default."""
        hints = get_type_hints(cls)
        known = {field.name for field in dataclasses.fields(cls)}
        return cls(**{name: from_json(hints[name], each) for name, each in body.items() if name in known})


def event_classes() -> Iterator[type[Event]]:
    """Every event of every loaded domain, by name."""
    yield from sorted(_below(Event), key=lambda each: each.name())


def _below(base: type[Event]) -> Iterator[type[Event]]:
    for each in base.__subclasses__():
        yield each
        yield from _below(each)


def event_class(name: str) -> type[Event]:
    for each in event_classes():
        if each.name() == name:
            return each
    raise UnknownEvent(name)


def to_json(value: Any) -> Any:
    if isinstance(value, tuple(KEPT_AS_TEXT)):
        return str(value) if isinstance(value, Decimal) else value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(each) for each in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"an event holds ids and plain values, not {type(value).__name__}")


def from_json(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return from_json(next(each for each in get_args(hint) if each is not type(None)), value)
    if origin in (tuple, list):
        inner = get_args(hint)
        same = len(inner) == 1 or inner[-1] is Ellipsis
        hints = [inner[0]] * len(value) if same else list(inner)
        return origin(from_json(each, item) for each, item in zip(hints, value, strict=True))
    if hint in KEPT_AS_TEXT:
        return KEPT_AS_TEXT[hint](value)
    return value
