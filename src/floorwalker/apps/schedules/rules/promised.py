"""When a week has to be published, and whose published hours a change takes back too late to do so unasked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from floorwalker.apps.schedules.rules.differences import Difference, touched
from floorwalker.apps.schedules.rules.stints import Stint, monday_of
from floorwalker.science.timegrid import zone_info

WEEK = timedelta(days=7)
SEEN_BEFORE = timedelta(days=7)  # so long before its day a week is asked for


def publish_by(first_day: date, days_ahead: int, zone: str) -> datetime:
    """The midnight of the site by which the week has to be out: so many whole days before its Monday."""
    day = first_day - timedelta(days=days_ahead)
    return datetime.combine(day, time(), zone_info(zone)).astimezone(UTC)


def weeks_due(at: datetime, days_ahead: int, zone: str) -> list[date]:
    """Mondays of the weeks whose day comes within the next week; what is past its day is promised to nobody."""
    first = monday_of(at.astimezone(zone_info(zone)).date() + timedelta(days=days_ahead))
    mondays = [first + n * WEEK for n in range(3)]
    return [each for each in mondays if at < publish_by(each, days_ahead, zone) <= at + SEEN_BEFORE]


def unasked(found: Iterable[Difference], days_ahead: int, at: datetime) -> dict[int, datetime]:
    """People whose published hours change within the notice, and the first moment that does.

    Another queue or another meal leaves the hours as they are; what has begun already is nobody's to count on.
    """
    end = at + timedelta(days=days_ahead)
    people = {}
    for person, theirs in touched(found).items():
        before = {_hours(each.before, person) for each in theirs}
        changed = before ^ {_hours(each.after, person) for each in theirs}
        inside = [hours[0] for hours in changed if hours and at < hours[0] < end]
        if inside:
            people[person] = min(inside)
    return people


def _hours(stint: Stint | None, person: int) -> tuple[datetime, datetime] | None:
    return (stint.start, stint.end) if stint and stint.agent == person else None
