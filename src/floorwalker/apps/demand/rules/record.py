"""How good a source has been: one measure, on the same days, with how sure one can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import NamedTuple, TypeVar

FEWEST_DAYS = 14
LEADS = (1, 7, 28)
T = TypeVar("T")


class Said(NamedTuple):
    """What a source had said of a stretch of days, and what came; ten thousand on a page."""

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
    weeks: dict[int, list[float]] = {}  # by the number of the week since the first Monday of all
    for day, _days, expected, actual in said:
        sums = weeks.setdefault((day.toordinal() - 1) // 7, [0.0, 0.0])
        sums[0] += abs(actual - expected)
        sums[1] += actual
    missed, came = (sum(week[place] for week in weeks.values()) for place in (0, 1))
    left = [(missed - m) / (came - c) for m, c in weeks.values() if came - c > 0]
    if len(left) < 3:
        return None
    mean = sum(left) / len(left)
    return sqrt((len(left) - 1) / len(left) * sum((each - mean) ** 2 for each in left))
