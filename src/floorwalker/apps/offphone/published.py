"""Which versions of rosters still count: told by the room above that publishes them (`readers.py`)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

Current = Callable[[Collection[int]], set[int]]


@dataclass
class Resolver:
    current: Current | None = None


RESOLVER = Resolver()


def rosters_by(current: Current) -> None:
    """Say which of some versions of rosters are the published ones of their weeks still."""
    RESOLVER.current = current


def replaced(rosters: Collection[int]) -> set[int]:
    """Those of these versions that another has followed."""
    wanted = set(rosters)
    return wanted - RESOLVER.current(wanted) if wanted and RESOLVER.current else set()
