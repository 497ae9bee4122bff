"""What can be listened to, and by whom."""

from __future__ import annotations

from collections.abc import Callable

from floorwalker.kernel.access import Actor

Authorise = Callable[[Actor, str], bool]
TOPICS: dict[str, Authorise] = {}


def topic(name: str, authorise: Authorise) -> None:
    """Register topics ``name:key``. ``authorise(actor, key)`` says who may listen; asked again and again."""
    TOPICS[name] = authorise


def may_listen(actor: Actor, wanted: str) -> bool:
    """Whether this actor may listen to ``name:key``."""
    name, _, key = wanted.partition(":")
    return name in TOPICS and bool(TOPICS[name](actor, key))
