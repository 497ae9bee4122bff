"""Columns of counts and durations as numbers, in the notation and the unit their file uses."""

from __future__ import annotations

import re
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from floorwalker.contacts.formats.amounts import count_of, likely_decimal, seconds_of
from floorwalker.contacts.formats.clock import each_distinct
from floorwalker.contacts.formats.moments import known_cells
from floorwalker.contacts.formats.recognise import Layout
from floorwalker.contacts.formats.sheet import Sheet, normalised
from floorwalker.contacts.history import Guess

Floats = NDArray[np.float64]
_SECONDS_IN = {"seconds": 1.0, "minutes": 60.0, "milliseconds": 0.001}
_UNIT_NAMES = {
    "milliseconds": re.compile(r".+(ms|millis|milliseconds|msec)$"),
    "minutes": re.compile(r".+(minutes|mins|min)$"),
}


def read_numbers(sheet: Sheet, layout: Layout, names: list[str], required: str | None = None) -> dict[str, Floats]:
    """The named fields as far as the layout has them; names ending in ``_seconds`` are durations.

    An empty cell is NaN. Rows with a cell that is no number are set aside, and rows without the ``required``.
    """
    present = [name for name in names if layout.has(name)]
    cells = {name: known_cells(sheet, layout, name) for name in present}
    decimal = _decimal(sheet, layout, cells)
    numbers = {}
    for name in present:
        parse = seconds_of if name.endswith("_seconds") else count_of
        values = each_distinct(cells[name], partial(parse, decimal=decimal))
        bad = np.isnan(values) & ((cells[name] != "").to_numpy() | (name == required))
        what = "duration" if name.endswith("_seconds") else "number of contacts"
        sheet.set_aside(bad, f"{{}} is no {what} ({name.replace('_', ' ')})", cells=cells[name])
        numbers[name] = values
    if timed := [name for name in present if name.endswith("_seconds")]:
        _to_seconds(sheet, layout, timed, cells, numbers)
    return numbers


def _decimal(sheet: Sheet, layout: Layout, cells: dict[str, pd.Series[str]]) -> str:
    if "decimal" in layout.settings:
        return layout.settings["decimal"]
    decimal = likely_decimal(text for column in cells.values() for text in pd.unique(column))
    if decimal == "comma":
        sheet.guesses.append(Guess("decimal", "comma", "numbers such as 3,5 appear", "--map decimal=point"))
    return decimal


def _to_seconds(
    sheet: Sheet, layout: Layout, names: list[str], cells: dict[str, pd.Series[str]], numbers: dict[str, Floats]
) -> None:
    """Bare numbers of minutes or milliseconds become seconds; what carries colons is what it says."""
    for name in names:
        unit = layout.settings.get("durations")
        if unit is None:
            title = sheet.header[layout.columns[name][0]]
            unit = next(
                (unit for unit, names_ in _UNIT_NAMES.items() if names_.match(normalised(title))), "seconds"
            )
            if unit != "seconds":
                guess = Guess(f"unit of {name}", unit, f"the name of column {title!r}", "--map durations=seconds")
                sheet.guesses.append(guess)
        if unit != "seconds":
            bare = ~cells[name].str.contains(":", regex=False).to_numpy()
            numbers[name] = np.where(bare, numbers[name] * _SECONDS_IN[unit], numbers[name])
