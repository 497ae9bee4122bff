"""The shift catalogue: a CSV with start and end of each shift, or an hour-by-shift table of 0 and 1.

Columns: name (optional), start, end (HH:MM), meal_minutes, meal_earliest, meal_latest (minutes after the
start), days (Mon-Fri, or Mon Wed Fri). The other layout has a first column of hours, 24 lines and one column
a shift, 1 where it works.
"""

from __future__ import annotations

from pathlib import Path

from floorwalker.cli.files.people_csv import minutes
from floorwalker.cli.files.rows import Row, read_rows
from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering import Shift

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_shifts(path: Path) -> tuple[Shift, ...]:
    """Every shift of the file."""
    rows = list(read_rows(path, []))
    if not rows:
        raise InvalidInput(f"{path.name} holds no shift; give columns start and end")
    shifts = _from_hours(path, rows) if "start" not in rows[0].cells else tuple(_shift(row) for row in rows)
    names = [shift.name for shift in shifts]
    for name in names:
        if names.count(name) > 1:
            raise InvalidInput(f"{path.name}: the shift name {name!r} is used twice; names must differ")
    return shifts


def _shift(row: Row) -> Shift:
    start = row.read("start", minutes, -1, "a time like 08:30")
    end = row.read("end", minutes, -1, "a time like 17:00")
    if start < 0 or end < 0:
        raise InvalidInput(f"{row.file} line {row.line}: a shift needs start and end, like 08:30 and 17:00")
    length = end - start if end > start else end + 1440 - start
    meal = row.whole("meal_minutes", 0.0)
    middle = (length - meal) // 2
    try:
        return Shift(
            name=row.text("name", f"{_clock(start)}-{_clock(end)}"),
            start_minute=start % 1440,
            length_minutes=length,
            meal_minutes=meal,
            meal_earliest=row.whole("meal_earliest", max(0, middle - 60)) if meal else 0,
            meal_latest=row.whole("meal_latest", min(length - meal, middle + 60)) if meal else 0,
            weekdays=row.read("days", weekdays, frozenset(range(7)), "days like Mon-Fri or Mon Wed Fri"),
        )
    except InvalidInput as error:
        place = f"{row.file} line {row.line}"
        raise error if place in str(error) else InvalidInput(f"{place}: {error}") from error


def weekdays(text: str) -> frozenset[int]:
    """Weekday numbers, Monday 0, of ``Mon-Fri`` or ``Mon Wed Fri``; ValueError when a day is unknown."""
    found: set[int] = set()
    for part in text.lower().replace(",", " ").replace("|", " ").split():
        ends = [WEEKDAYS.index(day[:3]) for day in part.split("-")]
        last = ends[-1] if ends[-1] >= ends[0] else ends[-1] + 7
        found |= {day % 7 for day in range(ends[0], last + 1)}
    return frozenset(found)


def _from_hours(path: Path, rows: list[Row]) -> tuple[Shift, ...]:
    """An hour-by-shift table: each column of ones is one shift, an unbroken run of hours."""
    named = [c for c in rows[0].cells if all(row.text(c) in ("0", "1") for row in rows)]
    if len(rows) != 24 or not named:
        raise InvalidInput(f"{path.name} has neither columns start and end nor 24 lines of 0 and 1, one an hour")
    shifts = []
    for column in named:
        works = [row.text(column) == "1" for row in rows]
        starts = [h for h in range(24) if works[h] and not works[h - 1]]
        if all(works) or not any(works) or len(starts) != 1:
            raise InvalidInput(f"{path.name}: the hours of {column!r} are not one unbroken run")
        shifts.append(Shift(column, starts[0] * 60, sum(works) * 60))
    return tuple(shifts)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
