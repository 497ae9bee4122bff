"""Contacts counted per interval, day or part of a day: one row an interval and queue."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from floorwalker.contacts.formats.amounts import count_of, likely_decimal, seconds_of
from floorwalker.contacts.formats.clock import each_distinct
from floorwalker.contacts.formats.moments import known_cells, name_zone, to_utc, wall_seconds
from floorwalker.contacts.formats.recognise import Layout
from floorwalker.contacts.formats.sheet import Sheet
from floorwalker.contacts.history import Guess, History, HistoryError, HistoryQuestion
from floorwalker.contacts.tables import INTERVALS
from floorwalker.science.timegrid import ALLOWED_STEPS, DAY_SECONDS

Floats = NDArray[np.float64]
ONE_QUEUE = "all"
_COUNTS = ("offered", "answered", "abandoned", "answered_within")


def read_interval_counts(sheet: Sheet, layout: Layout, zone: str | None) -> History:
    """The history of a sheet of interval counts; queue "all" where no column names one."""
    wall, offset = wall_seconds(sheet, layout)
    queue = _queues(sheet, layout)
    numbers = _numbers(sheet, layout)
    repeated = _second_pass(sheet, wall, queue)
    utc = to_utc(sheet, wall, offset, zone, repeated)
    zone_name = name_zone(sheet, offset, zone)
    step = _step(sheet, layout, wall)
    frame = pd.DataFrame({"queue": queue, "start": utc, **numbers})[sheet.alive]
    frame["length"] = _lengths(wall[sheet.alive], frame["start"].to_numpy(), step, zone_name)
    kept, duplicates = _one_row_each(sheet, frame)
    table = kept.reindex(columns=list(INTERVALS.names))
    table = table.astype({"start": np.int64, "length": np.int64})
    table = table.sort_values(["queue", "start"], kind="stable").reset_index(drop=True)
    return History(
        "intervals",
        table,
        sheet.read,
        sheet.ordered_rejects(),
        duplicates,
        tuple(sheet.guesses),
        zone_name,
        step,
        sheet.source.name,
        sheet.source.sha256,
        layout.name,
    )


def _queues(sheet: Sheet, layout: Layout) -> pd.Series[str]:
    if not layout.has("queue"):
        return pd.Series([ONE_QUEUE] * len(sheet.rows), dtype=object)
    cells = known_cells(sheet, layout, "queue")
    sheet.set_aside((cells == "").to_numpy(), "no queue is named")
    return cells


def _numbers(sheet: Sheet, layout: Layout) -> dict[str, Floats]:
    """The counts and times of a row; a row whose count of contacts cannot be read is set aside."""
    present = [name for name in (*_COUNTS, "handling_seconds", "aht_seconds") if layout.has(name)]
    cells = {name: known_cells(sheet, layout, name) for name in present}
    decimal = layout.settings.get("decimal") or likely_decimal(
        text for name in present for text in pd.unique(cells[name])
    )
    if decimal == "comma" and "decimal" not in layout.settings:
        sheet.guesses.append(Guess("decimal", "comma", "numbers such as 3,5 appear", "--map decimal=point"))
    numbers = {}
    for name in present:
        parse = seconds_of if name.endswith("seconds") else count_of
        values = each_distinct(cells[name], lambda text, parse=parse: parse(text, decimal))  # type: ignore[misc]
        required = name == "offered"
        bad = np.isnan(values) & ((cells[name] != "").to_numpy() | required)
        sheet.set_aside(bad, f"{{}} is no {name.replace('_', ' ')}", cells=cells[name])
        numbers[name] = values
    if "aht_seconds" in numbers:
        mean = numbers.pop("aht_seconds")
        if "handling_seconds" not in numbers:
            numbers["handling_seconds"] = mean * numbers.get("answered", numbers["offered"])
    return numbers


def _second_pass(sheet: Sheet, wall: Floats, queue: pd.Series[str]) -> NDArray[np.bool_]:
    """Rows whose wall-clock time a queue has shown before: in a repeated hour, its second pass."""
    again = pd.DataFrame({"queue": queue, "wall": wall}).duplicated().to_numpy()
    return again & sheet.alive


def _step(sheet: Sheet, layout: Layout, wall: Floats) -> int:
    if "step" in layout.settings:
        return _allowed(int(layout.settings["step"]) * 60)
    if layout.has("date") and not layout.has("time"):
        return DAY_SECONDS
    moments = np.unique(wall[sheet.alive])
    gaps = np.diff(moments)
    gaps = gaps[gaps <= DAY_SECONDS]
    if not len(gaps):
        raise HistoryQuestion("One interval alone does not tell how long it is.", "--map step=MINUTES")
    values, counts = np.unique(gaps, return_counts=True)
    step = _allowed(int(values[np.argmax(counts)]))
    why = "the most frequent distance between one row and the next"
    sheet.guesses.append(Guess("step", f"{step // 60} minutes", why, "--map step=MINUTES"))
    return step


def _allowed(seconds: int) -> int:
    if seconds not in ALLOWED_STEPS:
        steps = ", ".join(str(step // 60) for step in ALLOWED_STEPS)
        raise HistoryQuestion(
            f"Rows {seconds / 60:g} minutes apart are no intervals Floorwalker knows ({steps} minutes).",
            "--map step=MINUTES",
        )
    return seconds


def _lengths(wall: Floats, start: Floats, step: int, zone: str) -> Floats:
    """Seconds of each interval: the step, but for days, which may have 23 or 25 hours."""
    if step != DAY_SECONDS:
        return np.full(len(start), float(step))
    from floorwalker.contacts.formats.local_time import wall_to_utc

    ends = wall_to_utc(wall + DAY_SECONDS, zone)[0]
    return np.where(np.isnan(ends), float(DAY_SECONDS), ends - start)


def _one_row_each(sheet: Sheet, frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Equal rows counted once; a second row that contradicts the first is set aside."""
    if not len(frame):
        first = sheet.ordered_rejects()[0]
        raise HistoryError(f"no line of {sheet.source.name} can be used; the first trouble is on {first}")
    same = frame.duplicated().to_numpy()
    unique = frame[~same]
    clash = unique.duplicated(["queue", "start"]).to_numpy()
    if clash.sum() > max(10, 0.05 * len(unique)):
        raise HistoryQuestion(
            f"{int(clash.sum())} rows repeat an interval with other numbers. Which column tells them apart?",
            "--map queue=COLUMN",
        )
    where = np.zeros(len(sheet.rows), dtype=bool)
    where[unique.index[clash]] = True
    sheet.set_aside(where, "another line gives this interval other numbers")
    return unique[~clash], int(same.sum())
