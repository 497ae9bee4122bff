"""Contests: a measure with one beside it, each person against their own past; when harm is looked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_DAYS, MOST_DAYS = 5, 60
BEFORE_DAYS = 28  # compared with
AFTER_DAYS = 14  # looked at once more when it is over
LEAST_TEAM = 5  # who joined, so that a team's share is nobody's own
FALSE_ALARM = 0.05  # that a contest which does no harm raises any question, all looks together
# What a contest must not cost, whatever it is about.
WATCHED = ("quality_score", "first_contact_resolution", "satisfaction", "transfers", "short_calls")
PLANNED, RUNNING, ENDED, CALLED_OFF = "planned", "running", "ended", "called_off"
BEFORE, HALF, END, AFTER = "before", "half", "end", "after"
ASKING = (HALF, END, AFTER)  # looks that may raise a question; each has its share of the false alarms
DAY = timedelta(days=1)


def dates_are_right(first: date, last: date) -> bool:
    return LEAST_DAYS <= (last - first).days + 1 <= MOST_DAYS


def state_on(state: str, first: date, last: date, today: date) -> str:
    """Where a contest stands by itself on a day; what was called off stays so, what ended stays ended."""
    if state in (ENDED, CALLED_OFF):
        return state
    if today > last:
        return ENDED
    return RUNNING if today >= first else PLANNED


def may_join(state: str, last: date, today: date) -> bool:
    """Until five days before its end: less would not be a goal."""
    return state in (PLANNED, RUNNING) and today <= last - timedelta(days=LEAST_DAYS - 1)


@dataclass(frozen=True)
class Look:
    """Days before a contest and days since, set side by side."""

    phase: str
    before: tuple[date, date]
    since: tuple[date, date]


def look_due(first: date, last: date, today: date, done: Collection[str]) -> Look | None:
    """The look that is due and was not made: one before, at half time, at the end and two weeks later.

    Before it begins, four weeks of the past stand beside the two since: what chance alone does, and how small a
    fall could be told at all. Each look is made once, however often dates change, so that the chance of a false
    alarm can be stated for the contest as a whole.
    """
    past = (first - timedelta(days=BEFORE_DAYS), first - DAY)
    if today <= first and BEFORE not in done:
        middle = today - timedelta(days=AFTER_DAYS)
        return Look(BEFORE, (middle - timedelta(days=BEFORE_DAYS), middle - DAY), (middle, today - DAY))
    half = first + ((last - first).days // 2 + 1) * DAY
    if half <= today <= last and HALF not in done:
        return Look(HALF, past, (first, today - DAY))
    if today > last and END not in done:
        return Look(END, past, (first, last))
    if today > last + timedelta(days=AFTER_DAYS) and AFTER not in done:
        return Look(AFTER, past, (last + DAY, last + timedelta(days=AFTER_DAYS)))
    return None


@dataclass(frozen=True)
class Outcome:
    met: bool
    why: str  # met, short, pair_fell, too_few


def judged(
    target: float,
    floor: float,
    result: float | None,
    beside: float | None,
    *,
    more: bool,
    pair_more: bool,
) -> Outcome:
    """Met when both are known, the target is reached and what stands beside it did not fall."""
    if result is None or beside is None:
        return Outcome(False, "too_few")
    if (result < target) if more else (result > target):
        return Outcome(False, "short")
    if (beside < floor) if pair_more else (beside > floor):
        return Outcome(False, "pair_fell")
    return Outcome(True, "met")


@dataclass(frozen=True)
class TeamShare:
    """How many of a team's entrants met both; too few entrants: ``met`` is None."""

    team: str
    entrants: int
    met: int | None


def team_shares(entries: list[tuple[str, bool]]) -> list[TeamShare]:
    """Teams by the share of entrants who met both; everybody aims from their own level, so teams are even."""
    counted: dict[str, list[bool]] = {}
    for team, met in entries:
        counted.setdefault(team, []).append(met)
    found = [
        TeamShare(team, len(each), sum(each) if len(each) >= LEAST_TEAM else None)
        for team, each in counted.items()
    ]
    return sorted(found, key=lambda each: (each.met is None, -(each.met or 0) / each.entrants, each.team))
