"""Days as arrays: one value an interval of a local day, None where nothing is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

Values = Sequence[float | None]


def day_grid(day: date, step_minutes: int, zone: str, days: int = 1) -> TimeGrid:
    """The intervals of a local day (23 or 25 hours where clocks change)."""
    return TimeGrid(day, days, step_minutes * 60, zone)


def moments(grid: TimeGrid) -> list[datetime]:
    """Start of each interval, aware."""
    return [datetime.fromtimestamp(start, UTC) for start in grid.starts]


def total(values: Values) -> float | None:
    """Sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def padded(values: Values | None, length: int) -> list[float | None]:
    """As many values as the day has intervals; what is absent is unknown."""
    found = list(values or ())
    return (found + [None] * length)[:length]


def shares(shape: Values, closed_flat: bool = True) -> list[float]:
    """Shares of a day along a shape, adding up to 1; flat where the shape says nothing."""
    known = [max(value or 0.0, 0.0) for value in shape]
    whole = sum(known)
    if whole > 0:
        return [value / whole for value in known]
    return [1 / len(known)] * len(known) if known and closed_flat else known


def weekday_means(days: Mapping[date, Values], weekday: int, latest: int) -> list[float | None]:
    """Mean by interval over the latest so many days of a weekday that brought contacts."""
    chosen = [
        v for day, v in sorted(days.items(), reverse=True) if day.weekday() == weekday and (total(v) or 0) > 0
    ]
    chosen = chosen[:latest]
    if not chosen:
        return []
    longest = max(len(values) for values in chosen)
    found: list[float | None] = []
    for place in range(longest):
        known = [values[place] for values in chosen if place < len(values) and values[place] is not None]
        found.append(sum(known) / len(known) if known else None)  # type: ignore[arg-type]
    return found


def weekly(totals: Iterable[tuple[date, float | None]]) -> dict[date, float]:
    """Totals by the Monday of their week, of weeks all of whose days are known."""
    sums: dict[date, list[float]] = {}
    for day, value in totals:
        if value is not None:
            sums.setdefault(monday_of(day), []).append(value)
    return {monday: sum(values) for monday, values in sums.items() if len(values) == 7}


def slot_minutes(grid: TimeGrid) -> list[int]:
    """Minutes after local midnight at which each interval begins, as the clock shows it."""
    return (
        [slot * grid.step_seconds // 60 for slot in grid.slots]
        if grid.step_seconds != DAY_SECONDS
        else [0] * len(grid)
    )
