"""People × time as values: one day by the quarter-hour, or a week by the day, with its coverage below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.look.words import clock_words, day_words, in_zone

SLOT_MINUTES = 5  # a bar begins and ends on these; the style sheet knows one class for each slot
MOST_SLOTS = 36 * 60 // SLOT_MINUTES

# What a bar is decides its colour and its pattern, the same on every page.
KINDS = {
    "work": _("Work"),
    "break": _("Break"),
    "meal": _("Meal"),
    "training": _("Training"),
    "meeting": _("Meeting"),
    "offphone": _("Off the phones"),
    "timeoff": _("Time off"),
    "sick": _("Sick"),
    "open": _("Open shift"),
}


@dataclass(frozen=True)
class Bar:
    """One stretch of time of a person. ``breach`` is the sentence of a rule it breaks."""

    start: datetime
    end: datetime
    kind: str = "work"
    label: Any = ""
    url: str = ""
    breach: Any = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"bar from {self.start}: kind {self.kind!r} is none of {', '.join(KINDS)}")
        if self.end <= self.start:
            raise ValueError(f"bar from {self.start}: it ends at {self.end}, not after its start")

    @property
    def word(self) -> Any:
        return self.label or KINDS[self.kind]

    @property
    def times(self) -> str:
        end = in_zone(self.end)
        midnight = (end.hour, end.minute) == (0, 0)
        return f"{clock_words(self.start)}–{'24:00' if midnight else clock_words(self.end)}"


@dataclass(frozen=True)
class DayRow:
    name: Any
    bars: Sequence[Bar] = ()
    url: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Cover:
    """Required and rostered people from each start on; every interval is as long as the first."""

    starts: Sequence[datetime]
    required: Sequence[float]
    rostered: Sequence[float]

    def __post_init__(self) -> None:
        if not len(self.starts) == len(self.required) == len(self.rostered):
            lengths = f"{len(self.starts)} starts, {len(self.required)} required, {len(self.rostered)} rostered"
            raise ValueError(f"coverage: {lengths}")

    @property
    def seconds(self) -> float:
        """Length of one interval."""
        return (self.starts[1] - self.starts[0]).total_seconds() if len(self.starts) > 1 else 3600.0

    @property
    def short_hours(self) -> float:
        """Hours of people missing, over all intervals."""
        return self._hours(lambda need, have: max(0.0, need - have))

    @property
    def above_hours(self) -> float:
        return self._hours(lambda need, have: max(0.0, have - need))

    def _hours(self, gap: Any) -> float:
        pairs = zip(self.required, self.rostered, strict=True)
        return sum(gap(need, have) for need, have in pairs) * self.seconds / 3600


@dataclass(frozen=True)
class Placed:
    """A bar with its place: slots from the left edge, and how many."""

    bar: Bar
    first: int
    slots: int

    @property
    def narrow(self) -> bool:
        """There is room for its word, not for its times too."""
        return self.slots < 24


@dataclass(frozen=True)
class DayGrid:
    """One day (or any stretch of up to 36 hours) by slots of five minutes."""

    title: Any
    start: datetime
    end: datetime
    rows: Sequence[DayRow]
    cover: Cover | None = None
    now: datetime | None = None

    def __post_init__(self) -> None:
        if not 0 < self.slots <= MOST_SLOTS:
            raise ValueError(f"grid from {self.start} to {self.end}: more than 0 and up to 36 hours fit")

    @property
    def slots(self) -> int:
        return self.slot_of(self.end)

    def slot_of(self, moment: datetime) -> int:
        """Slots from the left edge to a moment, by elapsed time: a day of 23 or 25 hours keeps its proportions."""
        return round((moment - self.start).total_seconds() / 60 / SLOT_MINUTES)

    @property
    def hours(self) -> list[tuple[int, int, str]]:
        """First slot, slots and word of each hour on the head."""
        moments = [self.start]
        while moments[-1] < self.end:
            moments.append(min(moments[-1] + timedelta(hours=1), self.end))
        return [
            (self.slot_of(here), self.slot_of(after) - self.slot_of(here), clock_words(here))
            for here, after in pairwise(moments)
        ]

    @property
    def now_slot(self) -> int | None:
        return self.slot_of(self.now) if self.now and self.start <= self.now <= self.end else None

    def placed(self, row: DayRow) -> list[Placed]:
        """The row's bars that show in this stretch, cut at its edges, in order."""
        shown = []
        for bar in sorted(row.bars, key=lambda each: (each.start, -each.end.timestamp())):
            first = max(0, self.slot_of(bar.start))
            last = min(self.slots, self.slot_of(bar.end))
            if last > first:
                shown.append(Placed(bar, first, last - first))
        return shown


@dataclass(frozen=True)
class WeekCell:
    """What a person does on one day; no bars is a day off, said by ``word``."""

    bars: Sequence[Bar] = ()
    word: Any = ""
    url: str = ""
    changed: bool = False


@dataclass(frozen=True)
class WeekRow:
    name: Any
    cells: Sequence[WeekCell]
    url: str = ""
    note: Any = ""
    total: Any = ""


@dataclass(frozen=True)
class WeekGrid:
    """Several days, a column each, with what is missing each day below."""

    title: Any
    days: Sequence[date]
    rows: Sequence[WeekRow]
    covers: Sequence[Cover | None] = ()
    today: date | None = None
    total_label: Any = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.days):
                raise ValueError(f"row {row.name}: {len(row.cells)} cells for {len(self.days)} days")
        if self.covers and len(self.covers) != len(self.days):
            raise ValueError(f"{len(self.covers)} coverages for {len(self.days)} days")

    @property
    def heads(self) -> list[tuple[date, str, bool]]:
        return [(day, day_words(day, year=False), day == self.today) for day in self.days]
