"""Numbers of a client as they come, typed or in a table: understood, asked about, or set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from floorwalker.apps.demand.rules.days import day_grid, monday_of

INTERVAL, DAY, WEEK = "interval", "day", "week"
MOST_DAYS = 800
DATE_WORDS = {"date", "day", "week", "start", "datum", "from", "week of", "monday"}
TIME_WORDS = {"time", "interval", "hour", "clock"}
COUNT_WORDS = {"contacts", "calls", "volume", "forecast", "offered", "number", "count", "expected", "total"}
EVENT_WORDS = {"event", "note", "remark", "comment", "reason", "events"}
QUEUE_WORDS = {"queue", "skill", "line", "group"}
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2,4})")
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})")
_THOUSANDS = re.compile(r"\d{1,3}([.,  ']\d{3})+")


class AmbiguousDates(ValueError):
    """Dates could be day-month or month-day; ``example`` is one of them."""

    def __init__(self, example: str) -> None:
        self.example = example
        super().__init__(example)


class NoNumbers(ValueError):
    """There is nothing to read."""


@dataclass(frozen=True)
class Line:
    """One line that was not taken, with the reason as a code and the value in question."""

    line: int
    text: str
    reason: str


@dataclass
class Numbers:
    """What a client expects: (day, days, total, values), events, and what was set aside."""

    grain: str
    entries: list[tuple[date, int, float, list[float]]] = field(default_factory=list)
    events: list[tuple[date, str]] = field(default_factory=list)
    rejects: list[Line] = field(default_factory=list)
    read: int = 0

    @property
    def total(self) -> float:
        return sum(entry[2] for entry in self.entries)

    @classmethod
    def of(cls, grain: str, said: Iterable[tuple[date, float, str]]) -> Numbers:
        """Numbers that come as values: (day, contacts, event); a later one about the same day counts."""
        by_day: dict[date, float] = {}
        events = []
        for day, contacts, event in said:
            start = monday_of(day) if grain == WEEK else day
            by_day[start] = contacts
            if event:
                events.append((day, event))
        span = 7 if grain == WEEK else 1
        entries = [(day, span, float(contacts), []) for day, contacts in sorted(by_day.items())]
        return cls(grain, entries, events, read=len(entries))


def from_text(text: str) -> list[tuple[int, list[str]]]:
    """Typed lines as cells: apart by tab, semicolon, or comma and spaces where neither is used."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        mark = next((mark for mark in ("\t", ";", "|") if mark in line), None)
        cells = line.split(mark) if mark else re.split(r",\s+|,(?=\d{4}-|\s*$)|\s+", line.strip(), maxsplit=3)
        if not mark and "," in line and len(cells) == 1:
            cells = line.split(",")
        rows.append((number, [cell.strip() for cell in cells]))
    return rows


def read_numbers(
    rows: Sequence[tuple[int, Sequence[str]]],
    *,
    grain: str,
    step_minutes: int,
    zone: str,
    order: str = "",
    queue_names: Iterable[str] = (),
) -> Numbers:
    """Understand rows of cells: when, perhaps a time of day, how many, perhaps an event.

    ``order`` is dmy or mdy where dates such as 03/04/2026 leave it open; without it :class:`AmbiguousDates`. Rows
    that name another queue than ``queue_names`` are set aside.
    """
    if not rows:
        raise NoNumbers
    places, body = _columns(rows)
    order = order or _order_of([_cell(cells, places.get("date", 0)) for _, cells in body])
    found = Numbers(grain, read=len(body))
    names = {name.casefold() for name in queue_names}
    days: dict[date, dict[int, float]] = {}
    for line, cells in body:
        reason = _take(found, days, cells, places, order, names, step_minutes)
        if reason:
            found.rejects.append(Line(line, " ".join(cells)[:160], reason))
    for day, values in sorted(days.items()):
        found.entries.append(_entry(day, values, grain, step_minutes, zone))
    return found


def _take(
    found: Numbers,
    days: dict[date, dict[int, float]],
    cells: Sequence[str],
    places: dict[str, int],
    order: str,
    names: set[str],
    step_minutes: int,
) -> str:
    """Take one row in; the reason why not, else nothing."""
    said = _cell(cells, places.get("date", 0))
    day, minute = _moment(said, order)
    if day is None:
        return f"“{said}” is no date"
    queue = _cell(cells, places["queue"]) if "queue" in places else ""
    if queue and names and queue.casefold() not in names:
        return f"it is about another queue, “{queue}”"
    event = _cell(cells, places["event"]) if "event" in places else ""
    if event:
        found.events.append((day, event[:80]))
    number = _cell(cells, places.get("count", len(cells) - 1))
    if not number and event:
        return ""
    value = read_number(number)
    if value is None:
        return f"“{number}” is no number of contacts"
    minute = _minute(_cell(cells, places["time"])) if "time" in places else minute
    if found.grain == INTERVAL and minute is None:
        return "no time of day says which interval it is"
    place = (minute or 0) // step_minutes if found.grain == INTERVAL else 0
    return _put(days, monday_of(day) if found.grain == WEEK else day, place, value)


