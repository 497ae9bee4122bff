"""Which column is what: the user's mapping first, then a known layout, then names, then what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from floorwalker.contacts.formats import profiles
from floorwalker.contacts.formats.amounts import number_of
from floorwalker.contacts.formats.clock import clock_of, day_of, epoch_seconds, seconds_of_clock, split_stamp
from floorwalker.contacts.formats.profiles import (
    FIELD_NAMES,
    LOG_EVIDENCE,
    MOMENT_NAMES,
    PROFILES,
    TIME_FIELDS,
    Profile,
)
from floorwalker.contacts.formats.sheet import SEPARATORS, Sheet
from floorwalker.contacts.history import Guess, HistoryError, HistoryQuestion

_MOSTLY = 0.8


@dataclass
class Layout:
    """The columns that hold each field (the first known value of several counts) and what else was settled."""

    table: str
    columns: dict[str, tuple[int, ...]]
    settings: dict[str, str] = field(default_factory=dict)
    profile: Profile | None = None

    @property
    def name(self) -> str:
        return self.profile.name if self.profile else "generic"

    def has(self, name: str) -> bool:
        return name in self.columns

    def also(self, sheet: Sheet) -> list[int]:
        """Columns that are read only to understand others."""
        if self.profile is None:
            return []
        names = {name for rule in self.profile.leave_out for name in rule.when} | {self.profile.clock_after}
        return [sheet.header.index(name) for name in sheet.header if name in names]


def normalised(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def split_mapping(mapping: Mapping[str, str] | None) -> tuple[dict[str, str], dict[str, str]]:
    """Columns and settings of a mapping, checked: unknown fields and impossible settings are named."""
    columns, settings = {}, {}
    known = {*TIME_FIELDS, *profiles.LOG_FIELDS, *profiles.INTERVAL_FIELDS}
    for name, value in (mapping or {}).items():
        target = profiles.ALIASES.get(name, name)
        if target in profiles.SETTINGS:
            settings[target] = _setting(target, value)
        elif target in known:
            columns[target] = value
        else:
            raise HistoryError(
                f"--map {name}=… names no field; fields are {', '.join(sorted(known))}; "
                f"settings are {', '.join(profiles.SETTINGS)}"
            )
    return columns, settings


def _setting(name: str, value: str) -> str:
    choices = {"dates": ("dmy", "mdy", "ymd"), "decimal": ("point", "comma"), "separator": tuple(SEPARATORS)}
    if name == "step":
        if not re.fullmatch(r"\d{1,4}", value) or not 1 <= int(value) <= 1440:
            raise HistoryError(f"--map step={value} must be minutes from 1 to 1440, such as step=30")
    elif value not in choices[name]:
        raise HistoryError(f"--map {name}={value} must be one of {', '.join(choices[name])}")
    return value


def recognise(sheet: Sheet, mapping: Mapping[str, str], settings: Mapping[str, str]) -> Layout:
    """The layout of a sheet; :class:`HistoryQuestion` where one answer of the user is needed."""
    mapped = {name: _named_columns(sheet, name, value) for name, value in mapping.items()}
    profile = _profile_of(sheet)
    if profile:
        known = {name: _named_columns(sheet, name, value) for name, value in profile.columns.items()}
        if "start" in mapped:
            known = {name: value for name, value in known.items() if name not in ("date", "time")}
        why = "its header has the columns of that layout"
        sheet.guesses.append(Guess("layout", profile.name, why, "--map FIELD=COLUMN"))
        return Layout("contacts", known | mapped, dict(settings), profile)
    columns = dict(mapped)
    if not {"start", "date"} & set(columns):
        columns |= _find_time(sheet, columns)
    _find_by_name(sheet, columns)
    return Layout(_table_of(sheet, columns), columns, dict(settings))


def _profile_of(sheet: Sheet) -> Profile | None:
    names = {normalised(name) for name in sheet.header}
    return next((profile for profile in PROFILES if profile.header <= names), None)


def _named_columns(sheet: Sheet, name: str, value: str) -> tuple[int, ...]:
    return tuple(_named_column(sheet, name, part.strip()) for part in value.split("|"))


def _named_column(sheet: Sheet, name: str, wanted: str) -> int:
    if wanted in sheet.header:
        return sheet.header.index(wanted)
    names = [normalised(title) for title in sheet.header]
    if normalised(wanted) and normalised(wanted) in names:
        return names.index(normalised(wanted))
    shown = ", ".join(repr(title) for title in sheet.header[:30])
    raise HistoryQuestion(f"There is no column {wanted!r}; the columns are {shown}.", f"--map {name}=COLUMN")


def values_of(sheet: Sheet, column: int) -> list[str]:
    """The filled cells of a column in the sample."""
    return [row[column] for row in sheet.sample if column < len(row) and row[column]]


def kind_of(sheet: Sheet, column: int) -> str:
    """What most cells of a column hold: moment, date, clock, number, text or nothing."""
    values = values_of(sheet, column)
    tests = {
        "moment": _is_moment,
        "clock": _is_clock,
        "date": _is_date,
        "number": lambda v: number_of(v, "comma") is not None or number_of(v) is not None,
    }
    for kind, test in tests.items():
        if values and sum(map(test, values)) >= _MOSTLY * len(values):
            return kind
    return "text" if values else "nothing"


def _is_moment(text: str) -> bool:
    day, clock = split_stamp(text)
    return epoch_seconds(text) is not None or bool(day and clock and _is_date(day) and clock_of(clock))


def _is_clock(text: str) -> bool:
    return ":" in text and seconds_of_clock(text) is not None


def _is_date(text: str) -> bool:
    """Dates with their marks; six or eight bare digits count as a number unless a column's name says otherwise."""
    return not text.isdigit() and (day_of(text, "dmy") is not None or day_of(text, "mdy") is not None)


