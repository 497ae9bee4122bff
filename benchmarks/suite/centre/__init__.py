"""A centre of 2,000 agents with a year behind it, written straight into the tables.

What it holds is what the rooms would have written: published weeks with their planned segments, forecasts and
requirements by the interval, requests, promises, notices, time off the phones, contacts and reviews, figures,
feedback, thanks, and an audit whose chain holds.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from benchmarks.suite.centre import daily, demand, people, rooms, rosters
from benchmarks.suite.centre.size import Centre, Size


def fill(size: Size, at: datetime, owner_url: str) -> Centre:
    """Everything, lowest room first."""
    monday = at.date() - timedelta(days=at.weekday())
    centre = Centre(size=size, at=at, owner_url=owner_url, monday=monday)
    people.fill(centre)
    demand.fill(centre)
    rosters.fill(centre)
    daily.fill(centre)
    rooms.fill(centre)
    return centre


__all__ = ["Centre", "Size", "fill"]
