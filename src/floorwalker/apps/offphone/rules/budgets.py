"""How much time off the phones a site plans: for everybody, and for who is new. Plain values only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

MOST_MINUTES_A_WEEK = 600
MOST_FIRST_WEEKS = 26
MOST_FIRST_MINUTES = 2400
LONGEST_TRAINING = 120  # minutes in one go
MOST_SHARE = 0.5  # of paid time: whoever plans more has typed a wrong number
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Plan:
    """Minutes a week for everybody, and minutes of training a week in the first weeks."""

    minutes: int = 0
    first_weeks: int = 0
    first_minutes: int = 0

    def is_new(self, started_on: date, monday: date) -> bool:
        """Whether the week of ``monday`` is one of the first; the one in which somebody begins is the first."""
        first = started_on - timedelta(days=started_on.weekday())
        return first <= monday < first + self.first_weeks * WEEK

    def training(self, started_on: date, monday: date) -> int:
        """Minutes of training somebody is owed in that week because they are new."""
        return self.first_minutes if self.is_new(started_on, monday) else 0

    def planned(self, started_on: date, monday: date) -> int:
        """All minutes planned off the phones for somebody in that week."""
        return self.minutes + self.training(started_on, monday)


def share_of_paid_time(plan: Plan, people: Iterable[tuple[date, float]], monday: date) -> float:
    """The share of the paid time of ``people`` (first day, hours a week) that the plan takes in that week."""
    everyone = list(people)
    paid = sum(hours for _started, hours in everyone) * 60
    planned = sum(plan.planned(started, monday) for started, _hours in everyone)
    return min(planned / paid, MOST_SHARE) if paid else 0.0


def in_parts(minutes: int) -> list[int]:
    """Training cut into sessions nobody minds: two hours at most, in steps of five minutes, as even as can be."""
    count = ceil(minutes / LONGEST_TRAINING)
    steps = minutes // 5
    return [5 * (steps // count + (number < steps % count)) for number in range(count)]
