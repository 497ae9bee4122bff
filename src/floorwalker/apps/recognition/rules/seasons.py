"""When seasons begin and end, who plays in which division, which titles there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_DAYS, MOST_DAYS = 7, 366
BANDS: tuple[tuple[str, int], ...] = (("first", 90), ("year", 365), ("three", 1095), ("more", 10**6))
DIVISIONS = 3
LEAST_OF_DIVISION = 10  # members in the mean, or everybody plays in one
TITLES = 3  # of a division
LEAST_FOR_TITLE = 6  # members of a division, so that a title says something


def quarter(day: date) -> tuple[date, date]:
    """The first and last day of the quarter a day lies in."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(first.year + (first.month == 10), (first.month + 3 - 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def days_are_right(first: date, last: date) -> bool:
    return LEAST_DAYS <= (last - first).days + 1 <= MOST_DAYS


def band(started_on: date, first_day: date) -> str:
    """How long somebody had been here when the season began: people begin beside those who begin."""
    days = (first_day - started_on).days
    return next(key for key, most in BANDS if days < most)


def divisions(points: Sequence[int | None]) -> list[int]:
    """The division of each member by what they earned in the season before; 1 is the highest.

    Equal thirds of those who earned, the same for equal points; whoever is new or earned nothing begins in the
    last. With fewer than thirty members everybody plays in one division.
    """
    if len(points) < DIVISIONS * LEAST_OF_DIVISION:
        return [1] * len(points)
    ordered = sorted((each for each in points if each), reverse=True)
    third = len(points) / DIVISIONS
    return [min(DIVISIONS, 1 + int(ordered.index(each) / third)) if each else DIVISIONS for each in points]


@dataclass(frozen=True)
class Standing:
    """One member at the end of a season."""

    member: int
    division: int
    band: str
    points: int
    together: int


@dataclass(frozen=True)
class Won:
    member: int
    kind: str  # first, second, third, together, newcomer
    points: int


def titles(found: Sequence[Standing]) -> list[Won]:
    """The first three of each division, who helped most, the best of those new here; equals share a title."""
    won: list[Won] = []
    for division in sorted({each.division for each in found}):
        among = [each for each in found if each.division == division]
        if len(among) >= LEAST_FOR_TITLE:
            for place, kind in enumerate(("first", "second", "third"), 1):
                won += [
                    Won(each.member, kind, each.points)
                    for each in among
                    if each.points and place == 1 + sum(other.points > each.points for other in among)
                ]
    if len(found) >= LEAST_FOR_TITLE:
        most = max(each.together for each in found)
        won += [Won(each.member, "together", most) for each in found if most and each.together == most]
    new = [each for each in found if each.band == "first"]
    if len(new) >= LEAST_FOR_TITLE:
        most = max(each.points for each in new)
        won += [Won(each.member, "newcomer", most) for each in new if most and each.points == most]
    return won
