"""How many people are rostered: told by the room that publishes schedules, which stands above (`readers.py`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

Counts = Callable[[int, date, int], list[int] | None]


@dataclass
class Resolver:
    counts: Counts | None = None


RESOLVER = Resolver()


def rostered_by(counts: Counts) -> None:
    """Say how many people a queue has at work: (queue, first day, days) → one number an interval, or None."""
    RESOLVER.counts = counts


def rostered(queue_id: int, first_day: date, days: int) -> list[int] | None:
    """People at work in each interval, where a roster is published for any of these days."""
    return RESOLVER.counts(queue_id, first_day, days) if RESOLVER.counts else None
