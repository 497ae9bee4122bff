"""One calendar file for each agent of a roster, the same bytes at every run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from floorwalker.science.rostering import CalendarEvent, Duty, Person, Roster, calendar_bytes, event_uid
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
    """The duties of one person as a calendar file.

    Someone without a duty gets one all-day note that says so: a calendar must hold something.
    """
    stamp = (stamp or datetime.fromtimestamp(roster.grid.starts[0], UTC)).astimezone(UTC)
    title = " · ".join(part for part in ("Shifts", person.name or person.id, queue) if part)
    duties = roster.duties_by_person[person.id]
    events = [_event(roster, duty, _turn(duties, duty), queue) for duty in duties]
    return calendar_bytes(title, roster.grid.zone, events or [_nothing(roster, person, queue)], stamp=stamp)


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


def _event(roster: Roster, duty: Duty, turn: int, queue: str) -> CalendarEvent:
    zone = zone_info(roster.grid.zone)
    start, end = (datetime.fromtimestamp(s, UTC) for s in roster.span(duty))
    day = roster.grid.dates[duty.day]
    description, meal = "", roster.meal(duty)
    if meal:
        begins, ends = (datetime.fromtimestamp(s, zone) for s in meal)
        description = f"Meal {begins:%H:%M}–{ends:%H:%M} ({roster.grid.zone}), unpaid."
    uid = event_uid(queue, duty.person, day.isoformat(), str(turn))
    return CalendarEvent(uid, start, end, f"Shift {duty.shift}" + (f", {queue}" if queue else ""), description)


def _nothing(roster: Roster, person: Person, queue: str) -> CalendarEvent:
    first, last = roster.grid.first_day, roster.grid.last_day
    uid = event_uid(queue, person.id, first.isoformat(), "none")
    return CalendarEvent(uid, first, last, "No shift planned" + (f", {queue}" if queue else ""))


def _turn(duties: tuple[Duty, ...], duty: Duty) -> int:
    """Which duty of its day this is; an event keeps its name when the shift of that day changes."""
    return [other for other in duties if other.day == duty.day].index(duty)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
