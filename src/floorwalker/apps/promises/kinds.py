"""The kinds of promises there are; each domain registers its own when it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True)
class Kind:
    """``grace``: how long after its day a promise may still be delivered late before it counts as broken."""

    key: str
    label: Any
    url_of: Callable[[tuple[str, int]], str]
    grace: timedelta = timedelta(days=14)


KINDS: dict[str, Kind] = {}


def kind(
    key: str, *, label: Any, url_of: Callable[[tuple[str, int]], str], grace: timedelta = timedelta(days=14)
) -> Kind:
    """Register a kind; said twice, the last counts."""
    KINDS[key] = Kind(key, label, url_of, grace)
    return KINDS[key]


def kinds() -> Mapping[str, Kind]:
    return KINDS
