"""What the user says about a file with ``--map``: columns by field, and settings of the file as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from floorwalker.contacts.formats.profiles import ALIASES, INTERVAL_FIELDS, LOG_FIELDS, TIME_FIELDS
from floorwalker.contacts.formats.sheet import SEPARATORS
from floorwalker.contacts.history import HistoryError

CHOICES: Mapping[str, tuple[str, ...]] = {
    "dates": ("dmy", "mdy", "ymd"),
    "decimal": ("point", "comma"),
    "durations": ("seconds", "minutes", "milliseconds"),
    "separator": tuple(SEPARATORS),
}
FIELDS = tuple(dict.fromkeys((*TIME_FIELDS, *LOG_FIELDS, *INTERVAL_FIELDS)))


def split_mapping(mapping: Mapping[str, str] | None) -> tuple[dict[str, str], dict[str, str]]:
    """Columns by field and settings by name; fields that do not exist and impossible settings are named."""
    columns, settings = {}, {}
    for name, value in (mapping or {}).items():
        target = ALIASES.get(name, name)
        if target == "step" or target in CHOICES:
            settings[target] = _checked(target, value)
        elif target in FIELDS:
            columns[target] = value
        else:
            raise HistoryError(
                f"--map {name}=… names no field; fields are {', '.join(FIELDS)}; "
                f"settings are step, {', '.join(CHOICES)}"
            )
    return columns, settings


def _checked(name: str, value: str) -> str:
    if name == "step":
        if not re.fullmatch(r"\d{1,4}", value, re.ASCII) or not 1 <= int(value) <= 1440:
            raise HistoryError(f"--map step={value} must be minutes from 1 to 1440, such as step=30")
    elif value not in CHOICES[name]:
        raise HistoryError(f"--map {name}={value} must be one of {', '.join(CHOICES[name])}")
    return value
