"""Which people work for which queue, until rosters span several queues at once. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering.model import Person

WEEK = 7


def reduced_by_days_off(people: tuple[Person, ...], open_days: Collection[date]) -> tuple[Person, ...]:
    """Everybody with the least hours they can be held to in a week of these ``open_days``.

    Days off and closed days that eat into somebody's working days count as worked: who works five days a week
    and can come on one of them owes a fifth of the hours.
    """
    return tuple(_reduced(person, open_days) for person in people)


def _reduced(person: Person, open_days: Collection[date]) -> Person:
    free = sum(day not in person.days_off for day in open_days)
    days = min(person.max_days, WEEK)
    if free >= days or not person.min_hours:
        return person
    return replace(person, min_hours=person.min_hours * free / days)


def allot(
    people: tuple[Person, ...], needed: Mapping[str, Sequence[int]], *, each_queue: bool = True
) -> dict[str, tuple[Person, ...]]:
    """People by queue: those of one queue go there, the others where the largest share is still missing.

    ``needed`` holds the people to schedule in each interval of each queue. A person who names no queue can
    work for any; one whose queues are all elsewhere is left out. ``each_queue=False`` lets a queue stay without
    anybody; otherwise that is an error.
    """
    work = {queue: max(float(sum(counts)), 1.0) for queue, counts in needed.items()}
    able = [person for person in people if _choices(person, needed)]
    per_hour = sum(work.values()) / (sum(person.max_hours for person in able) or 1.0)
    missing = dict.fromkeys(needed, 1.0)  # as a share of the queue's work
    found: dict[str, list[Person]] = {queue: [] for queue in needed}
    for person in sorted(able, key=lambda p: (len(_choices(p, needed)), p.id)):
        queue = max(_choices(person, needed), key=lambda name: missing[name])
        missing[queue] -= person.max_hours * per_hour / work[queue]
        found[queue].append(person)
    empty = [queue for queue, members in found.items() if not members]
    if empty and each_queue:
        raise InvalidInput(
            f"nobody works for the queue {empty[0]!r}; "
            "a person's queues are spelled as in the demand, or left empty for any"
        )
    return {queue: tuple(sorted(members, key=lambda p: p.id)) for queue, members in found.items()}


def _choices(person: Person, needed: Mapping[str, Sequence[int]]) -> list[str]:
    return [queue for queue in needed if not person.queues or queue in person.queues]


def numbered(people: tuple[Person, ...], taken: int) -> tuple[Person, ...]:
    """Agents A001, A002 … that go on where those of the queues before ended."""
    return tuple(replace(person, id=f"A{taken + k:03d}") for k, person in enumerate(people, start=1))
