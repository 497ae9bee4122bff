"""Figures of days as they are told: what a value may be, and what becomes of each row of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from floorwalker.apps.performance.rules.measures import (
    AN_HOUR,
    MEASURES,
    NOT_FOR_CONTRACTORS,
    POINTS,
    SECONDS,
    SHARE,
)

MOST = 1_000_000.0
HIGHEST: Mapping[str, float] = {POINTS: 100, SHARE: 1, SECONDS: 86_400, AN_HOUR: 1000}
AGENT, DAY, MEASURE, VALUE, WEIGHT = COLUMNS = ("agent", "day", "measure", "value", "weight")
OTHER_NAMES = {
    "agent_number": AGENT,
    "agent_id": AGENT,
    "number": AGENT,
    "date": DAY,
    "metric": MEASURE,
    "kpi": MEASURE,
    "score": VALUE,
    "count": WEIGHT,
    "n": WEIGHT,
}


@dataclass(frozen=True)
class Told:
    """One figure; ``key`` is what its source calls it: the same key again replaces what was told."""

    agent_id: int
    day: date
    measure: str
    value: float
    weight: float
    key: str


@dataclass(frozen=True)
class Someone:
    """What a row must know of an agent."""

    agent_id: int
    started_on: date
    left_on: date | None
    contractor: bool


@dataclass(frozen=True)
class Name:
    """What a system calls an agent, from a day to a day; the last is no longer one of them."""

    agent_id: int
    first: date
    end: date | None


@dataclass(frozen=True)
class Row:
    """A row of a file: the figure it tells, or why it tells none."""

    line: int
    cells: tuple[str, ...]
    told: Told | None = None
    kind: str = "refused"  # new, replaced, same
    why: str = ""


def columns_of(names: Sequence[str]) -> dict[str, str]:
    """Which column of a file means what; other columns are left out."""
    found: dict[str, str] = {}
    for name in names:
        plain = name.strip().lower().replace(" ", "_").replace("-", "_")
        meaning = OTHER_NAMES.get(plain, plain)
        if meaning in COLUMNS and meaning not in found:
            found[meaning] = name
    return found


def wrong(told: Told, someone: Someone, today: date) -> str:
    """Why a figure cannot be; empty when it can."""
    measure = MEASURES.get(told.measure)
    if measure is None:
        return "no_such_measure"
    if not isfinite(told.value) or not 0 <= told.value <= HIGHEST[measure.unit]:
        return "value_out_of_range"
    if not isfinite(told.weight) or not 0 < told.weight <= MOST:
        return "weight_out_of_range"
    if told.day > today:
        return "day_to_come"
    if told.day < someone.started_on or (someone.left_on and told.day > someone.left_on):
        return "not_here_that_day"
    if someone.contractor and told.measure in NOT_FOR_CONTRACTORS:
        return "not_for_contractors"
    return ""


def plan_rows(
    rows: Iterable[tuple[int, Sequence[str]]],
    *,
    prefix: str,
    people: Mapping[int, Someone],
    names: Mapping[str, Sequence[Name]],
    known: Mapping[str, tuple[int, float, float]],
    today: date,
) -> list[Row]:
    """What becomes of each row: new, replacing what was told, the same as it, or refused with the reason.

    ``names`` are those of agents in lower case; ``known`` is what was told under a key: agent, value, weight.
    """
    found: list[Row] = []
    seen: set[str] = set()
    for line, cells in rows:
        row = _row(line, tuple(cells), prefix, people, names, today)
        if row.told is not None:
            if row.told.key in seen:
                row = Row(line, row.cells, why="twice_in_file")
            else:
                seen.add(row.told.key)
                before = known.get(row.told.key)
                told = (row.told.agent_id, row.told.value, row.told.weight)
                kind = "new" if before is None else "same" if before == told else "replaced"
                row = Row(line, row.cells, row.told, kind)
        found.append(row)
    return found


def _row(
    line: int,
    cells: tuple[str, ...],
    prefix: str,
    people: Mapping[int, Someone],
    names: Mapping[str, Sequence[Name]],
    today: date,
) -> Row:
    agent, day_text, measure, value_text, weight_text = (cell.strip() for cell in cells)
    try:
        day = date.fromisoformat(day_text[:10])
    except ValueError:
        return Row(line, cells, why="day_not_read")
    value, weight = number(value_text), number(weight_text) if weight_text else 1.0
    if value is None:
        return Row(line, cells, why="value_not_read")
    if weight is None:
        return Row(line, cells, why="weight_not_read")
    someone = _someone(names.get(agent.lower(), ()), day, people)
    if someone is None:
        return Row(line, cells, why="no_such_agent")
    key = measure.strip().lower().replace(" ", "_").replace("-", "_")
    told = Told(someone.agent_id, day, key, value, weight, f"{prefix}{agent.lower()}:{day.isoformat()}:{key}")
    why = wrong(told, someone, today)
    return Row(line, cells, why=why) if why else Row(line, cells, told)


def _someone(names: Sequence[Name], day: date, people: Mapping[int, Someone]) -> Someone | None:
    for name in names:
        if name.first <= day and (name.end is None or day < name.end):
            return people.get(name.agent_id)
    return None


def number(text: str) -> float | None:
    """0.85, 0,85 or 85 %; nothing for what is none."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    share = plain.endswith("%")
    plain = plain.removesuffix("%")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        found = float(plain)
    except ValueError:
        return None
    return found / 100 if share else found
