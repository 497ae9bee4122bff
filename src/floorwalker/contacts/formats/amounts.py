"""Numbers and durations as files write them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d{1,3})?", re.ASCII)
_COMMA_DECIMAL = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_COLONS = re.compile(r"(?:(\d{1,6}):)?(\d{1,4}):(\d{2})(?:[.,](\d{1,9}))?", re.ASCII)
_GROUPED = {
    "point": re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"),
    "comma": re.compile(r"[+-]?\d{1,3}([. ]\d{3})+(,\d+)?"),
}


def number_of(text: str, decimal: str = "point") -> float | None:
    """A finite number, None when the text is none; ``decimal`` is "point" (1,234.5) or "comma" (1.234,5)."""
    if _PLAIN.fullmatch(text) and not (decimal == "comma" and _GROUPED["comma"].fullmatch(text)):
        value = float(text)
        return value if math.isfinite(value) else None
    if _GROUPED[decimal].fullmatch(text):
        marks = ", " if decimal == "point" else ". "
        for mark in marks:
            text = text.replace(mark, "")
        return float(text.replace(",", "."))
    if decimal == "comma" and _COMMA_DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    return None


def count_of(text: str, decimal: str = "point") -> float | None:
    """A number that is not negative."""
    value = number_of(text, decimal)
    return None if value is None or value < 0 else value


def seconds_of(text: str, decimal: str = "point") -> float | None:
    """Seconds of a duration: a bare number as it is, H:MM:SS (hours without limit) or MM:SS; never negative."""
    if found := _COLONS.fullmatch(text):
        hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
        if seconds > 59 or (found[1] and minutes > 59):
            return None
        return hours * 3600 + minutes * 60 + seconds + (float("0." + found[4]) if found[4] else 0.0)
    return count_of(text, decimal)


def likely_decimal(texts: Iterable[str]) -> str:
    """ "comma" when a number can only be read with a decimal comma (3,5 or 1.234,50), else "point"."""
    for text in texts:
        if not _COMMA_DECIMAL.fullmatch(text) and not _GROUPED["comma"].fullmatch(text):
            continue
        if number_of(text, "point") is None:
            return "comma"
    return "point"
