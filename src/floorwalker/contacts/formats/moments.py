"""The time columns of a sheet as UTC seconds, with every decision on the way listed as a guess."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from floorwalker.contacts.formats.clock import (
    clock_of,
    date_orders,
    day_of,
    each_distinct,
    epoch_seconds,
    iso_seconds,
    seconds_of_clock,
    split_stamp,
)
from floorwalker.contacts.formats.local_time import wall_to_utc
from floorwalker.contacts.formats.recognise import Layout
from floorwalker.contacts.formats.sheet import SAMPLE_ROWS, Sheet
from floorwalker.contacts.history import Guess, HistoryQuestion

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
DAY = 86_400
_HALF_DAY = DAY / 2


def known_cells(sheet: Sheet, layout: Layout, field: str) -> pd.Series[str]:
    """The cells of a field, "" where unknown; of several columns the first that knows."""
    columns = layout.columns[field]
    cells = _known(sheet, layout, columns[0])
    for column in columns[1:]:
        cells = cells.where(cells != "", _known(sheet, layout, column))
    return cells


def _known(sheet: Sheet, layout: Layout, column: int) -> pd.Series[str]:
    cells = sheet.column(column)
    unknown = layout.profile.unknown_in(sheet.header[column]) if layout.profile else ()
    return cells.mask(cells.isin(unknown), "") if unknown else cells


def wall_seconds(sheet: Sheet, layout: Layout) -> tuple[Floats, Floats]:
    """Seconds since 1970 by the clock on the wall, and the written offset from UTC (NaN where none is).

    Rows whose time cannot be read are set aside.
    """
    if layout.has("start"):
        return _from_stamps(sheet, layout)
    days = _days(sheet, layout, _without_midnight(known_cells(sheet, layout, "date")))
    if not layout.has("time"):
        return days * DAY, np.full(len(days), np.nan)
    clocks = known_cells(sheet, layout, "time")
    seconds = each_distinct(clocks, seconds_of_clock)
    sheet.set_aside(np.isnan(seconds), "{} is no time of day", cells=clocks)
    return days * DAY + _past_midnight(sheet, layout, seconds), np.full(len(days), np.nan)


def _without_midnight(dates: pd.Series[str]) -> pd.Series[str]:
    """Dates to which a spreadsheet gave the time 00:00 are dates again."""
    distinct = {text: split_stamp(text) for text in pd.unique(dates)}
    return dates.map(
        {text: day if clock_of(clock) == (0, None) else text for text, (day, clock) in distinct.items()}
    )


def _past_midnight(sheet: Sheet, layout: Layout, seconds: Floats) -> Floats:
    """Clock times far before the one they follow belong to the next day."""
    if layout.profile is None or layout.profile.clock_after is None:
        return seconds
    before = each_distinct(sheet.named(layout.profile.clock_after), seconds_of_clock)
    return seconds + DAY * (seconds < before - _HALF_DAY)


def _from_stamps(sheet: Sheet, layout: Layout) -> tuple[Floats, Floats]:
    cells = known_cells(sheet, layout, "start")
    head = [text for text in cells.head(SAMPLE_ROWS) if text]
    if head and sum(epoch_seconds(text) is not None for text in head) > len(head) / 2:
        absolute = each_distinct(cells, epoch_seconds)
        sheet.set_aside(np.isnan(absolute), "{} is no count of seconds since 1970", cells=cells)
        return absolute, np.zeros(len(absolute))
    wall = iso_seconds(cells)
    offsets = np.full(len(cells), np.nan)
    slow = np.flatnonzero(np.isnan(wall))
    if len(slow):
        wall[slow], offsets[slow] = _from_any_stamps(sheet, layout, cells, slow)
    return wall, offsets


def _from_any_stamps(sheet: Sheet, layout: Layout, cells: pd.Series[str], rows: Ints) -> tuple[Floats, Floats]:
    """Moments in any notation, split into a date and a clock, each parsed once per distinct text."""
    parts = [split_stamp(text) for text in cells.iloc[rows]]
    dates = pd.Series([part[0] for part in parts], dtype=object)
    clocks = pd.Series([part[1] for part in parts], dtype=object)
    order = layout.settings.get("dates") or _likely_order(sheet, dates)
    days = each_distinct(dates, lambda text: day_of(text, order))
    _set_aside_among(sheet, rows, np.isnan(days), "{} is no date", cells)
    codes, distinct = pd.factorize(clocks)
    read = [clock_of(text) if text else (0.0, None) for text in distinct]
    seconds = np.array([np.nan if r is None else r[0] for r in read], dtype=np.float64)[codes]
    offsets = np.array([np.nan if r is None or r[1] is None else r[1] for r in read], dtype=np.float64)[codes]
    _set_aside_among(sheet, rows, np.isnan(seconds), "{} holds no time of day", cells)
    return days * DAY + seconds, offsets


def _set_aside_among(sheet: Sheet, rows: Ints, bad: Bools, reason: str, cells: pd.Series[str]) -> None:
    where = np.zeros(len(cells), dtype=bool)
    where[rows[bad]] = True
    sheet.set_aside(where, reason, cells=cells)


def _days(sheet: Sheet, layout: Layout, dates: pd.Series[str]) -> Floats:
    order = layout.settings.get("dates") or _likely_order(sheet, dates)
    days = each_distinct(dates, lambda text: day_of(text, order))
    sheet.set_aside(np.isnan(days), "{} is no date", cells=dates)
    return days


def _likely_order(sheet: Sheet, dates: pd.Series[str]) -> str:
    day_first, month_first, either = date_orders(pd.unique(dates))
    if not (day_first or month_first or either):
        return "ymd"
    if not (day_first or month_first):
        raise HistoryQuestion(
            f"Dates such as {next(iter(dates))!r} could be day-month or month-day.",
            "--map dates=dmy or --map dates=mdy",
        )
    order, sure, against = (
        ("dmy", day_first, month_first) if day_first >= month_first else ("mdy", month_first, day_first)
    )
    words = "day-month-year" if order == "dmy" else "month-day-year"
    why = f"{sure} dates can be nothing else" + (
        f", though {against} can only be the other way round" if against else ""
    )
    sheet.guesses.append(Guess("dates", words, why, "--map dates=dmy or mdy"))
    return order


def to_utc(sheet: Sheet, wall: Floats, offset: Floats, zone: str | None, repeated: Bools) -> Floats:
    """UTC seconds; ``repeated`` marks the rows that belong to the second pass of an hour that comes twice.

    Times with an offset are taken at their word. Times that the zone skipped are set aside by name.
    """
    written = ~np.isnan(offset)
    if written.all():
        return wall - offset
    name = zone or "UTC"
    first, last = wall_to_utc(wall, name)
    plain = ~written & ~np.isnan(wall)
    skipped = plain & np.isnan(first)
    sheet.set_aside(skipped, f"this time did not exist in {name}: the clocks went forward")
    twice = plain & sheet.alive & (first != last) & ~skipped
    if twice.any():
        later = int((twice & repeated).sum())
        value = f"{int(twice.sum())} lines, {later} of them read as the second pass"
        why = "the clocks went back and the file writes no offset; the order of the lines decides"
        sheet.guesses.append(Guess("repeated hour", value, why, "times written with their offset"))
    utc = np.where(repeated, last, first)
    return np.where(written, wall - offset, utc)


def name_zone(sheet: Sheet, offset: Floats, zone: str | None) -> str:
    """The calendar's zone, and a guess where nobody named it."""
    if zone is None:
        if not np.isnan(offset).any():
            value, why = "UTC", "times carry their offset but no zone is named, so days are cut in UTC"
        else:
            value, why = "UTC", "the file names no zone; times are kept as written, as if in UTC"
        sheet.guesses.append(Guess("zone", value, why, "--zone"))
    return zone or "UTC"