def _put(days: dict[date, dict[int, float]], day: date, place: int, value: float) -> str:
    """Note a number; the reason why not, else nothing."""
    if place in days.get(day, {}):
        return "another line gives this time a number already"
    if len(days) >= MOST_DAYS and day not in days:
        return f"more than {MOST_DAYS} days"
    days.setdefault(day, {})[place] = value
    return ""


def _entry(
    day: date, values: dict[int, float], grain: str, step_minutes: int, zone: str
) -> tuple[date, int, float, list[float]]:
    if grain != INTERVAL:
        return day, 7 if grain == WEEK else 1, values[0], []
    slots = day_grid(day, step_minutes, zone).slots
    seen: set[int] = set()
    row = []
    for slot in slots:  # of an hour that comes twice the first pass carries the number
        row.append(0.0 if slot in seen else values.get(slot, 0.0))
        seen.add(slot)
    return day, 1, sum(row), row


def _columns(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[dict[str, int], list[tuple[int, Sequence[str]]]]:
    """Which column holds what, from a head line if there is one; and the rows below it."""
    head = [cell.strip().casefold() for cell in rows[0][1]]
    words = {
        "date": DATE_WORDS,
        "time": TIME_WORDS,
        "count": COUNT_WORDS,
        "event": EVENT_WORDS,
        "queue": QUEUE_WORDS,
    }
    named = {name: head.index(cell) for name, known in words.items() for cell in head if cell in known}
    if "date" in named or "count" in named:
        named.setdefault("date", 0)
        return named, list(rows[1:])
    places = {"date": 0}
    widest = max((cells for _, cells in rows), key=len)
    for place, cell in enumerate(widest[1:], start=1):
        if _minute(cell) is not None and "time" not in places and ":" in cell:
            places["time"] = place
        elif read_number(cell) is not None and "count" not in places:
            places["count"] = place
        elif cell and "event" not in places:
            places["event"] = place
    return places, list(rows)


def _order_of(said: Sequence[str]) -> str:
    """dmy or mdy as the dates tell, dmy where none is written so; :class:`AmbiguousDates` where they do not."""
    pairs = [(int(m[1]), int(m[2]), text) for text in said if (m := _SLASHED.match(text.strip()))]
    if not pairs:
        return "dmy"
    if any(first > 12 for first, _, _ in pairs):
        return "dmy"
    if any(second > 12 for _, second, _ in pairs):
        return "mdy"
    raise AmbiguousDates(pairs[0][2])


def _moment(said: str, order: str) -> tuple[date | None, int | None]:
    said = said.strip()
    if week := _WEEK.fullmatch(said):
        try:
            return date.fromisocalendar(int(week[1]), int(week[2]), 1), None
        except ValueError:
            return None, None
    try:
        moment = datetime.fromisoformat(said)
        return moment.date(), moment.hour * 60 + moment.minute if len(said) > 10 else None
    except ValueError:
        pass
    head, _, clock = said.partition(" ")
    for pattern, dmy in ((_DOTTED, True), (_SLASHED, order == "dmy")):
        if found := pattern.fullmatch(head):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            day, month = (first, second) if dmy else (second, first)
            try:
                return date(year + 2000 if year < 100 else year, month, day), _minute(clock) if clock else None
            except ValueError:
                return None, None
    return None, None


def _minute(clock: str) -> int | None:
    found = re.match(r"(\d{1,2})[:.h](\d{2})", clock.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return int(found[1]) * 60 + int(found[2])


def read_number(said: str) -> float | None:
    """A count: 1200, 1,200, 1.200, 1 200, 812.5; a group of three digits after a mark is thousands."""
    said = said.strip()
    if _THOUSANDS.fullmatch(said):
        said = re.sub(r"\D", "", said)
    said = said.replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d+)?", said):
        return None
    return float(said)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if 0 <= place < len(cells) else ""


def last_day(entry: tuple[date, int, float, list[float]]) -> date:
    return entry[0] + timedelta(days=entry[1] - 1)
