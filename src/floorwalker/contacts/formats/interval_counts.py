"""Contacts counted per interval, day or part of a day: one row an interval and queue."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from floorwalker.contacts.formats.durations import read_numbers
from floorwalker.contacts.formats.local_time import wall_to_utc
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
    if not sheet.alive.any():
        raise sheet.nothing_left()
    step = _step(sheet, layout, np.where(np.isnan(offset), wall, utc))
    frame = pd.DataFrame({"queue": queue, "start": utc, **numbers})[sheet.alive]
    frame["length"] = _lengths(wall[sheet.alive], frame["start"].to_numpy(), step, zone_name)
    kept, duplicates = _one_row_each(sheet, frame)
    table = kept.reindex(columns=list(INTERVALS.names))
    table = table.astype({"start": np.int64, "length": np.int64})
    table = table.sort_values(["queue", "start"], kind="stable").reset_index(drop=True)
    return sheet.history("intervals", table, duplicates, zone_name, step, layout.name)


def _queues(sheet: Sheet, layout: Layout) -> pd.Series[str]:
    if not layout.has("queue"):
        return pd.Series([ONE_QUEUE] * len(sheet.rows), dtype=object)
    cells = known_cells(sheet, layout, "queue")
    sheet.set_aside((cells == "").to_numpy(), "no queue is named")
    return cells


def _numbers(sheet: Sheet, layout: Layout) -> dict[str, Floats]:
    """Counts and times of a row; a mean handling time becomes the total that the table keeps."""
    numbers = read_numbers(sheet, layout, [*_COUNTS, "handling_seconds", "aht_seconds"], required="offered")
    mean = numbers.pop("aht_seconds", None)
    if mean is not None and "handling_seconds" not in numbers:
        answered = numbers.get("answered", numbers["offered"])
        numbers["handling_seconds"] = np.where(answered == 0, 0.0, mean * answered)
    if "answered_within" in numbers:
        threshold = _threshold(sheet.header[layout.columns["answered_within"][0]])
        numbers["threshold_seconds"] = np.full(len(sheet.rows), threshold)
    return numbers


def _threshold(title: str) -> float:
    """The seconds that a title such as "Answered within 20 s" names, else NaN."""
    found = re.search(r"(\d+)\s*(s|sec|secs|seconds)?\W*$", title.lower())
    return float(found[1]) if found else np.nan


def _second_pass(sheet: Sheet, wall: Floats, queue: pd.Series[str]) -> NDArray[np.bool_]:
    """Rows whose wall-clock time a queue has shown before: in a repeated hour, its second pass."""
    again = pd.DataFrame({"queue": queue, "wall": wall}).duplicated().to_numpy()
    return again & sheet.alive


def _step(sheet: Sheet, layout: Layout, moments: Floats) -> int:
    """Seconds of an interval: as told, a day for bare dates, else the distance between neighbouring rows."""
    gaps = np.diff(np.unique(moments[sheet.alive]))
    if "step" in layout.settings:
        told = _allowed(int(layout.settings["step"]) * 60)
        if len(gaps) and gaps.min() < told:
            raise HistoryError(
                f"--map step={told // 60} cannot be right: there are rows {gaps.min() / 60:g} minutes apart"
            )
        return told
    if layout.has("date") and not layout.has("time"):
        return DAY_SECONDS
    if not len(gaps):
        raise HistoryQuestion("One interval alone does not tell how long it is.", "--map step=MINUTES")
    if gaps.min() > DAY_SECONDS:
        raise HistoryError(
            f"rows are at least {gaps.min() / DAY_SECONDS:g} days apart; history is read in intervals of up to a "
            "day, so export it by day or finer"
        )
    values, counts = np.unique(gaps[gaps <= DAY_SECONDS], return_counts=True)
    most_frequent = values[np.argmax(counts)]
    usual = values[(counts >= 0.01 * counts.sum()) & (most_frequent % values == 0)]  # rows may be missing
    step = _allowed(int(usual.min()))
    why = "the smallest usual distance between one row and the next"
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
    ends = wall_to_utc(wall + DAY_SECONDS, zone)[0]
    return np.where(np.isnan(ends), float(DAY_SECONDS), ends - start)


def _one_row_each(sheet: Sheet, frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Equal rows counted once; a second row that contradicts the first is set aside."""
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
