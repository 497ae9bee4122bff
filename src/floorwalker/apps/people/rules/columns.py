"""Which column of a file means what, and how each cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from floorwalker.apps.people.rules.people import NotAllowed, known_zone, windows, windows_text

NOTHING = "-"  # a cell that empties a field; an empty cell leaves it as it is
LEVEL = "level"  # "sales_level": the level of the skill "sales"


@dataclass(frozen=True)
class Target:
    """Something about an agent a column can hold."""

    key: str
    names: frozenset[str]  # how columns for it are called
    read: Callable[[str], Any]
    emptied: Any = None  # what NOTHING makes of it; None: it cannot be emptied


def text(cell: str, longest: int = 200) -> str:
    if len(cell) > longest:
        raise NotAllowed("too_long", cell=cell[:40], most=longest)
    return cell


def number(cell: str) -> str:
    return text(cell, 40)


def place(cell: str) -> str:
    return text(cell, 120)


def hours(cell: str) -> Decimal:
    try:
        found = Decimal(cell.replace(",", ".")).quantize(Decimal("0.1"))
    except InvalidOperation:
        raise NotAllowed("no_hours", cell=cell) from None
    if not 0 <= found <= 168:
        raise NotAllowed("hours_out_of_range", cell=cell)
    return found


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(cell: str) -> int:
        try:
            found = int(Decimal(cell)) if Decimal(cell) == int(Decimal(cell)) else -1
        except (InvalidOperation, OverflowError, ValueError):
            found = -1
        if not least <= found <= most:
            raise NotAllowed("no_whole_number", cell=cell, least=least, most=most)
        return found

    return read


def day(cell: str) -> date:
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y", "%Y/%m/%d"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise NotAllowed("no_day", cell=cell)


def days(cell: str) -> frozenset[date]:
    return frozenset(day(part) for part in re.split(r"[|\s,;]+", cell) if part)


def engagement(cell: str) -> str:
    word = cell.strip().lower()
    for known, words in (
        ("employee", {"employee", "employed", "permanent", "staff"}),
        ("contractor", {"contractor", "independent contractor", "independent", "freelance", "freelancer"}),
    ):
        if word in words:
            return known
    raise NotAllowed("no_engagement", cell=cell)


def workplace(cell: str) -> str:
    word = re.sub(r"[\s_-]+", " ", cell.strip().lower())
    for known, words in (
        ("on_site", {"on site", "onsite", "office", "site", "in the office"}),
        ("home", {"home", "from home", "remote", "home office", "homeoffice", "at home"}),
        ("both", {"both", "hybrid", "mixed"}),
    ):
        if word in words:
            return known
    raise NotAllowed("no_workplace", cell=cell)


def available(cell: str) -> str:
    return windows_text(windows(cell))


def skills(cell: str) -> dict[str, int | None]:
    """`Sales:3|Portuguese`: names, with a level where one is said."""
    found: dict[str, int | None] = {}
    for part in filter(None, (part.strip() for part in cell.split("|"))):
        name, _, said = part.rpartition(":") if re.search(r":\s*\d+$", part) else (part, "", "")
        found[place(name.strip())] = level(said.strip()) if said else None
    return found


level = whole(1, 5)


def names(cell: str) -> frozenset[tuple[str, str]]:
    """`avaya=1001|crm=jdoe`."""
    found = set()
    for part in filter(None, (part.strip() for part in cell.split("|"))):
        system, sign, name = (piece.strip() for piece in part.partition("="))
        if not sign or not system or not name:
            raise NotAllowed("no_name_in_a_system", cell=part)
        found.add((text(system, 60), text(name, 120)))
    return frozenset(found)


def _target(key: str, called: str, read: Callable[[str], Any], emptied: Any = None) -> Target:
    return Target(key, frozenset(called.split()), read, emptied)


TARGETS: dict[str, Target] = {
    each.key: each
    for each in (
        _target("number", "id number agentid employeeid personnelnumber agentnumber", number),
        _target("name", "name fullname agentname employee agent displayname", text),
        _target("team", "team group teamname department", place),
        _target("site", "site location office centre center", place),
        _target("zone", "zone timezone tz", known_zone),
        _target("engagement", "contract engagement employment contracttype", engagement),
        _target("workplace", "workplace worksfrom worklocation workmode onsiteorremote remote", workplace, ""),
        _target("least_hours", "minhours leasthours minweeklyhours", hours),
        _target("most_hours", "maxhours mosthours weeklyhours hours maxweeklyhours", hours),
        _target("most_days", "maxdays mostdays daysaweek", whole(1, 7)),
        _target("least_rest_hours", "minresthours leastresthours rest", hours),
        _target("most_days_in_a_row", "maxconsecutivedays mostdaysinarow", whole(1, 31)),
        _target("started_on", "startdate startedon hired hiredate start since", day),
        _target("left_on", "lefton leftdate enddate terminated", day),
        _target("days_off", "daysoff absences dayaway daysaway", days, frozenset()),
        _target("available", "available availability", available, ""),
        _target("queues", "queues", skills),
        _target("skills", "skills", skills),
        _target("names", "names othernames externalids logins", names),
    )
}


def guess(columns: Sequence[str]) -> dict[str, str]:
    """What each column seems to mean: a target's key, `level:<skill>`, or nothing."""
    found: dict[str, str] = {}
    for column in columns:
        plain = re.sub(r"[^a-z0-9]", "", column.lower())
        target = next((each.key for each in TARGETS.values() if plain in each.names), "")
        if not target and column.lower().endswith("_level") and len(column) > len("_level"):
            target = f"{LEVEL}:{column[: -len('_level')].replace('_', ' ')}"
        found[column] = target if target not in found.values() else ""
    return found
