"""The kinds of promises there are; each domain registers its own when it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from floorwalker.apps.promises.rules import LEAD_TOLD_AFTER


@dataclass(frozen=True)
class Kind:
    """``grace``: how long after its day a promise may still be delivered late before it counts as broken.

    ``lead_after``: how long after its day whoever leads its owner is told that it is late.
    """

    key: str
    label: Any
    url_of: Callable[[tuple[str, int]], str]
    grace: timedelta = timedelta(days=14)
    lead_after: timedelta = LEAD_TOLD_AFTER


KINDS: dict[str, Kind] = {}


def kind(
    key: str,
    *,
    label: Any,
    url_of: Callable[[tuple[str, int]], str],
    grace: timedelta = timedelta(days=14),
    lead_after: timedelta = LEAD_TOLD_AFTER,
) -> Kind:
    """Register a kind; said twice, the last counts."""
    KINDS[key] = Kind(key, label, url_of, grace, lead_after)
    return KINDS[key]


def kinds() -> Mapping[str, Kind]:
    return KINDS
