"""When people show what they made of a fun day, and when their votes count."""

from __future__ import annotations

from datetime import date, timedelta

VOTING_DAYS = 3  # after the day: late shifts and people at home see it too
PHOTO_DAYS = 365  # a year later photos of people are no longer needed


def posts_open(day: date, today: date) -> bool:
    """From the day itself until voting ends."""
    return day <= today <= day + timedelta(days=VOTING_DAYS)


def voting_over(day: date, today: date) -> bool:
    return today > day + timedelta(days=VOTING_DAYS)
