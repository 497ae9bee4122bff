"""How good a source has been: one measure, on the same days, with how sure one can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import TypeVar

from floorwalker.apps.demand.rules.days import monday_of

FEWEST_DAYS = 14
LEADS = (1, 7, 28)
T = TypeVar("T")


@dataclass(frozen=True)
class Said:
    """What a source had said of a stretch of days, and what came."""

    day: date
    days: int
    expected: float
    actual: float


@dataclass(frozen=True)
class Score:
    """Error of a source: ``wape`` = Σ|came − expected| ÷ Σ came, ``bias`` positive where too much was expected.

    ``doubt`` is the standard error of ``wape`` by leaving out week after week; None with too few weeks to say.
    """

    stretches: int
    days: int
    wape: float | None
    bias: float | None
    doubt: float | None

    @property
    def too_few(self) -> bool:
        return self.days < FEWEST_DAYS


def score(said: Sequence[Said]) -> Score:
    """The error of a source over these stretches."""
    days = sum(each.days for each in said)
    came = sum(each.actual for each in said)
    if came <= 0:
        return Score(len(said), days, None, None, None)
    missed = sum(abs(each.actual - each.expected) for each in said)
    more = sum(each.expected - each.actual for each in said)
    return Score(len(said), days, missed / came, more / came, _doubt(said))


def on_the_same_days(by_source: Mapping[str, Sequence[Said]]) -> tuple[dict[str, list[Said]], bool]:
    """Each source on the stretches all of them spoke of; as they are, and False, where there are none."""
    speaking = {source: said for source, said in by_source.items() if said}
    if not speaking:
        return {}, True
    shared = set.intersection(*({(each.day, each.days) for each in said} for said in speaking.values()))
    if not shared:
        return {source: list(said) for source, said in speaking.items()}, len(speaking) == 1
    return {s: [each for each in said if (each.day, each.days) in shared] for s, said in speaking.items()}, True


def before(items: Iterable[tuple[datetime, T]], moment: datetime) -> tuple[datetime, T] | None:
    """The latest of these that was there before a moment; items ordered by their time."""
    found = None
    for at, item in items:
        if at >= moment:
            break
        found = at, item
    return found


def _doubt(said: Sequence[Said]) -> float | None:
    """Jackknife over weeks: errors of one week go together."""
    weeks: dict[date, list[Said]] = {}
    for each in said:
        weeks.setdefault(monday_of(each.day), []).append(each)
    sums = [
        (sum(abs(e.actual - e.expected) for e in week), sum(e.actual for e in week)) for week in weeks.values()
    ]
    missed, came = sum(m for m, _ in sums), sum(c for _, c in sums)
    left = [(missed - m) / (came - c) for m, c in sums if came - c > 0]
    if len(left) < 3:
        return None
    mean = sum(left) / len(left)
    return sqrt((len(left) - 1) / len(left) * sum((each - mean) ** 2 for each in left))
