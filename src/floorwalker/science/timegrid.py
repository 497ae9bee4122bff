"""Intervals of whole local days, safe across daylight-saving changes.

A :class:`TimeGrid` is a run of local calendar days in one zone, cut into half-open intervals. Each day is
cut afresh from its own first instant, so a day of 23, 25, 23.5 or 24.5 hours simply has fewer or more
intervals (the last one is shorter where the step does not divide the day), and a grid of whole days
(``step_seconds = 86 400``) has exactly one interval a day, however long the day is.

Plain Python, no NumPy: web pages import this module.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from floorwalker.science.errors import InvalidInput

DAY_SECONDS = 86_400
ALLOWED_STEPS = (*tuple(m * 60 for m in (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240)), DAY_SECONDS)


def zone_info(name: str) -> ZoneInfo:
    """The zone of that IANA name; :class:`InvalidInput` when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(
            f"zone {name!r} is not an IANA time zone; use a name such as 'Europe/London' or 'UTC'"
        ) from error


def day_start(day: date, zone: ZoneInfo) -> int:
    """UTC seconds of the first instant of a local day (also where 00:00 does not exist or comes twice)."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


@dataclass(frozen=True)
class TimeGrid:
    """``days`` whole local days from ``first_day`` in ``zone``, in steps of ``step_seconds``.

    Instants are UTC seconds since 1970. Interval ``i`` is ``[starts[i], starts[i] + lengths[i])``.
    """

    first_day: date
    days: int
    step_seconds: int
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.days < 1:
            raise InvalidInput(f"a grid needs at least one day, got {self.days}")
        if self.step_seconds not in ALLOWED_STEPS:
            steps = ", ".join(str(s // 60) for s in ALLOWED_STEPS)
            raise InvalidInput(
                f"a step of {self.step_seconds / 60:g} minutes does not divide the day as planned; "
                f"use one of {steps} minutes"
            )
        zone_info(self.zone)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def slots_per_day(self) -> int:
        """Slots of an ordinary day of 24 hours."""
        return DAY_SECONDS // self.step_seconds

    @cached_property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=d) for d in range(self.days))

    @cached_property
    def day_starts(self) -> tuple[int, ...]:
        """First instant of each day, and of the day after the last: ``days + 1`` values."""
        zone = zone_info(self.zone)
        return tuple(day_start(self.first_day + timedelta(days=d), zone) for d in range(self.days + 1))

    @cached_property
    def _cut(self) -> tuple[list[int], list[int], list[int]]:
        starts: list[int] = []
        lengths: list[int] = []
        day_index: list[int] = []
        for d, (begin, end) in enumerate(zip(self.day_starts, self.day_starts[1:], strict=False)):
            step = end - begin if self.step_seconds == DAY_SECONDS else self.step_seconds
            if step <= 0:  # a calendar day the zone skipped altogether
                continue
            for start in range(begin, end, step):
                starts.append(start)
                lengths.append(min(step, end - start))
                day_index.append(d)
        return starts, lengths, day_index

    @property
    def starts(self) -> Sequence[int]:
        """UTC seconds at which each interval begins."""
        return self._cut[0]

    @property
    def lengths(self) -> Sequence[int]:
        """Seconds of each interval."""
        return self._cut[1]

    @property
    def day_index(self) -> Sequence[int]:
        """For each interval, the index of its local day."""
        return self._cut[2]

    @property
    def end(self) -> int:
        """UTC seconds at which the grid ends (exclusive)."""
        return self.day_starts[-1]

    @cached_property
    def slots(self) -> Sequence[int]:
        """For each interval, the slot of its wall-clock time: a repeated hour repeats its slots."""
        if self.step_seconds == DAY_SECONDS:
            return [0] * len(self)
        zone = zone_info(self.zone)
        regular = list(range(self.slots_per_day))
        slots: list[int] = []
        for begin, end in zip(self.day_starts, self.day_starts[1:], strict=False):
            if end - begin == DAY_SECONDS:
                slots.extend(regular)
                continue
            for start in range(begin, end, self.step_seconds):
                wall = datetime.fromtimestamp(start, zone)
                slots.append((wall.hour * 3600 + wall.minute * 60 + wall.second) // self.step_seconds)
        return slots

    @cached_property
    def weekdays(self) -> tuple[int, ...]:
        """Weekday of each day, Monday = 0."""
        return tuple(day.weekday() for day in self.dates)

    def find(self, utc_seconds: float) -> int:
        """Index of the interval that holds an instant, or -1 outside the grid."""
        if not len(self) or not self.starts[0] <= utc_seconds < self.end:
            return -1
        return bisect_right(self.starts, utc_seconds) - 1

    def instant(self, day: int, minute: float) -> int:
        """UTC seconds at ``minute`` wall-clock minutes after midnight of day number ``day``.

        Minutes past 1440 reach into the following days. A wall time that does not exist is read with
        the offset before the change, one that comes twice as its first occurrence.
        """
        wall = datetime.combine(self.first_day, datetime.min.time()) + timedelta(days=day, minutes=minute)
        return int(wall.replace(tzinfo=zone_info(self.zone)).timestamp())

    def local(self, index: int) -> datetime:
        """Start of interval ``index`` as a local time with its offset."""
        return datetime.fromtimestamp(self.starts[index], UTC).astimezone(zone_info(self.zone))

    def isoformat(self) -> list[str]:
        """Start of every interval in ISO 8601 with offset."""
        zone = zone_info(self.zone)
        return [datetime.fromtimestamp(s, zone).isoformat() for s in self.starts]

    def following(self, days: int) -> TimeGrid:
        """The grid of the ``days`` days that follow this one."""
        return TimeGrid(self.first_day + timedelta(days=self.days), days, self.step_seconds, self.zone)

    def day_slice(self, day: int) -> slice:
        """The intervals of day number ``day``."""
        low = bisect_right(self.day_index, day - 1)
        return slice(low, bisect_right(self.day_index, day))
