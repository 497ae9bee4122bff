"""Which contacts are looked at: drawn at random for each agent, spread over the period, with nobody left out."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

CADENCES = (14, 30)


@dataclass(frozen=True)
class Candidate:
    """A contact that could be drawn."""

    id: int
    agent: int
    at: datetime
    seconds: int
    reason: str = ""


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
class Bias:
    """What a filter leaves out: shares and means of what it lets through beside all there is."""

    kept: int
    all: int
    mean_seconds: float | None
    all_mean_seconds: float | None
    hours: tuple[tuple[int, float, float], ...]  # hour of the day, share of what is kept, share of all
    reasons: tuple[tuple[str, float, float], ...]

    @property
    def share(self) -> float:
        return self.kept / self.all if self.all else 0.0


def bias_of(kept: Sequence[Candidate], everything: Sequence[Candidate]) -> Bias:
    """Compare the contacts a filter lets through with all of them."""
    return Bias(
        len(kept),
        len(everything),
        fmean(c.seconds for c in kept) if kept else None,
        fmean(c.seconds for c in everything) if everything else None,
        _shares([c.at.hour for c in kept], [c.at.hour for c in everything]),
        _shares([c.reason for c in kept], [c.reason for c in everything]),
    )


def _shares(kept: Sequence[Any], everything: Sequence[Any]) -> tuple[tuple[Any, float, float], ...]:
    return tuple(
        (each, kept.count(each) / max(len(kept), 1), everything.count(each) / len(everything))
        for each in sorted(set(everything))
    )


@dataclass(frozen=True)
class Overdue:
    """An agent whose last review lies further back than the cadence."""

    agent: int
    last: datetime | None
    days: int  # beyond the cadence


def overdue(
    last: Mapping[int, datetime | None], since: Mapping[int, datetime], cadence: int, at: datetime
) -> list[Overdue]:
    """The longest overdue first; who was never reviewed counts from the day they began."""
    found = []
    for agent, when in last.items():
        late = at - (when or since[agent]) - timedelta(days=cadence)
        if late > timedelta(0):
            found.append(Overdue(agent, when, late.days))
    return sorted(found, key=lambda each: (-each.days, each.agent))
