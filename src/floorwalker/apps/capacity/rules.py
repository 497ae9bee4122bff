"""Settings of a staffing and the sentences of a risk, as plain values."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

LIKELY = 0.2  # a day more likely than this to miss its target is on the list
DAYS_WATCHED = 14
REPAIR_SECONDS = 2 * 3600  # the shortest stretch for which somebody is asked to come
PRICE_LEVELS = (1.0, 2.0, 5.0, 10.0)  # agents off the phones for which the loss of callers is computed
# People fewer and more than required for whom the callers who hang up are computed, besides nobody at all: every
# person where rosters usually are, fewer points further out.
CURVE_OFFSETS = (-20, -15, -10, -7, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 15, 20)
AUDIT = "audit"  # the purpose of an order that simulates what is planned
CLAIM_HOLDS = 0.02  # a service level claimed is right within two points
SAME_SHARE = 0.005  # of paid time
MOST_MONEY = 1_000_000  # of one contact
SLOWER = 0.15  # share by which somebody newly taught takes longer, unless a planner says otherwise
TRAINING_HOURS = 40.0  # to teach one person one skill, unless a planner says otherwise
# Callbacks, unless a planner says otherwise: from which expected wait, how many accept, within how long promised.
CALLBACK_FROM_MINUTES, CALLBACK_ACCEPTED, CALLBACK_WITHIN_HOURS = 5.0, 0.5, 2.0
FEWEST_MINUTES, MOST_MINUTES = 0.5, 120.0  # of an expected wait from which callbacks are offered
FEWEST_HOURS, MOST_HOURS = 0.25, 24.0  # within which a call is promised
LEAST_ACCEPTED = 0.01
FEWEST_HOLDERS = 10  # of a skill, so that it can be said how many of them hold another
STILL_WORTH = 0.5  # one more is worth teaching while they bring at least this share of what the first brought
NO_CALLER = 0.05  # fewer callers than this are nobody


class Lack(StrEnum):
    """What a queue lacks so that nothing can be computed for it."""

    FORECAST = "forecast"
    HANDLING_TIME = "handling_time"
    COMPUTED = "computed"  # its requirement, which a simulation starts from
    WEEK = "week"  # a forecast of all of its days
    GRID = "grid"  # the intervals and the zone of the queues beside it


@dataclass(frozen=True)
class Staffing:
    """How the requirement of a queue is computed; shares from 0 to below 1."""

    shrinkage: float = 0.3
    absence: float = 0.0
    min_staff: int = 1
    confidence: float | None = None
    max_occupancy: float | None = None
    max_abandon: float | None = None
    over: str = "interval"
    value_in_time: float | None = None  # in the currency of the centre
    cost_lost: float | None = None
    overflow: bool = False  # whether people of other queues at its site who have its skill take its contacts too

    @property
    def worth_known(self) -> bool:
        """Whether somebody has said what a contact is worth."""
        return bool(self.value_in_time or self.cost_lost)

    def problems(self, patience_known: bool) -> list[str]:
        """What makes no sense, as codes the form turns into sentences."""
        found = []
        if not 0 <= self.shrinkage < 0.9:
            found.append("shrinkage")
        if not 0 <= self.absence < 0.5:
            found.append("absence")
        if not 0 <= self.min_staff <= 1000:
            found.append("min_staff")
        for name in ("confidence", "max_occupancy", "max_abandon"):
            value = getattr(self, name)
            if value is not None and not 0 < value < 1:
                found.append(name)
        for name in ("value_in_time", "cost_lost"):
            amount = getattr(self, name)
            if amount is not None and not 0 <= amount <= MOST_MONEY:
                found.append(name)
        if self.max_abandon is not None and not patience_known:
            found.append("patience")
        return found

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def risk_level(probability: float) -> str:
    """A word for how likely a day misses its target, so that it is not only a number."""
    if probability >= 0.5:
        return "likely"
    if probability >= LIKELY:
        return "possible"
    return "unlikely"


def claim_level(claimed: float, achieved: float) -> str:
    """A word for how a simulated service level stands to the one claimed; a claim of nothing is no good one."""
    if claimed <= CLAIM_HOLDS and achieved <= CLAIM_HOLDS:
        return "nobody"
    if abs(achieved - claimed) <= CLAIM_HOLDS:
        return "holds"
    return "too_much" if achieved < claimed else "too_little"


def monday(day: date) -> date:
    """The first day of the week a day is in."""
    return date.fromordinal(day.toordinal() - day.weekday())


def next_monday(day: date) -> date:
    """The first day of the week after the one a day is in."""
    return monday(day) + timedelta(days=7)


def planned_otherwise(then: float | None, now: float) -> bool:
    """Whether another share of paid time is planned off the phones; somebody who came or left is noise."""
    return abs((then or 0.0) - now) > SAME_SHARE


def short_and_over(required: Sequence[int], rostered: Sequence[int]) -> tuple[int, int]:
    """Person-intervals missing and to spare."""
    pairs = list(zip(required, rostered, strict=True))
    return sum(max(0, need - have) for need, have in pairs), sum(max(0, have - need) for need, have in pairs)


@dataclass(frozen=True)
class Run:
    """Neighbouring intervals of one value, ``first`` to just before ``end``."""

    first: int
    end: int
    value: int


def peak(values: Sequence[int]) -> Run | None:
    """The first run of the highest value; None where all are 0."""
    top = max(values, default=0)
    if top <= 0:
        return None
    first = values.index(top)
    end = first
    while end < len(values) and values[end] == top:
        end += 1
    return Run(first, end, top)


def open_intervals(
    hours: Sequence[Sequence[Sequence[int]]] | None,
    weekday: int,
    minutes: Sequence[int],
    contacts: Sequence[float],
    *,
    closed: bool,
) -> list[bool]:
    """In which intervals of a day a queue is served; ``minutes`` are their starts after midnight.

    While nobody has set its hours, a queue is served wherever contacts are expected.
    """
    if closed:
        return [False] * len(minutes)
    if hours is None:
        return [value > 0 for value in contacts]
    return [any(first <= minute < last for first, last in hours[weekday]) for minute in minutes]


def weeks_of(days: Sequence[date]) -> list[tuple[date, int]]:
    """Days as pieces of calendar weeks without a gap: the first day of each and how many there are."""
    found: list[tuple[date, int]] = []
    for day in days:
        follows = bool(found) and found[-1][0] + timedelta(days=found[-1][1]) == day
        if follows and monday(found[-1][0]) == monday(day):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((day, 1))
    return found


def best_stretch(gains: Sequence[float], step_seconds: int) -> tuple[int, int] | None:
    """First and end of the two hours (or the whole day, if shorter) that gain most; None for nothing."""
    length = max(1, min(len(gains), REPAIR_SECONDS // step_seconds))
    sums = [sum(gains[first : first + length]) for first in range(len(gains) - length + 1)]
    if not sums or max(sums) <= 0:
        return None
    first = sums.index(max(sums))
    return first, first + length


def order_days(first_day: date, days: int, today: date, longest: int) -> tuple[date, int]:
    """What of a stretch of days is worth computing: from this week on, at most ``longest``; all if it is past."""
    last = first_day + timedelta(days=days - 1)
    start = max(first_day, monday(today))
    if start > last:
        start = first_day
    return start, min(longest, (last - start).days + 1)


@dataclass(frozen=True)
class Curve:
    """Callers expected to hang up in one interval, by people on the schedule; falling, from nobody at work on."""

    people: tuple[int, ...]
    abandoned: tuple[float, ...]

    @classmethod
    def of(cls, scheduled: int, offsets: Sequence[int], abandoned: Sequence[float]) -> Curve:
        """As kept: the first number for nobody at work, then one for each offset from the people required."""
        known = dict(zip(curve_people(scheduled, offsets), abandoned, strict=True))
        return cls(tuple(known), tuple(known.values()))

    def at(self, people: int) -> float | None:
        """A straight line between two points. Beyond the last point nothing is known, unless by then nobody hangs
        up any more: further people cannot change that."""
        if people > self.people[-1]:
            return self.abandoned[-1] if self.abandoned[-1] < NO_CALLER else None
        place = min(bisect_right(self.people, people), len(self.people) - 1)
        (p0, p1), (c0, c1) = self.people[place - 1 : place + 1], self.abandoned[place - 1 : place + 1]
        return c0 + (c1 - c0) * (people - p0) / (p1 - p0)


def curve_people(scheduled: int, offsets: Sequence[int]) -> list[int]:
    """The people for whom a curve is computed round those required; nobody comes first."""
    return [0, *(max(0, scheduled + offset) for offset in offsets)]


def how_many_to_teach(gains: Sequence[tuple[int, float]]) -> int:
    """Of one lesson by rising number of people: as many as still bring half of what the first brought, each.

    ``gains`` are people taught and what all of them together bring.
    """
    (best, first), *more = gains
    if first <= 0:
        return best
    before_count, before = best, first
    each_at_first = first / best
    for count, gain in more:
        if (gain - before) / (count - before_count) < STILL_WORTH * each_at_first:
            break
        best, before_count, before = count, count, gain
    return best


def mark(plain: Any) -> str:
    """A short name for exactly these values: of what was made from others it tells that it was."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]