def _find_time(sheet: Sheet, taken: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    used = {column for columns in taken.values() for column in columns}
    names = [normalised(title) for title in sheet.header]
    named = [names.index(name) for name in MOMENT_NAMES if name in names and names.index(name) not in used]
    found = _time_among(
        sheet, [(column, _time_kind(sheet, column)) for column in named], "its name and its cells say when"
    )
    if found:
        return found
    kinds = [(column, kind_of(sheet, column)) for column in range(len(names)) if column not in used]
    for kind in ("moment", "date"):
        alike = [column for column, its in kinds if its == kind]
        if len(alike) > 1:
            titles = ", ".join(repr(sheet.header[column]) for column in alike)
            raise HistoryQuestion(
                f"Several columns could say when: {titles}. Which one is it?", "--map start=COLUMN"
            )
    found = _time_among(sheet, kinds, "the only column whose cells say when")
    if found:
        return found
    raise HistoryQuestion(
        "No column says when. Which one holds the date or time?", "--map start=COLUMN (or date=, time=)"
    )


def _time_kind(sheet: Sheet, column: int) -> str:
    """Like kind_of, for a column whose name says that it is a time: bare digits may be dates or hours."""
    kind = kind_of(sheet, column)
    if kind == "number":
        values = values_of(sheet, column)
        if all(day_of(value) is not None for value in values):
            return "date"
        if all(seconds_of_clock(value) is not None for value in values):
            return "clock"
    return kind


def _time_among(sheet: Sheet, kinds: list[tuple[int, str]], why: str) -> dict[str, tuple[int, ...]]:
    moments, dates, clocks = ([c for c, kind in kinds if kind == wanted] for wanted in ("moment", "date", "clock"))
    if moments and clocks and _all_midnight(sheet, moments[0]):
        dates, moments = [moments[0]], []
    found: dict[str, tuple[int, ...]] = {}
    if moments:
        found["start"] = (moments[0],)
    elif dates:
        found["date"] = (dates[0],)
        if clocks:
            found["time"] = (clocks[0],)
    for name, columns in found.items():
        sheet.guesses.append(Guess(name, _titles(sheet, columns), why, f"--map {name}=COLUMN"))
    return found


def _all_midnight(sheet: Sheet, column: int) -> bool:
    return all(clock_of(split_stamp(value)[1] or "0:00") == (0, None) for value in values_of(sheet, column))


def _titles(sheet: Sheet, columns: tuple[int, ...]) -> str:
    return " or ".join(f"column {sheet.header[column]!r}" for column in columns)


def _find_by_name(sheet: Sheet, columns: dict[str, tuple[int, ...]]) -> None:
    names = [normalised(title) for title in sheet.header]
    used = {column for taken in columns.values() for column in taken}
    for name, synonyms in FIELD_NAMES.items():
        if name in columns:
            continue
        for synonym in synonyms:
            if synonym in names and names.index(synonym) not in used:
                if name == "offered" and kind_of(sheet, names.index(synonym)) != "number":
                    continue
                columns[name] = (names.index(synonym),)
                used.add(names.index(synonym))
                break


def _table_of(sheet: Sheet, columns: dict[str, tuple[int, ...]]) -> str:
    """Interval counts when a column counts contacts, a log when the columns describe single contacts."""
    if "offered" in columns and not {"id", "answered_at", "ended_at"} & set(columns):
        return "intervals"
    has_clock = "start" in columns or "time" in columns
    if has_clock and set(LOG_EVIDENCE) & set(columns):
        return "contacts"
    used = {column for taken in columns.values() for column in taken}
    numbers = [c for c in range(len(sheet.header)) if c not in used and kind_of(sheet, c) == "number"]
    if len(numbers) == 1:
        columns["offered"] = (numbers[0],)
        why = "the only column of numbers left"
        sheet.guesses.append(Guess("offered", _titles(sheet, columns["offered"]), why, "--map offered=COLUMN"))
        return "intervals"
    if not numbers and has_clock:
        return "contacts"
    titles = ", ".join(repr(sheet.header[column]) for column in numbers) or "none holds numbers"
    raise HistoryQuestion(
        f"Which column counts the contacts? Columns of numbers: {titles}.", "--map offered=COLUMN"
    )
