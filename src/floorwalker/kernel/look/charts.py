"""Charts as values: what is drawn, what is said about it, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from floorwalker.kernel.look.words import day_words, in_zone, number_words, when_words

# What a series is decides how it is drawn, the same on every page: history solid; forecast dashed, with its band;
# required a step; rostered an area; bars from zero; plain a thin line; interval a point with how sure it is.
ROLES = ("history", "forecast", "required", "rostered", "bar", "plain", "interval")
KINS = 4  # lines of one role that can be told apart, by colour and by dashes
TWO_DAYS, THREE_WEEKS, HALF_A_YEAR = 2, 21, 183  # days


@dataclass(frozen=True)
class Series:
    """Values at the chart's points (None where there is none), with ``low`` and ``high`` for a band."""

    name: Any
    values: Sequence[float | None]
    role: str = "history"
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"series {self.name}: role {self.role!r} is none of {', '.join(ROLES)}")
        for band in (self.low, self.high):
            if band and len(band) != len(self.values):
                raise ValueError(f"series {self.name}: a band of {len(band)} for {len(self.values)} values")


@dataclass(frozen=True)
class Mark:
    """A special day or event, drawn at the point ``at`` up to ``until`` with its word."""

    at: date | datetime | str
    label: Any
    until: date | datetime | str | None = None


@dataclass(frozen=True)
class Chart:
    """A picture over time or over names (``points``); ``sentence`` says in words what it shows."""

    key: str
    title: Any
    sentence: Any
    points: Sequence[datetime] | Sequence[date] | Sequence[str]
    series: Sequence[Series]
    unit: Any = ""
    digits: int | None = None
    marks: Sequence[Mark] = ()
    csv_url: str = ""
    tall: bool = False

    def __post_init__(self) -> None:
        for each in self.series:
            if len(each.values) != len(self.points):
                raise ValueError(f"series {each.name}: {len(each.values)} values for {len(self.points)} points")

    @property
    def empty(self) -> bool:
        return not any(value is not None for each in self.series for value in each.values)

    @property
    def data_id(self) -> str:
        """Where the page keeps the numbers for the drawing code."""
        return f"chart-{self.key}-data"

    @property
    def kins(self) -> list[int]:
        """The how many-eth of its role each series is: the second of a role is drawn otherwise than the first."""
        roles = [each.role for each in self.series]
        return [roles[:at].count(role) % KINS for at, role in enumerate(roles)]

    @property
    def key_line(self) -> list[dict[str, Any]]:
        """What each drawing means, for those to whom the labels beside the lines are not enough."""
        found = [
            {"role": each.role, "kin": kin, "name": each.name, "band": bool(each.low) and each.role != "interval"}
            for each, kin in zip(self.series, self.kins, strict=True)
        ]
        if self._covers():
            found += [
                {"role": "under", "name": _("Short of required")},
                {"role": "over", "name": _("Above required")},
            ]
        return found

    def payload(self) -> dict[str, Any]:
        """What the drawing code reads; numbers and words, nothing computed there but the picture."""
        where = {point: index for index, point in enumerate(self.points)}
        return {
            "points": [point_words(point) for point in self.points],
            "ticks": ticks(self.points),
            "named": bool(self.points) and isinstance(self.points[0], str),
            "unit": str(self.unit),
            "digits": self.digits,
            "series": [
                {
                    "name": str(s.name),
                    "role": s.role,
                    "kin": kin,
                    "values": list(s.values),
                    "low": list(s.low),
                    "high": list(s.high),
                }
                for s, kin in zip(self.series, self.kins, strict=True)
            ],
            "marks": [
                {"from": where[m.at], "to": where.get(m.until, where[m.at]), "label": str(m.label)}
                for m in self.marks
                if m.at in where
            ],
            "cover": self._covers(),
            "words": {"low": _("low"), "high": _("high"), "under": _("short"), "over": _("above")},
        }

    def heads(self) -> list[str]:
        """Column heads of the table behind the chart."""
        found = [_("Time") if self.points and not isinstance(self.points[0], str) else _("Name")]
        for each in self.series:
            found.append(str(each.name))
            if each.low:
                found += [_("%(name)s, low") % {"name": each.name}, _("%(name)s, high") % {"name": each.name}]
        return found

    def rows(self) -> list[list[str]]:
        """The table behind the chart."""
        columns: list[Sequence[float | None]] = []
        for each in self.series:
            columns += [each.values, each.low, each.high] if each.low else [each.values]
        return [
            [point_words(point), *(number_words(column[index], self.digits) for column in columns)]
            for index, point in enumerate(self.points)
        ]

    def _covers(self) -> bool:
        return {"required", "rostered"} <= {each.role for each in self.series}


def point_words(point: date | datetime | str) -> str:
    if isinstance(point, datetime):
        return when_words(point)
    return day_words(point) if isinstance(point, date) else str(point)


def ticks(points: Sequence[datetime] | Sequence[date] | Sequence[str]) -> list[dict[str, Any]]:
    """Which points carry a word on the axis; ``strong`` ones stay when there is little room."""
    if not points:
        return []
    first, last = points[0], points[-1]
    if isinstance(first, str) or isinstance(last, str):
        return [{"at": index, "label": str(point), "strong": True} for index, point in enumerate(points)]
    days = (_day(last) - _day(first)).days
    if days < TWO_DAYS and isinstance(first, datetime):
        return _hours(points)  # type: ignore[arg-type]
    each = [_day(point) for point in points]
    if days <= THREE_WEEKS:
        return [
            {"at": at, "label": date_format(each[at], "D j"), "strong": each[at].weekday() == 0 or at == 0}
            for at in [0, *_begins(each)]
        ]
    if days <= HALF_A_YEAR:
        weeks = [0] * (each[0].weekday() == 0) + _begins([day.isocalendar()[:2] for day in each])
        return [{"at": at, "label": date_format(each[at], "j M"), "strong": each[at].day <= 7} for at in weeks]
    months = [0] * (each[0].day == 1) + _begins([(day.year, day.month) for day in each])
    return [{"at": at, "label": date_format(each[at], "M Y"), "strong": each[at].month % 3 == 1} for at in months]


def _begins(spans: Sequence[Any]) -> list[int]:
    """Where another day, week or month begins than that of the point before; not each day need have a point."""
    return [at for at in range(1, len(spans)) if spans[at] != spans[at - 1]]


def _hours(points: Sequence[datetime]) -> list[dict[str, Any]]:
    return [
        {"at": index, "label": date_format(local, "H:i"), "strong": local.hour % 6 == 0}
        for index, local in enumerate(in_zone(point) for point in points)
        if local.minute == 0 and local.hour % 2 == 0
    ]


def _day(point: date | datetime | str) -> date:
    if isinstance(point, datetime):
        return in_zone(point).date()
    if isinstance(point, date):
        return point
    raise TypeError(f"{point!r} is a name, not a day")
