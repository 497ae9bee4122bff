"""What a made-up centre shall be like: the settings from which its truth is drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.timegrid import zone_info

LARGEST = 20_000
Hours = tuple[tuple[int, int] | None, ...]
Skill = Literal["sales", "service"]
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class SitePlan:
    """A place people work at: its IANA zone and the ISO code of the country whose holidays it keeps."""

    name: str
    zone: str
    country: str

    def __post_init__(self) -> None:
        zone_info(self.zone)


@dataclass(frozen=True)
class Peak:
    """One hump of the day: its top (minutes after midnight), its width (standard deviation), its weight."""

    minute: float
    width_minutes: float
    weight: float


@dataclass(frozen=True)
class Volume:
    """How contacts arrive. Effects multiply; factors are relative to an ordinary day of factor 1.

    ``weekdays`` are Monday to Sunday; closed days are ignored. ``season`` is the height of the yearly wave,
    ``growth`` the change a year and ``level_shift`` one step somewhere in the middle of the history (shares).
    ``holiday`` is the factor of a public holiday (0 = closed), ``closed_on`` the (month, day) dates closed
    anyway; ``holiday_before`` and ``holiday_after`` act on the days beside one. ``month_start`` holds the
    factors of the 1st, 2nd, … of the month. ``day_cv`` and ``slot_cv`` are the coefficients of variation of
    the two gamma factors that make days and intervals busier or quieter than expected.
    """

    weekdays: tuple[float, ...] = (1.15, 1.05, 1.0, 0.98, 0.97, 0.6, 0.45)
    peaks: tuple[Peak, ...] = (Peak(630, 95, 1.0), Peak(910, 130, 0.85))
    floor: float = 0.35
    season: float = 0.06
    growth: float = 0.06
    level_shift: float = 0.08
    holiday: float = 0.0
    closed_on: tuple[tuple[int, int], ...] = ((12, 25), (1, 1))
    holiday_before: float = 1.06
    holiday_after: float = 1.16
    month_start: tuple[float, ...] = ()
    day_cv: float = 0.06
    slot_cv: float = 0.05
    outages_a_year: float = 3.0
    abandon_share: float = 0.04

    def __post_init__(self) -> None:
        if len(self.weekdays) != 7 or min(self.weekdays) <= 0:
            raise InvalidInput(f"weekdays must be seven factors above 0, Monday first, got {self.weekdays}")
        if (
            not self.peaks
            or min(p.width_minutes for p in self.peaks) <= 0
            or min(p.weight for p in self.peaks) <= 0
        ):
            raise InvalidInput("the profile of a day needs at least one peak; widths and weights are above 0")
        shares = {
            "floor": (self.floor, 0, 10),
            "season": (self.season, 0, 0.9),
            "growth": (self.growth, -0.9, 9),
            "level_shift": (self.level_shift, -0.9, 9),
            "holiday": (self.holiday, 0, 10),
            "holiday_before": (self.holiday_before, 0, 10),
            "holiday_after": (self.holiday_after, 0, 10),
            "day_cv": (self.day_cv, 0, 2),
            "slot_cv": (self.slot_cv, 0, 2),
            "outages_a_year": (self.outages_a_year, 0, 52),
            "abandon_share": (self.abandon_share, 0, 0.5),
        }
        for name, (value, low, high) in shares.items():
            if not low <= value <= high:
                raise InvalidInput(f"{name} of {value:g} is out of range; give a value from {low:g} to {high:g}")
        if any(factor < 0 for factor in self.month_start) or len(self.month_start) > 28:
            raise InvalidInput("month_start holds at most 28 factors, none negative")


@dataclass(frozen=True)
class Handling:
    """How long a contact keeps an agent: lognormal with mean ``seconds`` at the end of the history.

    ``cv`` is its coefficient of variation, ``trend`` the change of the mean a year (share), ``swing`` how
    much longer than the mean contacts take when the day is at its slowest, near ``slowest_minute``.
    """

    seconds: float = 270.0
    cv: float = 0.9
    trend: float = 0.02
    swing: float = 0.05
    slowest_minute: float = 1140.0

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.cv <= 0:
            raise InvalidInput(f"handling time needs a mean and a cv above 0, got {self.seconds:g} s, {self.cv:g}")
        if not 0 <= self.swing < 1 or self.trend <= -1:
            raise InvalidInput("the swing of handling time lies from 0 to below 1, its trend above -1")


@dataclass(frozen=True)
class QueuePlan:
    """One queue and the size of the group that serves it; ``contractors`` of the ``people`` are not employed.

    ``hours`` are Monday to Sunday: (opens, closes) in wall-clock minutes after midnight, or None when closed.
    Callers wait ``patience_seconds`` on average (exponential) before they hang up.
    """

    name: str
    client: str
    site: str
    skill: Skill
    people: int
    hours: Hours
    contractors: int = 0
    channel: str = "voice"
    target: ServiceTarget = field(default_factory=lambda: ServiceTarget(0.8, 20))
    volume: Volume = Volume()
    handling: Handling = Handling()
    patience_seconds: float = 150.0

    def __post_init__(self) -> None:
        if not 0 < self.patience_seconds < float("inf"):
            raise InvalidInput(f"the patience of queue {self.name!r} is {self.patience_seconds:g} s; give above 0")
        if not _SLUG.fullmatch(self.name):
            raise InvalidInput(f"queue name {self.name!r} must be lower-case letters, digits and single hyphens")
        if self.people < 1 or not 0 <= self.contractors <= self.people:
            raise InvalidInput(
                f"queue {self.name!r} has {self.people} people of whom {self.contractors} are contractors; "
                "give at least one person, and no more contractors than people"
            )
        spans = [span for span in self.hours if span is not None]
        if len(self.hours) != 7 or not spans or any(not 0 <= a < b <= 1440 for a, b in spans):
            raise InvalidInput(
                f"hours of queue {self.name!r} must be seven pairs (opens, closes) within the day, Monday first, "
                "None where closed, at least one open"
            )


@dataclass(frozen=True)
class CentrePlan:
    """A whole centre. ``shrinkage`` is the share of paid time its people are not on the phones.

    Volumes follow from the head count: see :mod:`floorwalker.science.sample.calibration`.
    """

    name: str
    sites: tuple[SitePlan, ...]
    queues: tuple[QueuePlan, ...]
    team_size: int = 12
    part_time_share: float = 0.15
    shrinkage: float = 0.30
    led_by: Literal["supervisor", "manager"] = "supervisor"

    def __post_init__(self) -> None:
        for what, names in (("sites", [s.name for s in self.sites]), ("queues", [q.name for q in self.queues])):
            if not names or len(set(names)) < len(names):
                raise InvalidInput(f"a centre needs {what} with different names, got {names}")
        unknown = {q.site for q in self.queues} - {s.name for s in self.sites}
        if unknown:
            raise InvalidInput(f"site {min(unknown)!r} of a queue is not among the sites of centre {self.name!r}")
        if self.people > LARGEST:
            raise InvalidInput(f"{self.people:,} people are more than a made-up centre holds ({LARGEST:,})")
        if self.team_size < 1 or not 0 <= self.part_time_share <= 1 or not 0 <= self.shrinkage < 1:
            raise InvalidInput("team_size is at least 1, part_time_share 0 to 1, shrinkage 0 to below 1")

    @property
    def people(self) -> int:
        return sum(queue.people for queue in self.queues)

    def site(self, name: str) -> SitePlan:
        """The site of that name."""
        return next(site for site in self.sites if site.name == name)
