"""A shift and a person as plain values, and the wall clock they were meant on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from floorwalker.science.timegrid import TimeGrid, zone_info

WEEK = 7
LONGEST_STINT = timedelta(hours=16)
SHORTEST_STINT = timedelta(minutes=30)
PHONES, MEAL = "phones", "meal"


@dataclass(frozen=True)
class Stint:
    """One shift: who (None: open), from when to when, its unpaid meal, and the queue it serves; times in UTC."""

    identity: str
    agent: int | None
    start: datetime
    end: datetime
    meal_start: datetime | None = None
    meal_end: datetime | None = None
    queue: int | None = None
    day: date | None = None  # the local day of the site it starts on
    wall_minute: int = 0
    version: int = 1

    @property
    def paid_hours(self) -> float:
        """Elapsed time less the meal."""
        meal = self.meal_end - self.meal_start if self.meal_start and self.meal_end else timedelta()
        return ((self.end - self.start) - meal).total_seconds() / 3600

    def same_work(self, other: Stint) -> bool:
        """Whether nothing differs but the version."""
        return replace(self, version=0) == replace(other, version=0)

    def pieces(self) -> list[tuple[datetime, datetime, str]]:
        """What is done when: on the phones, at the meal, on the phones again."""
        if self.meal_start is None or self.meal_end is None:
            return [(self.start, self.end, PHONES)]
        found = [
            (self.start, self.meal_start, PHONES),
            (self.meal_start, self.meal_end, MEAL),
            (self.meal_end, self.end, PHONES),
        ]
        return [piece for piece in found if piece[1] > piece[0]]

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "identity": self.identity,
            "agent": self.agent,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "meal_start": self.meal_start.isoformat() if self.meal_start else None,
            "meal_end": self.meal_end.isoformat() if self.meal_end else None,
            "queue": self.queue,
            "day": self.day.isoformat() if self.day else None,
            "wall_minute": self.wall_minute,
            "version": self.version,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Stint:
        def moment(key: str) -> datetime | None:
            return datetime.fromisoformat(plain[key]).astimezone(UTC) if plain[key] else None

        return cls(
            plain["identity"],
            plain["agent"],
            datetime.fromisoformat(plain["start"]).astimezone(UTC),
            datetime.fromisoformat(plain["end"]).astimezone(UTC),
            moment("meal_start"),
            moment("meal_end"),
            plain["queue"],
            date.fromisoformat(plain["day"]) if plain["day"] else None,
            plain["wall_minute"],
            plain["version"],
        )


@dataclass(frozen=True)
class Worker:
    """A person as the rules need them. ``queues`` None: any."""

    id: int
    name: str
    number: str = ""
    least_hours: float = 0.0
    most_hours: float = 40.0
    most_days: int = 5
    least_rest_hours: float = 11.0
    most_days_in_a_row: int = 6
    available: tuple[tuple[int, int], ...] = ((0, 2880),)
    days_off: frozenset[date] = frozenset()
    queues: frozenset[int] | None = None
    contractor: bool = False
    started_on: date | None = None
    left_on: date | None = None
    # Owed in the week because they are new, and the times it has: the roster has to hold both.
    training_minutes: int = 0
    training: tuple[tuple[datetime, datetime], ...] = ()

    def employed(self, day: date) -> bool:
        """Whether that day lies between the first and the last of their days here."""
        return (self.started_on is None or self.started_on <= day) and (
            self.left_on is None or day <= self.left_on
        )


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_grid(first_day: date, zone: str, step_seconds: int = 900) -> TimeGrid:
    return TimeGrid(first_day, WEEK, step_seconds, zone)


def week_bounds(first_day: date, zone: str) -> tuple[datetime, datetime]:
    """First moment of a site's week, and of the week after."""
    grid = week_grid(first_day, zone, 3600)
    return moment(grid.starts[0]), moment(grid.end)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """First moment of a local day, and of the next: 23 to 25 hours apart, or half an hour off at Lord Howe."""
    grid = TimeGrid(day, 1, 3600, zone)
    return moment(grid.starts[0]), moment(grid.end)


def at_wall(day: date, minute: int, zone: str) -> datetime:
    """The moment at that wall-clock minute of a local day; one that comes twice is its first, one that never comes
    is read with the offset before the change."""
    return moment(TimeGrid(day, 1, 3600, zone).instant(0, minute))


def wall_of(start: datetime, zone: str) -> tuple[date, int]:
    """The local day and the minutes after midnight that a clock on the wall shows then."""
    local = start.astimezone(zone_info(zone))
    return local.date(), local.hour * 60 + local.minute


def stint_at(
    identity: str,
    agent: int | None,
    *,
    day: date,
    start_minute: int,
    length_minutes: int,
    zone: str,
    meal_minutes: int = 0,
    meal_after: int = 0,
    queue: int | None = None,
    version: int = 1,
) -> Stint:
    """A shift as meant on the wall clock of its site: it starts by the clock and keeps its paid time."""
    start = at_wall(day, start_minute, zone)
    meal_start = start + timedelta(minutes=meal_after) if meal_minutes else None
    return Stint(
        identity,
        agent,
        start,
        start + timedelta(minutes=length_minutes),
        meal_start,
        meal_start + timedelta(minutes=meal_minutes) if meal_start else None,
        queue,
        day,
        start_minute,
        version,
    )


def moment(utc_seconds: int) -> datetime:
    return datetime.fromtimestamp(utc_seconds, UTC)
