"""Why this number: what is usual, and every factor that leads from it to what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Value = float | None


@dataclass(frozen=True)
class Factors:
    """``usual`` × ``level`` × ``special`` × ``time_of_day`` × ``planner`` = ``expected``, exactly."""

    usual: float
    level: float
    special: float
    time_of_day: float
    planner: float
    expected: float

    @property
    def product(self) -> float:
        return self.usual * self.level * self.special * self.time_of_day * self.planner


def factors(
    place: int, usual: Sequence[Value], base: Sequence[Value], expected: Sequence[Value], ordinary: float | None
) -> Factors | None:
    """Take one interval of a day apart; None where it is usually silent and nothing can be multiplied.

    ``usual`` is the mean of the weekday's latest weeks, ``base`` the version, ``expected`` with planners' changes,
    ``ordinary`` the level on days of this weekday without an event (None: this is such a day).
    """
    here = _at(usual, place)
    usual_day, base_day = _sum(usual), _sum(base)
    if here <= 0 or usual_day <= 0 or base_day <= 0 or _at(base, place) <= 0:
        return None
    whole = base_day / usual_day
    level = whole if ordinary is None or ordinary <= 0 else ordinary
    return Factors(
        usual=here,
        level=level,
        special=whole / level,
        time_of_day=(_at(base, place) / base_day) / (here / usual_day),
        planner=_at(expected, place) / _at(base, place),
        expected=_at(expected, place),
    )


def ordinary_level(ratios: Sequence[tuple[int, float]], day_number: int, reach: int = 4) -> float | None:
    """Mean level of the nearest ordinary days of the same weekday; ``ratios`` are (day number, level) of those."""
    near = sorted(ratios, key=lambda each: abs(each[0] - day_number))[:reach]
    return sum(level for _, level in near) / len(near) if near else None


def _at(values: Sequence[Value], place: int) -> float:
    return (values[place] or 0.0) if place < len(values) else 0.0


def _sum(values: Sequence[Value]) -> float:
    return sum(value or 0.0 for value in values)
