"""People to roster: a CSV with at least `id`; every other column has a default.

Columns: id, name, min_hours, max_hours, max_days, min_rest_hours, max_consecutive_days,
days_off (2003-09-03 2003-09-04), available (07:00-16:00, several apart by spaces), shifts and queues
(names apart by |). Times of day are in the zone of the plan; a column zone says which, where nobody else does.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from floorwalker.cli.files.rows import Row, read_rows
from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering import Person
from floorwalker.science.timegrid import zone_info


def read_people(path: Path) -> tuple[Person, ...]:
    """Everybody in the file; two lines with one id are refused."""
    people: dict[str, Person] = {}
    for row in read_rows(path, ["id"]):
        person = _person(row)
        if person.id in people:
            raise InvalidInput(
                f"{row.file} line {row.line}: the id {person.id!r} was used before; ids must differ"
            )
        people[person.id] = person
    if not people:
        raise InvalidInput(f"{path.name} names nobody; give at least one line below the header")
    return tuple(people.values())


def zone_of(path: Path, queues: Collection[str]) -> str | None:
    """The one zone named by the people who work for these queues; none where they name several, or none."""
    zones = set()
    for row in read_rows(path, ["id"]):
        theirs, zone = _names(row, "queues"), row.text("zone")
        if not zone or (theirs and not set(theirs) & set(queues)):
            continue
        try:
            zone_info(zone)
        except InvalidInput as error:
            raise InvalidInput(f"{row.file} line {row.line}: {error}") from error
        zones.add(zone)
    return zones.pop() if len(zones) == 1 else None


def _person(row: Row) -> Person:
    name = row.text("id")
    if not name:
        raise InvalidInput(f"{row.file} line {row.line}: the id is empty; everybody needs one")
    max_hours = row.number("max_hours", 40.0)
    plain = Person(name)
    try:
        return Person(
            id=name,
            name=row.text("name"),
            min_hours=row.number("min_hours", plain.min_hours),
            max_hours=max_hours,
            max_days=row.whole("max_days", plain.max_days),
            min_rest_hours=row.number("min_rest_hours", plain.min_rest_hours),
            max_consecutive_days=row.whole("max_consecutive_days", plain.max_consecutive_days, lowest=1),
            days_off=frozenset(
                row.day(text, "days_off") for text in row.text("days_off").replace("|", " ").split()
            ),
            available=tuple(_window(row, text) for text in row.text("available").replace("|", " ").split())
            or plain.available,
            shifts=frozenset(_names(row, "shifts")) or None,
            queues=frozenset(_names(row, "queues")),
        )
    except InvalidInput as error:
        place = f"{row.file} line {row.line}"
        raise error if place in str(error) else InvalidInput(f"{place}: {error}") from error


def _names(row: Row, column: str) -> list[str]:
    return [name.strip() for name in row.text(column).split("|") if name.strip()]


def _window(row: Row, text: str) -> tuple[int, int]:
    """Wall-clock minutes of 07:00-16:00; an end before its start reaches into the next day."""
    try:
        start, end = (minutes(part) for part in text.split("-"))
    except ValueError as error:
        raise InvalidInput(f"{row.file} line {row.line}: available {text!r} is not like 07:00-16:00") from error
    return start, end if end > start else end + 1440


def minutes(text: str) -> int:
    """Minutes after midnight of a wall-clock time; ValueError when it is none."""
    hours, mins = (int(part) for part in text.strip().split(":"))
    if not (0 <= hours <= 24 and 0 <= mins < 60 and hours * 60 + mins <= 1440):
        raise ValueError(text)
    return hours * 60 + mins
