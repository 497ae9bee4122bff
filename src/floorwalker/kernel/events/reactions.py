"""What follows from which event; filled by the one page that lists every reaction, `project/wiring.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings

from floorwalker.kernel.events.event import Event

Handler = Callable[[Any, datetime], object]


@dataclass(frozen=True)
class Reaction:
    """``handler(event, at)`` runs in a transaction of its own; ``at`` is the moment of its running."""

    event: type[Event]
    name: str
    handler: Handler


REACTIONS: dict[tuple[str, str], Reaction] = {}


def react(event: type[Event], name: str, handler: Handler) -> None:
    """Let ``handler`` follow every ``event``. The name is kept with each delivery and must not change."""
    key = (event.name(), name)
    known = REACTIONS.get(key)
    if known and known.handler is not handler:
        raise ValueError(f"two reactions to {event.name()} are called {name!r}")
    REACTIONS[key] = Reaction(event, name, handler)


def reactions(name: str) -> list[Reaction]:
    """The reactions to one event; the page that lists them is read first."""
    import_module(settings.WIRING)
    return [each for (event, _), each in REACTIONS.items() if event == name]
