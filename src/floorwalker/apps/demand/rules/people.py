"""Roughly how many people contacts keep busy; required staff proper is computed from it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

BUSY = 0.85  # share of their time that people on the phones can be on contacts


def fewest_people(days: Iterable[tuple[Sequence[float], Sequence[float | None]]], step_seconds: int) -> int:
    """How many the busiest interval needs at the very least; days are contacts and handling time by interval."""
    busiest = max(
        (contacts * (handling or 0.0) for day in days for contacts, handling in zip(*day, strict=True)),
        default=0.0,
    )
    return max(1, ceil(busiest / step_seconds / BUSY))
