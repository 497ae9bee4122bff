"""Whether a contest does harm: each measure of those who take part beside comparable people, and each person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from floorwalker.science.errors import InvalidInput

Floats = npt.NDArray[np.float64]
SHARED = 10  # days of everybody's spread that stand beside a person's own


@dataclass(frozen=True)
class PersonDays:
    """A measure of one person: values of days and what each rests on, before the contest and since."""

    person: str
    took_part: bool
    before: Sequence[tuple[float, float]]
    since: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Worse:
    """Somebody whose measure got worse than chance explains; ``chance`` for this one comparison."""

    person: str
    before: float
    since: float
    usual: float  # change of the others
    chance: float


@dataclass(frozen=True)
class HarmOfMeasure:
    """What happened to one measure; ``change`` is None where ``silent`` says why.

    ``change`` is that of those who took part less that of comparable people with the same level before; above
    zero is better. ``detectable`` is the fall these days could have shown with four chances in five.
    """

    measure: str
    took_part: int
    beside: int
    detectable: float | None
    change: float | None
    low: float | None
    high: float | None
    harmed: bool
    people: tuple[Worse, ...]
    silent: str = ""


@dataclass(frozen=True)
class HarmCheck:
    """All measures; a contest that does no harm raises any question at all with a chance of ``false_alarm``."""

    measures: tuple[HarmOfMeasure, ...]
    false_alarm: float

    @property
    def asks(self) -> bool:
        return any(each.harmed or each.people for each in self.measures)


def check_harm(
    days: Mapping[str, Sequence[PersonDays]],
    better_is_more: Mapping[str, bool],
    *,
    false_alarm: float = 0.05,
    least: int = 5,
    least_beside: int = 10,
    least_days: tuple[int, int] = (5, 3),
    confidence: float = 0.9,
) -> HarmCheck:
    """What a contest did to each measure, for all who took part and for each of them.

    All: the change since is regressed on the level before and on taking part, so that a bad week that led people
    to join, and mends by itself, is not the contest's doing; errors hold where spreads differ. Each: the own
    change beside the median change of those who did not take part (where they are too few, of everybody else),
    measured by the own days' spread and by how much honest changes differ. Half of ``false_alarm`` is spent on the
    measures, half on the persons, divided by how many comparisons there are. Raises InvalidInput.
    Source: MacKinnon and White, Journal of Econometrics 29 (1985) for the errors; the division is Bonferroni's.
    """
    if not 0 < false_alarm < 1 or not 0 < confidence < 1 or min(least, least_beside, *least_days) < 1:
        raise InvalidInput("false_alarm and confidence lie within 0 and 1, numbers are 1 or more")
    if missing := days.keys() - better_is_more.keys():
        raise InvalidInput(f"it is not said whether more is better for {', '.join(sorted(missing))}")
    tables = {
        key: _Changes.of(
            [each for each in rows if _enough(each, least_days)], 1.0 if better_is_more[key] else -1.0
        )
        for key, rows in days.items()
    }
    persons = sum(int(each.took_part.sum()) for each in tables.values())
    for_all = false_alarm / 2 / max(len(tables), 1)
    for_each = false_alarm / 2 / max(persons, 1)
    found = [
        _measured(key, each, (for_all, for_each), (least, least_beside), confidence)
        for key, each in tables.items()
    ]
    return HarmCheck(tuple(found), false_alarm)


def _enough(each: PersonDays, least_days: tuple[int, int]) -> bool:
    if any(weight <= 0 for _value, weight in (*each.before, *each.since)):
        raise InvalidInput(f"{each.person}: what a day rests on is above zero")
    return len(each.before) >= least_days[0] and len(each.since) >= least_days[1]


@dataclass(frozen=True)
class _Changes:
    """One row a person; above zero is better."""

    names: tuple[str, ...]
    took_part: npt.NDArray[np.bool_]
    before: Floats
    change: Floats
    variance: Floats  # of the change, by the days alone
    freedom: Floats
    sign: float

    @classmethod
    def of(cls, rows: Sequence[PersonDays], sign: float) -> _Changes:
        parts = [(_parts(each.before), _parts(each.since)) for each in rows]
        squares = np.array([one.squares + two.squares for one, two in parts], dtype=float)
        free = np.array([one.days + two.days - 2 for one, two in parts], dtype=float)
        pooled = squares.sum() / max(free.sum(), 1.0) if len(parts) else 0.0
        spread = (squares + SHARED * pooled) / (free + SHARED)
        reach = np.array([1 / one.weight + 1 / two.weight for one, two in parts], dtype=float)
        before = np.array([one.mean for one, _ in parts], dtype=float)
        since = np.array([two.mean for _, two in parts], dtype=float)
        return cls(
            tuple(each.person for each in rows),
            np.array([each.took_part for each in rows], dtype=bool),
            before * sign,
            (since - before) * sign,
            spread * reach,
            free + SHARED,
            sign,
        )


@dataclass(frozen=True)
class _Parts:
    mean: float
    weight: float
    squares: float
    days: int


def _parts(days: Sequence[tuple[float, float]]) -> _Parts:
    values, weights = np.array(days, dtype=float).T
    whole = float(weights.sum())
    mean = float(weights @ values) / whole
    return _Parts(mean, whole, float(weights @ (values - mean) ** 2), len(days))


def _measured(
    key: str,
    rows: _Changes,
    alarms: tuple[float, float],
    least: tuple[int, int],
    confidence: float,
) -> HarmOfMeasure:
    taking, beside = int(rows.took_part.sum()), int((~rows.took_part).sum())
    people = _worse(rows, alarms[1], least[1])
    if taking < least[0] or beside < least[1]:
        silent = f"{taking} took part and {beside} did not; {least[0]} and {least[1]} with enough days are needed"
        return HarmOfMeasure(key, taking, beside, None, None, None, None, False, people, silent)
    change, error, freedom = _difference(rows)
    sure, power = _quantile(1 - alarms[0], freedom), _quantile(0.8, freedom)
    reach = _quantile(0.5 + confidence / 2, freedom) * error
    harmed = change < -sure * error
    detectable = (sure + power) * error
    return HarmOfMeasure(key, taking, beside, detectable, change, change - reach, change + reach, harmed, people)


def _difference(rows: _Changes) -> tuple[float, float, int]:
    """The change that belongs to taking part, its error, and the degrees of freedom."""
    x = np.column_stack([np.ones(len(rows.names)), rows.before - rows.before.mean(), rows.took_part.astype(float)])
    bread = np.linalg.pinv(x.T @ x)
    slopes = bread @ x.T @ rows.change
    rest = rows.change - x @ slopes
    pull = np.clip(np.einsum("ij,jk,ik->i", x, bread, x), 0.0, 0.99)
    scaled = x * (rest / (1 - pull))[:, None]
    variance = bread @ (scaled.T @ scaled) @ bread
    smaller = min(int(rows.took_part.sum()), int((~rows.took_part).sum()))
    return float(slopes[2]), float(np.sqrt(max(variance[2, 2], 0.0))), max(smaller - 1, 1)


def _worse(rows: _Changes, alarm: float, least: int) -> tuple[Worse, ...]:
    """Who of those taking part fell further than chance explains, the furthest first."""
    found: list[tuple[float, Worse]] = []
    quiet = np.flatnonzero(~rows.took_part)
    for who in np.flatnonzero(rows.took_part):
        others = quiet if len(quiet) >= least else np.array([n for n in range(len(rows.names)) if n != who])
        if len(others) < least:
            continue
        usual = float(np.median(rows.change[others]))
        extra = _beyond_days(rows.change[others] - usual, rows.variance[others])
        error = float(np.sqrt(rows.variance[who] + extra))
        if error == 0:
            continue
        # How much honest changes differ is itself known from so many people only.
        freedom = int(min(rows.freedom[who], len(others) - 1))
        chance = _below((rows.change[who] - usual) / error, freedom)
        if chance < alarm:
            before = rows.before[who] * rows.sign
            since = before + rows.change[who] * rows.sign
            worse = Worse(rows.names[who], float(before), float(since), usual * rows.sign, chance)
            found.append((chance, worse))
    return tuple(worse for _chance, worse in sorted(found, key=lambda each: each[0]))


def _beyond_days(rest: Floats, variance: Floats) -> float:
    """How much people's changes differ beyond their days' own spread, by the median: a cheat does not widen it."""
    target = 0.6745

    def middle(extra: float) -> float:
        return float(np.median(np.abs(rest) / np.sqrt(variance + extra + 1e-300)))

    if middle(0.0) <= target:
        return 0.0
    low, high = 0.0, float((rest**2).max()) * 10
    for _step in range(60):
        extra = (low + high) / 2
        low, high = (extra, high) if middle(extra) > target else (low, extra)
    return high


def _quantile(probability: float, freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf(probability, max(freedom, 1)))


def _below(value: float, freedom: int) -> float:
    from scipy.stats import t

    return float(t.cdf(value, max(freedom, 1)))
