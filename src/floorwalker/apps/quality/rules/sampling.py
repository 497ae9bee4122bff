"""Which contacts are looked at: drawn at random for each agent, spread over the period, with nobody left out."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

CADENCES = (14, 30)


@dataclass(frozen=True)
class Candidate:
    """A contact that could be drawn."""

    id: int
    agent: int
    at: datetime
    seconds: int


def drawn(
    candidates: Sequence[Candidate], wanted: Mapping[int, int], *, start: datetime, end: datetime, seed: int
) -> list[Candidate]:
    """``wanted`` contacts of each agent at random, one from each equal part of the period as far as there are any.

    The same seed draws the same; every contact of a part is as likely as the next. What empty parts leave missing
    is drawn from the rest of the period.
    """
    chance = random.Random(seed)
    chosen = []
    for agent in sorted(wanted):
        number = wanted[agent]
        own = sorted((c for c in candidates if c.agent == agent and start <= c.at < end), key=lambda c: c.id)
        part = (end - start) / max(number, 1)
        took: list[Candidate] = []
        for place in range(number):
            inside = [c for c in own if start + part * place <= c.at < start + part * (place + 1)]
            took += chance.sample(inside, min(1, len(inside)))
        rest = [c for c in own if c not in took]
        took += chance.sample(rest, min(number - len(took), len(rest)))
        chosen += sorted(took, key=lambda c: c.at)
    return chosen


@dataclass(frozen=True)
class Group:
    """Contacts of one channel, reason and hour of the day: how many, how long, and what a filter lets through."""

    channel: str
    reason: str
    hour: int
    all: int
    all_seconds: float
    kept: int
    kept_seconds: float


@dataclass(frozen=True)
class Bias:
    """What a filter leaves out: shares and means of what it lets through beside all there is."""

    kept: int
    all: int
    mean_seconds: float | None
    all_mean_seconds: float | None
    channels: tuple[tuple[str, float, float], ...]  # channel, share of what is kept, share of all
    hours: tuple[tuple[int, float, float], ...]
    reasons: tuple[tuple[str, float, float], ...]

    @property
    def share(self) -> float:
        return self.kept / self.all if self.all else 0.0


def bias_of(groups: Sequence[Group]) -> Bias:
    """Compare the contacts a filter lets through with all of them."""
    kept, everything = sum(each.kept for each in groups), sum(each.all for each in groups)
    return Bias(
        kept,
        everything,
        sum(each.kept_seconds for each in groups) / kept if kept else None,
        sum(each.all_seconds for each in groups) / everything if everything else None,
        _shares(groups, "channel", kept, everything),
        _shares(groups, "hour", kept, everything),
        _shares(groups, "reason", kept, everything),
    )


def _shares(
    groups: Sequence[Group], name: str, kept: int, everything: int
) -> tuple[tuple[Any, float, float], ...]:
    found: dict[Any, tuple[int, int]] = {}
    for each in groups:
        key = getattr(each, name)
        before = found.get(key, (0, 0))
        found[key] = (before[0] + each.kept, before[1] + each.all)
    return tuple((key, a / max(kept, 1), b / max(everything, 1)) for key, (a, b) in sorted(found.items()))


@dataclass(frozen=True)
class Overdue:
    """An agent whose last review lies further back than their cadence."""

    agent: int
    last: datetime | None
    days: int  # beyond the cadence


def overdue(
    last: Mapping[int, datetime | None],
    since: Mapping[int, datetime],
    cadence: Mapping[int, int],
    at: datetime,
) -> list[Overdue]:
    """The longest overdue first; who was never reviewed counts from the day they began."""
    found = []
    for agent, when in last.items():
        late = at - (when or since[agent]) - timedelta(days=cadence[agent])
        if late > timedelta(0):
            found.append(Overdue(agent, when, late.days))
    return sorted(found, key=lambda each: (-each.days, each.agent))
