"""One calendar file for each agent of a roster, the same bytes at every run."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from icalendar import Calendar, Event, vText

from floorwalker.science.rostering import Duty, Person, Roster
from floorwalker.science.timegrid import zone_info

LONGEST_STEM = 80
# Names Windows keeps for devices, whatever their ending.
PORTS = tuple(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))
RESERVED = frozenset({"con", "prn", "aux", "nul", *PORTS})


def write_calendars(roster: Roster, folder: Path, *, queue: str = "", stamp: datetime | None = None) -> list[Path]:
    """Write ``<person>.ics`` into ``folder`` for everyone on the roster and answer the files, in its order.

    ``queue`` is named in each event and sets the events of one queue apart from those of another. ``stamp``
    is the time of writing that calendars carry; without one it is the start of the week, never the clock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = file_names([person.id for person in roster.people])
    written = []
    for person in roster.people:
        path = folder / names[person.id]
        path.write_bytes(calendar_of(roster, person, queue=queue, stamp=stamp))
        written.append(path)
    return written


def calendar_of(roster: Roster, person: Person, *, queue: str = "", stamp: datetime | None = None) -> bytes:
    """The duties of one person as an iCalendar file (RFC 5545), times in UTC so that every zone agrees.

    Someone without a duty gets one all-day note that says so: a calendar must hold something.
    """
    stamp = (stamp or datetime.fromtimestamp(roster.grid.starts[0], UTC)).astimezone(UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//Floorwalker//Roster//EN")
    calendar.add("version", "2.0")
    title = " · ".join(part for part in ("Shifts", person.name or person.id, queue) if part)
    calendar.add("x-wr-calname", vText(title))
    calendar.add("x-wr-timezone", roster.grid.zone)
    duties = roster.duties_by_person[person.id]
    for duty in duties:
        calendar.add_component(_event(roster, duty, _turn(duties, duty), queue, stamp))
    if not duties:
        calendar.add_component(_nothing(roster, person, queue, stamp))
    return calendar.to_ical()


def file_names(people: list[str]) -> dict[str, str]:
    """A different file name for each person, safe on every file system, from names that may hold anything.

    Plain names are kept; what had to be changed, or differs from another only by case, gets a short digest.
    """
    plain = {person: re.sub(r"[^A-Za-z0-9._-]+", "_", person).strip("._")[:LONGEST_STEM] for person in people}
    taken: dict[str, int] = {}
    for stem in plain.values():
        taken[stem.lower()] = taken.get(stem.lower(), 0) + 1
    names = {}
    for person, stem in plain.items():
        safe = stem and stem == person and taken[stem.lower()] == 1 and stem.lower().split(".")[0] not in RESERVED
        names[person] = f"{stem}.ics" if safe else f"{stem or 'person'}-{_digest(person)[:8]}.ics"
    return names


def _event(roster: Roster, duty: Duty, turn: int, queue: str, stamp: datetime) -> Event:
    zone = zone_info(roster.grid.zone)
    start, end = (datetime.fromtimestamp(s, UTC) for s in roster.span(duty))
    day = roster.grid.dates[duty.day]
    event = Event()
    event.add("uid", _uid(queue, duty.person, day.isoformat(), str(turn)))
    event.add("dtstamp", stamp)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", f"Shift {duty.shift}" + (f", {queue}" if queue else ""))
    meal = roster.meal(duty)
    if meal:
        begins, ends = (datetime.fromtimestamp(s, zone) for s in meal)
        event.add("description", f"Meal {begins:%H:%M}–{ends:%H:%M} ({roster.grid.zone}), unpaid.")
    return event


def _nothing(roster: Roster, person: Person, queue: str, stamp: datetime) -> Event:
    first, last = roster.grid.first_day, roster.grid.last_day
    event = Event()
    event.add("uid", _uid(queue, person.id, first.isoformat(), "none"))
    event.add("dtstamp", stamp)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", "No shift planned" + (f", {queue}" if queue else ""))
    event.add("transp", "TRANSPARENT")
    return event


def _turn(duties: tuple[Duty, ...], duty: Duty) -> int:
    """Which duty of its day this is; an event keeps its name when the shift of that day changes."""
    return [other for other in duties if other.day == duty.day].index(duty)


def _uid(*parts: str) -> str:
    return f"{_digest(chr(0).join(parts))[:32]}@floorwalker"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
