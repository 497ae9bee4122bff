"""Shifts as a calendar file (RFC 5545), the same bytes for the same shifts; times in UTC: every zone agrees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event, vText


@dataclass(frozen=True)
class CalendarEvent:
    """One entry. ``sequence`` grows with each change of it; a cancelled one is told to go away.

    Days instead of moments make an entry of whole days, the last included, which blocks no time.
    """

    uid: str
    start: datetime | date
    end: datetime | date
    summary: str
    description: str = ""
    sequence: int = 0
    cancelled: bool = False
    stamp: datetime | None = None


def calendar_bytes(title: str, zone: str, events: Iterable[CalendarEvent], *, stamp: datetime) -> bytes:
    """The calendar as it is sent or written. ``stamp``: when it was made, for entries without one of their own."""
    calendar = Calendar()
    calendar.add("prodid", "-//Floorwalker//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(title))
    calendar.add("x-wr-timezone", zone)
    for event in events:
        calendar.add_component(_entry(event, stamp))
    found: bytes = calendar.to_ical()
    return found


def event_uid(*parts: str) -> str:
    """A name for an entry that depends on these parts alone."""
    return f"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@floorwalker"


def _entry(event: CalendarEvent, stamp: datetime) -> Event:
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.stamp or stamp)
    entry.add("dtstart", event.start)
    whole_days = not isinstance(event.end, datetime)
    entry.add("dtend", event.end + timedelta(days=1) if whole_days else event.end)
    entry.add("summary", event.summary)
    if event.description:
        entry.add("description", event.description)
    if whole_days:
        entry.add("transp", "TRANSPARENT")
    if event.sequence:
        entry.add("sequence", event.sequence)
    if event.cancelled:
        entry.add("status", "CANCELLED")
    return entry
