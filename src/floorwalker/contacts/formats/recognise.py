"""Which column is what: the user's mapping first, then a known layout, then names, then what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from floorwalker.contacts.formats import profiles
from floorwalker.contacts.formats.kinds import holds_numbers, kind_of, titles_with_examples, values_of
from floorwalker.contacts.formats.profiles import FIELD_NAMES, LOG_EVIDENCE, PROFILES, Profile
from floorwalker.contacts.formats.sheet import Sheet, normalised
from floorwalker.contacts.formats.when import Columns, find_time
from floorwalker.contacts.history import Guess, HistoryError, HistoryQuestion

_UNIT = re.compile(r"(ms|millis|milliseconds|s|sec|secs|seconds|inseconds|m|min|mins|minutes|inminutes)$")


@dataclass
class Layout:
    """The columns that hold each field (the first known value of several counts) and what else was settled."""

    table: str
    columns: Columns
    settings: dict[str, str] = field(default_factory=dict)
    profile: Profile | None = None

    @property
    def name(self) -> str:
        return self.profile.name if self.profile else "generic"

    def has(self, name: str) -> bool:
        return name in self.columns

    def read_columns(self, sheet: Sheet) -> list[int]:
        """Every column to parse: those of the fields and those read only to understand others."""
        wanted = {column for taken in self.columns.values() for column in taken}
        if self.profile:
            names = {name for rule in self.profile.leave_out for name in rule.when} | {self.profile.clock_after}
            wanted |= {sheet.positions[normalised(name)] for name in names if name}
        return sorted(wanted)


def recognise(sheet: Sheet, mapping: Mapping[str, str], settings: Mapping[str, str]) -> Layout:
    """The layout of a sheet; :class:`HistoryQuestion` where one answer of the user is needed."""
    mapped = {name: _mapped_columns(sheet, name, value) for name, value in mapping.items()}
    profile = _profile_of(sheet)
    if profile:
        known = {name: _mapped_columns(sheet, name, value) for name, value in profile.columns.items()}
        if "start" in mapped:
            known = {name: columns for name, columns in known.items() if name not in ("date", "time")}
        why = "its header has the columns of that layout"
        sheet.guesses.append(Guess("layout", profile.name, why, "--map FIELD=COLUMN"))
        return Layout("contacts", known | mapped, dict(settings), profile)
    _refuse_events(sheet)
    columns = dict(mapped)
    if not {"start", "date"} & set(columns):
        columns |= find_time(sheet, _used(columns))
    _find_by_name(sheet, columns)
    table = _table_of(sheet, columns)
    fields = profiles.INTERVAL_FIELDS if table == "intervals" else profiles.LOG_FIELDS
    kept = {name: taken for name, taken in columns.items() if name in (*profiles.TIME_FIELDS, *fields)}
    _list_names(sheet, kept, mapped)
    return Layout(table, kept, dict(settings))


def _profile_of(sheet: Sheet) -> Profile | None:
    names = {normalised(name) for name in sheet.header}
    return next((profile for profile in PROFILES if profile.header <= names), None)


def _mapped_columns(sheet: Sheet, name: str, value: str) -> tuple[int, ...]:
    """The columns of a mapping such as "q_start|vru_exit"."""
    positions = []
    for part in value.split("|"):
        position = sheet.position(part.strip())
        if position is None:
            shown = ", ".join(repr(title) for title in sheet.header[:30])
            raise HistoryQuestion(
                f"There is no column {part.strip()!r}; the columns are {shown}.", f"--map {name}=COLUMN"
            )
        positions.append(position)
    return tuple(positions)


def _refuse_events(sheet: Sheet) -> None:
    """Event logs have several lines a contact; counting their lines would count nonsense."""
    for column in range(len(sheet.header)):
        values = values_of(sheet, column)
        events = sum(value.upper() in profiles.EVENT_WORDS for value in values)
        if values and events >= 0.8 * len(values):
            raise HistoryError(
                f"{sheet.source.name} logs events, several lines a contact (column {sheet.header[column]!r}: "
                f"{values[0][:40]}); export one line a contact or counts per interval"
            )


def _used(columns: Columns) -> set[int]:
    return {column for taken in columns.values() for column in taken}


def _find_by_name(sheet: Sheet, columns: Columns) -> None:
    """Give each field without a column the first of its names that is present and free."""
    without_unit = {_UNIT.sub("", name): position for name, position in sheet.positions.items()}
    positions = without_unit | sheet.positions
    used = _used(columns)
    for name, synonyms in FIELD_NAMES.items():
        if name in columns:
            continue
        for synonym in synonyms:
            if synonym not in positions:
                continue
            position = positions[synonym]
            if position not in used and _plausible(sheet, name, position):
                columns[name] = (position,)
                used.add(position)
                break


def _plausible(sheet: Sheet, name: str, position: int) -> bool:
    """Counts and durations are never words."""
    if name in ("offered", "answered", "abandoned", "answered_within"):
        return holds_numbers(sheet, position)
    if name.endswith("_seconds"):
        return kind_of(sheet, position) == "clock" or holds_numbers(sheet, position)
    return True


def _list_names(sheet: Sheet, columns: Columns, mapped: Columns) -> None:
    listed = {guess.name for guess in sheet.guesses}
    # A column that bears the very name of the field was not guessed.
    found = [
        name
        for name in columns
        if name not in mapped and name not in listed and sheet.header[columns[name][0]].lower() != name
    ]
    if found:
        value = ", ".join(f"{name} from {sheet.header[columns[name][0]]!r}" for name in found)
        sheet.guesses.append(Guess("columns", value, "the names of the columns", "--map FIELD=COLUMN"))


def _table_of(sheet: Sheet, columns: Columns) -> str:
    """Interval counts when a column counts contacts, a log when the columns describe single contacts."""
    if "offered" in columns and not {"id", "answered_at", "ended_at"} & set(columns):
        return "intervals"
    has_clock = "start" in columns or "time" in columns
    if has_clock and set(LOG_EVIDENCE) & set(columns):
        return "contacts"
    numbers = [c for c in range(len(sheet.header)) if c not in _used(columns) and kind_of(sheet, c) == "number"]
    if len(numbers) == 1:
        columns["offered"] = (numbers[0],)
        value, why = f"column {sheet.header[numbers[0]]!r}", "the only column of numbers left"
        sheet.guesses.append(Guess("offered", value, why, "--map offered=COLUMN"))
        return "intervals"
    if has_clock and not numbers:
        return "contacts"
    if not numbers:
        raise HistoryQuestion("There are dates, but no time of day and no count of contacts.", "--map time=COLUMN")
    shown = titles_with_examples(sheet, numbers)
    raise HistoryQuestion(
        f"Which column counts the contacts? Columns of numbers: {shown}.", "--map offered=COLUMN"
    )
