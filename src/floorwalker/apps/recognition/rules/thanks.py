"""How far thanks are shown, and where they are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import NormalDist, median
from typing import Protocol

PRIVATE, TEAM, SITE = "private", "team", "site"
WIDTH = {PRIVATE: 0, TEAM: 1, SITE: 2}
THANKS, EXTRA_MILE, CONSISTENCY = "thanks", "extra_mile", "consistency"

SURGE = 1.2  # this many times what was forecast
SURGE_CONTACTS = 20  # and at least this many more contacts than forecast
LEAST_HOURS = 2.0  # on the phones that day

STEADY_DAYS = timedelta(days=28)
LEAST_DAYS = 12  # of figures
LEAST_OTHERS = 5  # people to be steadier than
STEADY_BY_CHANCE = 0.01  # of anybody at all being called steady
LONG_DAYS = 60  # without a thanks from whoever leads


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


class Level(Protocol):
    """Where somebody stands by their own days: the mean, how far days lie apart, how many there are."""

    @property
    def mean(self) -> float: ...
    @property
    def spread(self) -> float: ...
    @property
    def days(self) -> int: ...


@dataclass(frozen=True)
class Steady:
    """Somebody whose days differ clearly less than those of others, and who is no worse than most."""

    agent_id: int
    measure: str
    spread: float
    usual: float
    days: int
    ratio: float


def steady(known: Mapping[int, Mapping[str, Level]], more_is_better: Mapping[str, bool]) -> list[Steady]:
    """Each person once, by the measure in which they are steadiest; the steadiest first.

    The own variance is set beside the median of the others'. Steady is where chance would call anybody of all who
    are compared so in fewer than one of a hundred teams, and the level is at least that of most: steadily bad
    earns no thanks.
    """
    found: dict[int, Steady] = {}
    compared = sum(measure in more_is_better for each in known.values() for measure in each)
    for measure, more in more_is_better.items():
        people = {pk: each[measure] for pk, each in known.items() if measure in each}
        people = {pk: level for pk, level in people.items() if level.days >= LEAST_DAYS}
        if len(people) <= LEAST_OTHERS:
            continue
        middle = median(level.mean for level in people.values())
        for pk, level in people.items():
            usual = median(other.spread for who, other in people.items() if who != pk)
            good = level.mean >= middle if more else level.mean <= middle
            if usual <= 0 or not good:
                continue
            ratio = (level.spread / usual) ** 2
            if ratio < smallest_ratio(level.days - 1, compared) and (pk not in found or ratio < found[pk].ratio):
                found[pk] = Steady(pk, measure, level.spread, usual, level.days, ratio)
    return sorted(found.values(), key=lambda each: (each.ratio, each.agent_id))


def smallest_ratio(freedom: int, compared: int) -> float:
    """The ratio of variances that chance undercuts once in a hundred times as many comparisons.

    Chi-square by Wilson and Hilferty, Proceedings of the National Academy of Sciences 17 (1931).
    """
    room = 2 / (9 * freedom)
    edge: float = (1 - room + NormalDist().inv_cdf(STEADY_BY_CHANCE / compared) * sqrt(room)) ** 3
    return max(edge, 0.0)


def long_without(started: Mapping[int, date], thanked: Mapping[int, date], today: date) -> list[tuple[int, int]]:
    """Who was not thanked by whoever asks for long, and for how many days; the longest first."""
    since = {pk: max(thanked.get(pk, date.min), first) for pk, first in started.items()}
    days = [(pk, (today - last).days) for pk, last in since.items()]
    return sorted(((pk, n) for pk, n in days if n >= LONG_DAYS), key=lambda each: (-each[1], each[0]))
