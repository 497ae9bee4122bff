"""One cell as text: what spreadsheets take for a formula is marked on the way out and unmarked on the way in.

A cell that begins with a character of ``RISKY`` – after any number of apostrophes – gets one apostrophe more, and
loses one when it is read. Counting the apostrophes in is what makes the way back exact.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

# What spreadsheets begin a formula with, some of them only in other scripts (full width) or after trimming.
RISKY = "=+\\-@\t\r\n\x00＝＋－＠"
_TO_MARK = re.compile(f"'*[{RISKY}]")
_MARKED = re.compile(f"''*[{RISKY}]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
_EXACT_INTEGERS = 10**15

Value = str | int | float | bool | Decimal | dt.date | dt.datetime | dt.time | dt.timedelta | None


def marked(text: str) -> str:
    """The text as it may stand in a CSV file that a spreadsheet opens."""
    return f"'{text}" if _TO_MARK.match(text) else text


def unmarked(text: str) -> str:
    """The text that :func:`marked` was given."""
    return text[1:] if _MARKED.match(text) else text


def writable(text: str) -> str:
    """The text with U+FFFD for what no file format of ours can hold: zero bytes and halves of characters."""
    return _UNWRITABLE.sub("\ufffd", text)


def text_of(value: Value) -> str:
    """A value as text, the same for exports and for cells read: times in ISO form, durations as h:mm:ss."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_INTEGERS:
        return str(int(value))
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{second:02}"
