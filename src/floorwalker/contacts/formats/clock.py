"""Dates and clock times as files write them: plain functions of text, called once per distinct text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_EPOCH = date(1970, 1, 1).toordinal()
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_COMPACT = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})[-/. ]+([A-Za-z]{3,9})\.?[-/., ]+(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_CLOCK = re.compile(
    r"(\d{1,3}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?"
    r"(?:\s*([AaPp])\.?\s?[Mm]\.?)?"
    r"(?:\s*(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?",
    re.ASCII,
)
_SPAN = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s*(?:-|–|to)\s*\d", re.ASCII)
_HOUR = re.compile(r"\d{1,2}", re.ASCII)
_EPOCH_SECONDS = re.compile(r"\d{10}(\.\d+)?", re.ASCII)
_EPOCH_MILLISECONDS = re.compile(r"\d{13}", re.ASCII)
_ISO_SHAPE = "dddd-dd-ddTdd:dd:dd"
_MAX_HOUR = 48


def each_distinct(cells: pd.Series[str], parse: Callable[[str], float | None]) -> Floats:
    """``parse`` of every cell, NaN where it gives None, called once per distinct text."""
    codes, distinct = pd.factorize(cells)
    values = [parse(text) for text in distinct]
    return np.array([np.nan if value is None else value for value in values] + [np.nan], dtype=np.float64)[codes]


def day_of(text: str, order: str = "ymd") -> float | None:
    """Days since 1970 of a date; ``order`` ("dmy" or "mdy") settles 3/4/2021. None when it is no date."""
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _NUMERIC.fullmatch(text):
        day, month = (found[2], found[1]) if order == "mdy" else (found[1], found[2])
        return _day(found[3], month, day)
    if found := _COMPACT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _DAY_MONTH.fullmatch(text):
        return _named(found[3], found[2], found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _named(found[3], found[1], found[2])
    return None


def _named(year: str, month: str, day: str) -> float | None:
    number = _MONTHS.get(month[:3].lower())
    return None if number is None else _day(year, str(number), day)


def _day(year: str, month: str, day: str) -> float | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    try:
        return float(date(number, int(month), int(day)).toordinal() - _EPOCH) if 1970 <= number < 2200 else None
    except ValueError:
        return None


def date_orders(texts: Iterable[str]) -> tuple[int, int, int]:
    """Of dates such as 3/4/2021: how many can only be day-month, how many only month-day, how many either."""
    day_first = month_first = either = 0
    for text in texts:
        if found := _NUMERIC.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                day_first += 1
            elif second > 12 >= first:
                month_first += 1
            elif first != second:
                either += 1
    return day_first, month_first, either


def clock_of(text: str) -> tuple[float, float | None] | None:
    """Seconds after midnight and the offset from UTC, if one is written; hours may pass 24."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if minute > 59 or second > 60 or hour > _MAX_HOUR:
        return None
    if found[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[5] in "Pp" else 0)
    fraction = float("0." + found[4]) if found[4] else 0.0
    return hour * 3600 + minute * 60 + second + fraction, _offset(found[6])


def _offset(text: str | None) -> float | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return 0.0
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > 3 else 0
    return (-1 if text[0] == "-" else 1) * (hours * 3600.0 + minutes * 60)


def seconds_of_clock(text: str) -> float | None:
    """Seconds after midnight of a clock time; also of a bare hour (9) and of a range (09:00 - 09:30)."""
    clock = clock_of(text)
    if clock is None and (span := _SPAN.match(text)):
        clock = clock_of(span[1])
    if clock is None and _HOUR.fullmatch(text) and int(text) <= 24:
        return int(text) * 3600.0
    return None if clock is None else clock[0]


def split_stamp(text: str) -> tuple[str, str]:
    """Date part and clock part of a moment: the clock begins at the digits before the first colon."""
    colon = text.find(":")
    if colon < 0:
        return text, ""
    begin = colon
    while begin and text[begin - 1].isdigit():
        begin -= 1
    return text[:begin].rstrip(" T,"), text[begin:]


def epoch_seconds(text: str) -> float | None:
    """UTC seconds of a bare count of seconds (10 digits) or milliseconds (13 digits) since 1970."""
    if _EPOCH_SECONDS.fullmatch(text):
        return float(text)
    return int(text) / 1000 if _EPOCH_MILLISECONDS.fullmatch(text) else None


def iso_seconds(cells: pd.Series[str]) -> Floats:
    """Wall-clock seconds since 1970 of cells like 2024-05-06T09:00:00, NaN for all others; vectorised."""
    seconds = np.full(len(cells), np.nan)
    text = cells.to_numpy().astype("U")
    width = text.dtype.itemsize // 4
    if not len(cells) or not len(_ISO_SHAPE) <= width <= 64:
        return seconds
    letters = text.view(np.uint32).reshape(len(cells), width)
    shaped = (letters[:, len(_ISO_SHAPE) :] == 0).all(axis=1)
    for place, wanted in enumerate(_ISO_SHAPE):
        letter = letters[:, place]
        if wanted == "d":
            shaped &= (letter >= ord("0")) & (letter <= ord("9"))
        else:
            shaped &= np.isin(letter, [ord(" "), ord("T")]) if wanted == "T" else letter == ord(wanted)
    digits = letters[shaped].astype(np.int64) - ord("0")
    date_parts = digits[:, [0, 1, 2, 3, 5, 6, 8, 9]] @ 10 ** np.arange(7, -1, -1)
    distinct, codes = np.unique(date_parts, return_inverse=True)
    days = each_distinct(pd.Series([f"{number:08}" for number in distinct.tolist()], dtype=object), day_of)
    hour, minute, second = (digits[:, place] * 10 + digits[:, place + 1] for place in (11, 14, 17))
    possible = (hour <= _MAX_HOUR) & (minute <= 59) & (second <= 60)
    moments = days[codes] * 86_400 + hour * 3600 + minute * 60 + second if len(days) else days
    seconds[shaped] = np.where(possible, moments, np.nan)
    return seconds
