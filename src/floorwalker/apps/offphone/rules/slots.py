"""What a slot off the phones costs, and which slots are cheapest. Plain values only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True)
class Window:
    """A stretch of time in which an agent is on the phones for a group (a queue); None: for no queue."""

    start: datetime
    end: datetime
    group: int | None


SIMULATION, FORMULA = "simulation", "formula"
Points = tuple[tuple[float, float], ...]  # (agents, what they cost), rising
Band = tuple[float, float, float]  # mean, lower and upper end


@dataclass(frozen=True)
class Price:
    """What one interval of a group costs: callers lost when so many agents are off the phones.

    ``losses`` are (agents, callers) rising from above 0; between them the cost is a straight line and
    beyond the last it goes on at its last slope, so that the fifth absent agent costs more than the first.
    ``low`` and ``high`` are the same for the two ends of the band; empty, they are the losses themselves.
    ``money`` has all three in ``currency``, where it is known what a contact is worth. ``roster`` is the number of
    the version it is of (None: of required staff), ``older`` if another has followed it.
    """

    losses: Points
    low: Points = ()
    high: Points = ()
    source: str = FORMULA
    made_at: datetime | None = None
    money: tuple[Points, Points, Points] | None = None
    currency: str = ""
    roster: int | None = None
    older: bool = False

    def callers(self, agents: float) -> float:
        """Callers lost in this interval with so many agents off the phones."""
        return _along(self.losses, agents)

    def extra(self, before: float, agents: float) -> Band:
        """Callers, and the band of that number, that more agents cost on top of those already away."""
        return _more((self.losses, self.low or self.losses, self.high or self.losses), before, agents)

    def extra_money(self, before: float, agents: float) -> Band | None:
        """The same in money; None where it is not known."""
        return _more(self.money, before, agents) if self.money else None


def _more(sides: tuple[Points, Points, Points], before: float, agents: float) -> Band:
    """What more agents lose on top of those already away, and the ends of the band round it."""
    mean, low, high = (_along(points, before + agents) - _along(points, before) for points in sides)
    return mean, min(low, mean), max(high, mean)


def _along(losses: Points, agents: float) -> float:
    points = ((0.0, 0.0), *losses)
    if agents <= 0 or len(points) == 1:
        return 0.0
    i = min(max(bisect_right([a for a, _ in points], agents), 1), len(points) - 1)
    (a0, c0), (a1, c1) = points[i - 1], points[i]
    return c0 + (c1 - c0) * (agents - a0) / (a1 - a0)


@dataclass(frozen=True)
class Prices:
    """Prices of groups on a grid of equal steps."""

    step: timedelta
    table: Mapping[tuple[int, datetime], Price]  # (group, start of the interval)

    def floor(self, moment: datetime) -> datetime:
        """The start of the interval a moment is in. Steps divide the hour, so counting from the hour will do."""
        hour = moment.replace(minute=0, second=0, microsecond=0)
        return hour + (moment - hour) // self.step * self.step


@dataclass(frozen=True)
class Slot:
    """A place for a session, and the callers it costs with the band of that number.

    ``source`` is the plainest of its prices: simulated only where all of them are. ``made_at`` is the oldest, so
    is ``roster``, the version they are of; ``older`` where one of them is of a version another has followed.
    ``money`` (mean and ends) is known where all of its prices have it, in one ``currency``.
    """

    start: datetime
    end: datetime
    callers: float
    low: float
    high: float
    unpriced: bool = False  # some of it lies where no price is known
    source: str = ""
    made_at: datetime | None = None
    money: Band | None = None
    currency: str = ""
    roster: int | None = None
    older: bool = False
    words: str = ""  # the price in words, for whoever shows it


def free_windows(windows: Iterable[Window], taken: Sequence[tuple[datetime, datetime]]) -> list[Window]:
    """The windows without what is taken."""
    found = list(windows)
    for start, end in taken:
        found = [
            part
            for w in found
            for part in (
                Window(w.start, min(w.end, start), w.group),
                Window(max(w.start, end), w.end, w.group),
            )
            if part.start < part.end
        ]
    return found


def cost(
    start: datetime,
    end: datetime,
    groups: Sequence[int | None],
    prices: Prices,
    already: Mapping[tuple[int, datetime], float],
) -> Slot:
    """Callers lost when one agent of each of ``groups`` is off the phones from ``start`` to ``end``.

    What an agent of no queue costs is not known. ``already`` are the agents other sessions take from a group in an
    interval: the cost is what comes on top.
    """
    callers = low = high = 0.0
    unpriced = False
    used: list[Price] = []
    worth: list[Band | None] = []
    moment = prices.floor(start)
    while moment < end:
        share = (min(end, moment + prices.step) - max(start, moment)) / prices.step
        for group in dict.fromkeys(groups):
            price = None if group is None else prices.table.get((group, moment))
            if group is None or price is None:
                unpriced = True
                continue
            before = already.get((group, moment), 0.0)
            agents = groups.count(group) * share
            extra = price.extra(before, agents)
            worth.append(price.extra_money(before, agents))
            callers, low, high = callers + extra[0], low + extra[1], high + extra[2]
            used.append(price)
        moment += prices.step
    sources = {price.source for price in used}
    source = SIMULATION if sources == {SIMULATION} else FORMULA if sources else ""
    made = min((price.made_at for price in used if price.made_at), default=None)
    currencies = {price.currency for price in used}
    known = [each for each in worth if each is not None]
    money = None
    if known and len(known) == len(used) and len(currencies) == 1 and not unpriced:
        money = sum(m for m, _l, _h in known), sum(low for _m, low, _h in known), sum(h for _m, _l, h in known)
    rosters = [price.roster for price in used]
    roster = None if None in rosters else min((each for each in rosters if each is not None), default=None)
    return Slot(
        start,
        end,
        callers,
        low,
        high,
        unpriced,
        source,
        made,
        money=money,
        currency=currencies.pop() if money else "",
        roster=roster,
        older=any(price.older for price in used),
    )


def cheapest(
    people: Sequence[Sequence[Window]],
    minutes: int,
    prices: Prices,
    already: Mapping[tuple[int, datetime], float],
    *,
    every: timedelta = timedelta(minutes=15),
    wanted: int = 5,
) -> list[Slot]:
    """The cheapest slots in which all of ``people`` are there for ``minutes``, none overlapping another.

    ``people`` are each person's windows on the phones. Slots start on quarters of an hour. With equal cost the
    earlier comes first; slots without a known price come last.
    """
    length = timedelta(minutes=minutes)
    found = []
    for start in sorted(_starts(people, length, every)):
        there = [_window_at(windows, start, start + length) for windows in people]
        groups = [window.group for window in there if window is not None]
        if len(groups) == len(people):
            found.append(cost(start, start + length, groups, prices, already))
    found.sort(key=lambda slot: (slot.unpriced, round(slot.callers, 6), slot.start))
    chosen: list[Slot] = []
    for slot in found:
        if len(chosen) == wanted:
            break
        if all(slot.end <= other.start or other.end <= slot.start for other in chosen):
            chosen.append(slot)
    return chosen


def _starts(people: Sequence[Sequence[Window]], length: timedelta, every: timedelta) -> set[datetime]:
    """Moments on the quarter at which the first person could begin."""
    starts = set()
    for window in people[0] if people else ():
        hour = window.start.replace(minute=0, second=0, microsecond=0)
        moment = hour + -((hour - window.start) // every) * every
        while moment + length <= window.end:
            starts.add(moment)
            moment += every
    return starts


def _window_at(windows: Sequence[Window], start: datetime, end: datetime) -> Window | None:
    """The stretch on the phones a slot lies in, when the person is there for all of it."""
    return next((window for window in windows if window.start <= start and end <= window.end), None)


def rising(losses: Sequence[tuple[float, float]]) -> bool:
    """Whether a price makes sense: agents rise, and no agent away never costs fewer callers than none."""
    points = [(0.0, 0.0), *losses]
    return all(a0 < a1 and c0 <= c1 for (a0, c0), (a1, c1) in pairwise(points))
