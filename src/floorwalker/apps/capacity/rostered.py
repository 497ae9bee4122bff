"""How many people are rostered: told by the room that publishes schedules, which stands above (`readers.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.science.rostering import Stretch

Counts = Callable[[int, date, int], list[int] | None]
Stretches = Callable[[int, date, int], list[Stretch] | None]
Skilled = Callable[[int, date, int], list[tuple[Stretch, frozenset[int]]] | None]
Version = Callable[[int, date], tuple[int, int] | None]
Members = Callable[[int, date, int], list[tuple[list[Stretch], frozenset[int]]] | None]
Holders = Callable[[Sequence[int], date, int], list[tuple[frozenset[int], frozenset[int]]]]


@dataclass
class Resolver:
    counts: Counts | None = None
    stretches: Stretches | None = None
    version: Version | None = None
    skilled: Skilled | None = None
    members: Members | None = None
    holders: Holders | None = None


RESOLVER = Resolver()


def rostered_by(
    counts: Counts,
    stretches: Stretches,
    version: Version,
    skilled: Skilled,
    members: Members,
    holders: Holders,
) -> None:
    """Say how many people a queue has at work, when each begins, eats and ends, and which version says so.

    (queue, first day, days) → one number an interval, and the stretches of work; (queue, day) → the version
    published of the day's week and its number; the stretches by the skills of who works them; and the same person
    by person, without saying who. All None without a roster. (queues, first day, days) → the queues and the skills
    of everybody at work for any of them, each once.
    """
    RESOLVER.counts, RESOLVER.stretches, RESOLVER.version = counts, stretches, version
    RESOLVER.skilled, RESOLVER.members, RESOLVER.holders = skilled, members, holders


def rostered(queue_id: int, first_day: date, days: int) -> list[int] | None:
    """People at work in each interval, where a roster is published for any of these days."""
    return RESOLVER.counts(queue_id, first_day, days) if RESOLVER.counts else None


def stretches(queue_id: int, first_day: date, days: int) -> list[Stretch] | None:
    """When people are at work, where a roster is published for any of these days."""
    return RESOLVER.stretches(queue_id, first_day, days) if RESOLVER.stretches else None


def version(queue_id: int, day: date) -> tuple[int, int] | None:
    """The version published of the week a day is in, and its number."""
    return RESOLVER.version(queue_id, day) if RESOLVER.version else None


def skilled(queue_id: int, first_day: date, days: int) -> list[tuple[Stretch, frozenset[int]]] | None:
    """The stretches by the skills of the people in them, where a roster is published for any of these days."""
    return RESOLVER.skilled(queue_id, first_day, days) if RESOLVER.skilled else None


def members(queue_id: int, first_day: date, days: int) -> list[tuple[list[Stretch], frozenset[int]]] | None:
    """Each person's stretches and skills, where a roster is published for any of these days."""
    return RESOLVER.members(queue_id, first_day, days) if RESOLVER.members else None


def holders(queues: Sequence[int], first_day: date, days: int) -> list[tuple[frozenset[int], frozenset[int]]]:
    """The queues and the skills of everybody at work for any of these queues, each once and nobody by name."""
    return RESOLVER.holders(queues, first_day, days) if RESOLVER.holders else []
