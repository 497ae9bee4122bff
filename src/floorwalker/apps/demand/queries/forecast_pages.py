"""Reads shaped for the pages of forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from floorwalker.apps.demand.models import ForecastDay, ForecastVersion, Queue
from floorwalker.apps.demand.queries.clients import client_events, client_totals
from floorwalker.apps.demand.queries.forecasts import Expected, ExpectedDay, expected_days
from floorwalker.apps.demand.queries.history import days_of
from floorwalker.apps.demand.queries.pages import Span
from floorwalker.apps.demand.rules.days import day_grid, days_between, moments, padded
from floorwalker.apps.demand.rules.why import Factors, factors, ordinary_level

PAST_DAYS = 56


@dataclass(frozen=True)
class ForecastSeries:
    """A queue's past and what is expected, over the same points."""

    points: Sequence[datetime] | Sequence[date]
    history: list[float | None]
    mean: list[float | None]
    low: list[float | None]
    high: list[float | None]
    base: list[float | None]
    client: list[float | None]
    aht: list[float | None]
    changed: bool
    expected: Expected

    @property
    def total(self) -> float:
        return sum(value or 0.0 for value in self.mean)


def forecast_series(queue: Queue, shown: Span, version: ForecastVersion | None = None) -> ForecastSeries:
    """By interval for a day or a week, by the day beyond."""
    first = shown.first
    expected = expected_days([queue], first, shown.last, version=version)[queue.pk]
    by_day = {each.day: each for each in expected.days}
    rows = {row.day: row for row in days_of(queue, first, shown.last, fields=("offered", "step_minutes"))}
    days = days_between(first, shown.last)
    changed = any(each.changed for each in expected.days)
    client = client_totals(queue, first, shown.last)
    if not shown.by_interval or queue.step_minutes == 1440:
        told = {day: total / span for day, (total, span) in client.items() if span == 1}
        return ForecastSeries(
            days,
            [rows[day].total if day in rows else None for day in days],
            [round(by_day[day].total, 1) if day in by_day else None for day in days],
            [round(by_day[day].total_p05, 1) if day in by_day else None for day in days],
            [round(by_day[day].total_p95, 1) if day in by_day else None for day in days],
            [round(by_day[day].base_total, 1) if day in by_day and changed else None for day in days],
            [told.get(day) for day in days],
            [_day_aht(by_day[day]) if day in by_day else None for day in days],
            changed,
            expected,
        )
    points: list[datetime] = []
    found: dict[str, list[float | None]] = {n: [] for n in ("history", "mean", "low", "high", "base", "aht")}
    for day in days:
        starts = moments(day_grid(day, queue.step_minutes, queue.zone))
        points += starts
        found["history"] += padded(rows[day].offered if day in rows else None, len(starts))
        each = by_day.get(day)
        for name, values in (
            ("mean", each and each.mean),
            ("low", each and each.p05),
            ("high", each and each.p95),
            ("base", each.base if each and changed else None),
            ("aht", each and each.aht),
        ):
            found[name] += [None if v is None else round(v, 1) for v in padded(values, len(starts))]
    return ForecastSeries(points, **found, client=[None] * len(points), changed=changed, expected=expected)


@dataclass(frozen=True)
class Special:
    """A day that differs, and where that is known from."""

    day: date
    name: str
    closed: bool
    factor: float | None
    source: str


def special_in(queue: Queue, version: ForecastVersion | None, first: date, last: date) -> list[Special]:
    """Special days of the version and events clients announced, in order."""
    found = []
    for day, name, closed, factor in version.special if version else []:
        if first <= date.fromisoformat(day) <= last:
            found.append(Special(date.fromisoformat(day), name, closed, factor, "ours"))
    named = {(each.day, each.name) for each in found}
    for event in client_events([queue], first, last):
        if (event.day, event.name) not in named:
            named.add((event.day, event.name))
            found.append(Special(event.day, event.name, False, None, "client"))
    return sorted(found, key=lambda each: each.day)


@dataclass(frozen=True)
class WhyRow:
    """One interval and the factors its number is made of."""

    start: datetime
    factors: Factors | None
    mean: float
    aht: float | None


def why_day(
    queue: Queue, day: date, version: ForecastVersion | None = None
) -> tuple[list[WhyRow], str, ExpectedDay | None]:
    """Every interval of a day taken apart; the name of the special day; the day itself."""
    around = expected_days([queue], day - timedelta(days=28), day + timedelta(days=28), version=version)[queue.pk]
    the = next((each for each in around.days if each.day == day), None)
    if the is None or around.version is None:
        return [], "", None
    special = {date.fromisoformat(d): name for d, name, *_rest in around.version.special}
    ratios = [
        ((each.day - day).days, each.base_total / sum(v or 0.0 for v in each.usual))
        for each in around.days
        if each.day.weekday() == day.weekday()
        and each.day not in special
        and sum(v or 0.0 for v in each.usual) > 0
    ]
    ordinary = ordinary_level(ratios, 0) if day in special else None
    rows = [
        WhyRow(
            datetime.fromtimestamp(start, UTC),
            factors(place, the.usual, the.base, the.mean, ordinary),
            the.mean[place],
            the.aht[place],
        )
        for place, start in enumerate(the.starts)
        if the.mean[place] > 0
    ]
    return rows, special.get(day, ""), the


@dataclass(frozen=True)
class VersionDay:
    """A day in two versions."""

    day: date
    one: float | None
    other: float | None

    @property
    def difference(self) -> float | None:
        return None if self.one is None or self.other is None else self.other - self.one


def compare_versions(one: ForecastVersion, other: ForecastVersion) -> list[VersionDay]:
    """Two versions of a queue day by day, without the planner's layer."""
    totals: dict[int, dict[date, float]] = {one.pk: {}, other.pk: {}}
    for version_id, day, total in ForecastDay.objects.filter(version__in=totals).values_list(
        "version_id", "day", "total"
    ):
        totals[version_id][day] = total
    days = sorted({*totals[one.pk], *totals[other.pk]})
    return [VersionDay(day, totals[one.pk].get(day), totals[other.pk].get(day)) for day in days]


def _day_aht(day: ExpectedDay) -> float | None:
    seconds = sum(m * (a or 0.0) for m, a in zip(day.mean, day.aht, strict=True))
    contacts = sum(m for m, a in zip(day.mean, day.aht, strict=True) if a is not None)
    return round(seconds / contacts, 1) if contacts > 0 else None
