"""How far thanks are shown, and where they are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

PRIVATE, TEAM, SITE = "private", "team", "site"
WIDTH = {PRIVATE: 0, TEAM: 1, SITE: 2}
THANKS, EXTRA_MILE, CONSISTENCY = "thanks", "extra_mile", "consistency"

SURGE = 1.2  # this many times what was forecast
SURGE_CONTACTS = 20  # and at least this many more contacts than forecast
LEAST_HOURS = 2.0  # on the phones that day


def no_wider(wanted: str, wish: str) -> str:
    """The visibility that was chosen, never wider than the one thanked wishes."""
    return min(wanted, wish, key=WIDTH.__getitem__)


def as_wide_as(width: str) -> tuple[str, ...]:
    """The visibilities that reach at least so far."""
    return tuple(each for each, number in WIDTH.items() if number >= WIDTH[width])


def needs_words(kind: str) -> bool:
    """The extra mile is nominated with what happened; a plain thanks may be without words."""
    return kind == EXTRA_MILE


@dataclass(frozen=True)
class QueueDay:
    """What was forecast for a queue on a day, and what came."""

    queue_id: int
    queue: str
    day: date
    expected: float
    actual: float

    @property
    def is_surge(self) -> bool:
        """Clearly more than was forecast, in share and in number: small queues swing by themselves."""
        return self.actual >= SURGE * self.expected and self.actual - self.expected >= SURGE_CONTACTS


@dataclass(frozen=True)
class Due:
    """Somebody who carried a surge, and how."""

    agent_id: int
    at: QueueDay
    hours: float


def due_after_surges(
    days: Iterable[QueueDay], hours: Mapping[tuple[int, int, date], float], thanked: Mapping[int, date]
) -> list[Due]:
    """Who was on the phones for at least two hours of a surge and was not thanked since; one a person.

    ``hours`` by (agent, queue, day); ``thanked`` the last day each was thanked by whoever asks. The latest surge
    of a person counts; the list begins with who carried most of the latest one.
    """
    surges = {(each.queue_id, each.day): each for each in days if each.is_surge}
    found: dict[int, Due] = {}
    for (agent, queue, day), time in hours.items():
        surge = surges.get((queue, day))
        if surge is None or time < LEAST_HOURS or thanked.get(agent, date.min) >= day:
            continue
        before = found.get(agent)
        if before is None or (day, time) > (before.at.day, before.hours):
            found[agent] = Due(agent, surge, time)
    return sorted(found.values(), key=lambda due: (-due.at.day.toordinal(), -due.hours, due.agent_id))
