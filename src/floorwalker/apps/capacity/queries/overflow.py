"""Queues whose people help each other, and what is simulated together because of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from floorwalker.apps.capacity.rostered import Skilled
from floorwalker.apps.demand.models import Queue
from floorwalker.science.rostering import Stretch

People = list[tuple[Stretch, frozenset[int]]]  # at work alike, with these skills


@dataclass(frozen=True)
class Neighbour:
    """A queue with what the simulation needs of it, and whether people of others with its skill help."""

    queue: Queue
    plain: Mapping[str, Any]
    helped: bool


def beside(
    queue: int, neighbours: Sequence[Neighbour], days: Sequence[date], skilled: Skilled
) -> dict[str, Any] | None:
    """What is simulated with a queue on these days, ``{"also": …, "queues": …}``; None where nobody helps anybody.

    ``neighbours`` are the queues of its site, itself among them. Together are simulated those that are tied by
    somebody who helps, on one grid of intervals, with a roster on all of these days. ``skilled`` tells the people
    of a queue; one queue after the other asks for the same ones.
    """
    first = next((each for each in neighbours if each.queue.pk == queue), None)
    if first is None:  # put away since the work was asked for
        return None
    alike = [each for each in neighbours if _grid(each) == _grid(first) and _rostered(each, days) is not None]
    people = {each.queue.pk: skilled(each.queue.pk, days[0], len(days)) or [] for each in alike}
    also = {pk: [_also(pk, skills, alike) for _stretch, skills in found] for pk, found in people.items()}
    tied = _tied(queue, also)
    if len(tied) < 2:
        return None
    return {
        "also": _plain(people[queue], also[queue], tied),
        "queues": [
            {
                "id": each.queue.pk,
                "name": f"{each.plain['name']} ({each.queue.pk})",
                "of": each.plain["of"],
                "days": [_days(each)[day] for day in days],
                "rostered": _rostered(each, days),
                "people": _plain(people[each.queue.pk], also[each.queue.pk], tied),
            }
            for each in alike
            if each.queue.pk in tied and each.queue.pk != queue
        ],
    }


def _grid(each: Neighbour) -> tuple[int, str]:
    return each.plain["of"]["step_seconds"], each.plain["of"]["zone"]


def _days(each: Neighbour) -> dict[date, Any]:
    return {date.fromisoformat(day["day"]): day for day in each.plain["days"]}


def _rostered(each: Neighbour, days: Sequence[date]) -> list[list[int]] | None:
    """People at work on each of these days; None where one of them has no forecast or no roster."""
    counts = dict(zip(_days(each), each.plain["rostered"], strict=True))
    found = [counts.get(day) for day in days]
    return None if None in found else found


def _also(own: int, skills: frozenset[int], queues: Sequence[Neighbour]) -> frozenset[int]:
    """The queues these people help besides their own."""
    return frozenset(q.queue.pk for q in queues if q.helped and q.queue.pk != own and q.queue.skill_id in skills)


def _tied(queue: int, also: Mapping[int, Sequence[frozenset[int]]]) -> set[int]:
    """The queues that can be reached from one by people who help, in either direction."""
    ties = {(pk, other) for pk, found in also.items() for others in found for other in others}
    reached, before = {queue}, set[int]()
    while reached != before:
        before = set(reached)
        reached |= {b for a, b in ties if a in reached} | {a for a, b in ties if b in reached}
    return reached


def _plain(people: People, also: Sequence[frozenset[int]], tied: set[int]) -> list[Any]:
    return [
        [[each.start, each.end, each.meal_start, each.meal_end, each.people], sorted(others & tied)]
        for (each, _skills), others in zip(people, also, strict=True)
    ]
