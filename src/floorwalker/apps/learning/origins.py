"""Where an activity comes from: whoever prepares one by a name says where its own page is.

    origins.register("group", lambda number: reverse("coaching:group", args=[number]))

An activity named `group:7` then leads back to page 7 of that room.
"""

from __future__ import annotations

from collections.abc import Callable

UrlOf = Callable[[int], str]
_KNOWN: dict[str, UrlOf] = {}


def register(prefix: str, url_of: UrlOf) -> None:
    _KNOWN[prefix] = url_of


def url_of(once: str) -> str:
    """The page an activity of this name belongs to; empty where nobody has said."""
    prefix, _, number = once.partition(":")
    known = _KNOWN.get(prefix)
    return known(int(number)) if known and number.isdecimal() else ""
