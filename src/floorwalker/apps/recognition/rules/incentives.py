"""When an incentive pays, what is left of it, and what somebody would have if."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRACE_DAYS = 1  # what happened on the last day is often known the day after
PROMISE_DAYS = 2  # after the last day everything is paid


def closes(last_day: date, zone: str) -> datetime:
    """Until when what happened on the last day is still paid."""
    return datetime.combine(last_day + timedelta(days=1 + GRACE_DAYS), time(), ZoneInfo(zone))


def promised_for(last_day: date, zone: str) -> datetime:
    """Until when whoever announced it owes the points."""
    return datetime.combine(last_day + timedelta(days=1 + PROMISE_DAYS), time(), ZoneInfo(zone))


def is_open(first_day: date, last_day: date, zone: str, at: datetime) -> bool:
    """Whether something that becomes known now is paid."""
    return datetime.combine(first_day, time(), ZoneInfo(zone)) <= at < closes(last_day, zone)


def pays(*, paid: int, places: int, paid_to_them: int, most_each: int) -> bool:
    """Whether there is a place left, and one for this person."""
    return paid < places and paid_to_them < most_each


@dataclass(frozen=True)
class Chance:
    """Something that would earn points, and how often it still can."""

    key: str
    points: int
    most: int


def would_have(balance: int, chances: Iterable[Chance], wanted: dict[str, int]) -> int:
    """The balance if each of these happened so often, never more often than it can."""
    return balance + sum(each.points * min(max(wanted.get(each.key, 0), 0), each.most) for each in chances)
