"""A made-up centre as tables and as the text of files; writing them is for others."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np

from floorwalker.science.forecasting import Demand
from floorwalker.science.sample.centre import AHEAD_DAYS, Centre

DAY_MINUTES = 1440

if TYPE_CHECKING:
    import pandas as pd

    from floorwalker.science.sample.lived import LivedWeek


def to_frames(centre: Centre) -> dict[str, pd.DataFrame]:
    """Tables of all that can be seen: people, teams, queues, special_days … and the history of each site."""
    import pandas as pd

    frames = {}
    for name, rows in centre.observable().items():
        if isinstance(rows, list) and name != "clients":
            frames[name] = pd.DataFrame(rows)
    frames["people"] = _people(frames["people"])
    for site in centre.sites:
        queues = [queue.name for queue in centre.queues if queue.site == site.name]
        frames[_history_name(centre, site.name)] = pd.concat(
            [_history(centre.demand[queue]) for queue in queues], ignore_index=True
        )
    return frames


def _history_name(centre: Centre, site: str) -> str:
    """One file for each site, since a site plans in its own zone; a centre of one site has one history."""
    return "history" if len(centre.sites) == 1 else f"history-{site.lower().replace(' ', '-')}"


def to_files(centre: Centre, lived: Sequence[LivedWeek] = ()) -> dict[str, str]:
    """File names and their text: ``history.csv`` (or ``history-<site>.csv``), ``people.csv``, ``centre.json``,
    ``truth.json``. Histories and people are what `floorwalker plan` takes.

    With weeks that were ``lived`` through also ``legs.csv``, one row a contact, and ``states.csv``, one row a
    stretch of an agent's shift; the history of those weeks then counts these contacts.
    """
    if lived:
        centre = replace(centre, demand=_with_lived(centre.demand, lived))
    frames = to_frames(centre)
    tables = ["people", *(name for name in frames if name.startswith("history"))]
    files = {f"{name}.csv": frames[name].to_csv(index=False, lineterminator="\n") for name in tables}
    seen = {name: value for name, value in centre.observable().items() if name != "people"}
    files |= {"centre.json": _json(seen, indent=1), "truth.json": _json(_truth(centre))}
    if lived:
        from floorwalker.science.sample.lived import LEG_COLUMNS, STATE_COLUMNS

        files["legs.csv"] = _csv(LEG_COLUMNS, (row for each in lived for row in each.legs()))
        files["states.csv"] = _csv(STATE_COLUMNS, (row for each in lived for row in each.states()))
    return files


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _with_lived(demand: Mapping[str, Demand], lived: Sequence[LivedWeek]) -> dict[str, Demand]:
    """The histories with what was counted in the weeks lived through."""
    found = dict(demand)
    for each in lived:
        kept, counts = found[each.queue.name], each.counts()
        assert kept.handled is not None and kept.handling_seconds is not None
        first = kept.grid.find(each.grid.starts[0])
        part = slice(first, first + len(each.grid))
        handled, seconds = kept.handled.copy(), kept.handling_seconds.copy()
        handled[part], seconds[part] = counts["answered"], counts["handling_seconds"]
        found[each.queue.name] = replace(kept, handled=handled, handling_seconds=seconds)
    return found


def _people(people: pd.DataFrame) -> pd.DataFrame:
    """One row a person; several queues or days off are apart by |, available is empty for any time of day."""
    flat = people.drop(columns=["available", "skills"])
    flat["queues"] = people["queues"].map("|".join)
    flat["days_off"] = people["days_off"].map("|".join)
    flat["available"] = [_window(*window) for window in people["available"]]
    for skill in ("sales", "service"):
        flat[f"{skill}_level"] = [levels[skill] for levels in people["skills"]]
    return flat


def _history(demand: Demand) -> pd.DataFrame:
    """One row an interval, closed ones included: contacts offered, answered, abandoned, handling seconds."""
    import pandas as pd

    assert demand.handled is not None and demand.handling_seconds is not None
    counts = {
        "offered": demand.offered,
        "answered": demand.handled,
        "abandoned": demand.offered - demand.handled,
        "handling_seconds": demand.handling_seconds,
    }
    whole = {name: values.astype(np.int64) for name, values in counts.items()}
    return pd.DataFrame({"start": demand.grid.isoformat(), "queue": demand.queue, **whole})


def _window(start: int, end: int) -> str:
    """Minutes after midnight as HH:MM-HH:MM; nothing where every time of day will do."""
    if (start, end) == (0, 2 * DAY_MINUTES):
        return ""
    end = min(end, DAY_MINUTES)
    return f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


def _truth(centre: Centre) -> dict[str, object]:
    """The planted parameters and what they expect of each interval of the history and of the days ahead."""
    queues = {}
    for name, truth in centre.truth.queues.items():
        grid = centre.demand[name].grid
        ahead = grid.following(AHEAD_DAYS)
        expected = {"expected": truth.expected(grid), "expected_ahead": truth.rates(ahead)}
        queues[name] = truth.to_dict() | {key: values.round(4).tolist() for key, values in expected.items()}
    return {**centre.truth.to_dict(), "queues": queues}


def _json(value: Mapping[str, object], indent: int | None = None) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False, default=_text) + "\n"


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no plain form")
