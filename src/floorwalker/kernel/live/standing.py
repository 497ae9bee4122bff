"""Who holds a stream open, and who they are by now; told by the room that knows users and sessions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from floorwalker.kernel.access import Actor

KeyOf = Callable[[HttpRequest], Hashable]
ActorsOf = Callable[[set[Hashable]], Mapping[Hashable, Actor]]


@dataclass
class Resolver:
    key_of: KeyOf | None = None
    actors_of: ActorsOf | None = None


RESOLVER = Resolver()


def standing_by(key_of: KeyOf, actors_of: ActorsOf) -> None:
    """Say what names the sign-in behind a request, and which actor stands behind each of many such keys now.

    A key that is missing in the answer is no longer signed in. All streams of a process are asked about at once.
    """
    RESOLVER.key_of, RESOLVER.actors_of = key_of, actors_of


def key_of(request: HttpRequest) -> Hashable:
    if RESOLVER.key_of is None:
        raise RuntimeError("nobody has said who holds streams open: live.standing_by")
    return RESOLVER.key_of(request)


def actors_of(keys: set[Hashable]) -> Mapping[Hashable, Actor]:
    return RESOLVER.actors_of(keys) if RESOLVER.actors_of else {}
