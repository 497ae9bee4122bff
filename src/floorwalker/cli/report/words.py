"""Numbers, dates and durations as people say them. ``–`` stands for what is not known."""

from __future__ import annotations

from datetime import date, datetime
from math import floor, isfinite, isinf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from floorwalker.science.staffing import Check

UNKNOWN = "–"
NARROW = "\u202f"  # narrow no-break space, between a number and its unit
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def count(value: float) -> str:
    """A whole number with thousands separators; a small non-zero amount keeps one decimal."""
    if not isfinite(value):
        return UNKNOWN
    if 0 < abs(value) < 9.95 and abs(value - round(value)) > 0.05:
        return f"{value:.1f}".replace("-", "−")
    return f"{round(value):,}".replace("-", "−")


def hours(value: float) -> str:
    """Hours with at most one decimal."""
    return f"{value:,.1f}".removesuffix(".0") if isfinite(value) else UNKNOWN


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{100 * share:.1f}{NARROW}%".replace("-", "−") if isfinite(share) else UNKNOWN


def attained(share: float) -> str:
    """A share that has a target to reach: rounded down, so a missed target is never printed as met."""
    return percent(floor(share * 1000 + 1e-9) / 1000) if isfinite(share) else UNKNOWN


def band(check: Check) -> str:
    """A simulated service level with its 95 % band: 78.1 % (77.5–78.7)."""
    low, high = max(0.0, check.achieved.low), min(1.0, check.achieved.high)
    return f"{percent(check.achieved.mean)} ({100 * low:.1f}–{100 * high:.1f})"


def whole_percent(share: float) -> str:
    """A share as a percentage without needless decimals (80 %, 12.5 %)."""
    return f"{100 * share:.4g}{NARROW}%".replace("-", "−") if isfinite(share) else UNKNOWN


def signed_percent(share: float) -> str:
    """A share with its sign, as a percentage with one decimal."""
    return ("+" if share > 0 else "") + percent(share)


def decimal(value: float) -> str:
    """A plain number with two decimals."""
    return f"{value:.2f}".replace("-", "−") if isfinite(value) else UNKNOWN


def seconds(value: float) -> str:
    """A duration: 20 s, 3 min 05 s, 1 h 20 min."""
    if isinf(value):
        return "without limit"
    if not isfinite(value):
        return UNKNOWN
    whole = round(value)
    if whole < 100:
        return f"{value:.1f}{NARROW}s" if 0.05 <= value < 0.95 else f"{whole}{NARROW}s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}{NARROW}min" + (f" {rest:02d}{NARROW}s" if rest else "")
    return f"{minutes // 60}{NARROW}h" + (f" {minutes % 60:02d}{NARROW}min" if minutes % 60 else "")


def signed(value: float) -> str:
    """A difference with its sign; zero has none."""
    if not isfinite(value):
        return UNKNOWN
    number = count(abs(value))
    return number if number == "0" else ("+" if value > 0 else "−") + number


def people(number: float) -> str:
    """``1 person``, ``12 people``."""
    return f"{count(number)} {'person' if number == 1 else 'people'}"


def plural(number: float, one: str, many: str = "") -> str:
    """``1 contact``, ``12 contacts``."""
    text = count(number)
    return f"{text} {one if text == '1' else many or one + 's'}"


def day_short(day: date) -> str:
    """``Mon 1 Sep``."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def day_long(day: date) -> str:
    """``Monday 1 September 2003``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def clock(instant: datetime) -> str:
    """``09:30``, wall clock."""
    return f"{instant:%H:%M}"


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""
