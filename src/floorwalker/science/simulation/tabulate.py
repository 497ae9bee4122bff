"""A simulation as a table or a dictionary, for those who want one."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.intervals import ratios, spread_of
from floorwalker.science.simulation.kernel.measured import AGENT_MEASURES, GROUP_MEASURES, TYPE_MEASURES
from floorwalker.science.simulation.measures import met
from floorwalker.science.simulation.waits import quantiles

if TYPE_CHECKING:
    from floorwalker.science.simulation.intervals import Estimate
    from floorwalker.science.simulation.measures import Simulation, Values

BY = ("type", "group", "agent", "period", "day", "group-period", "group-day")
PERCENTILES = {"p80_wait_seconds": 0.8, "p95_wait_seconds": 0.95}


def frame(found: Simulation, by: str) -> pd.DataFrame:
    """Means per replication and half-widths; shares and means of waits beside the sums they come from."""
    if by not in BY:
        raise InvalidInput(f"by is {by!r}; use one of {', '.join(BY)}")
    kept, model = found.kept, found.model
    ones = np.ones(len(kept.totals))
    if by == "type":
        seconds = np.full(len(model.types), sum(found.counted_seconds))
        names = {"type": list(model.type_names)}
        return _of_types(found, names, kept.totals, ones, seconds, kept.waits[:, :, :, 0].sum(axis=2))
    if by == "group":
        waits = kept.group_waits if found.detail else None
        return _of_groups({"group": list(model.group_names)}, kept.groups, ones, GROUP_MEASURES, waits)
    if by == "agent":
        people = {"agent": [agent.name for group in model.groups for agent in group.agents or ()]}
        return _of_groups(people, kept.agents, kept.sizes, GROUP_MEASURES if found.detail else AGENT_MEASURES)
    time = by.removeprefix("group-")
    if by.startswith("group-"):
        keys, sums, _ = _over_time(found, kept.group_periods, "group", model.group_names, time)
        return _of_groups(keys, sums, kept.sizes, GROUP_MEASURES)
    keys, sums, seconds = _over_time(found, kept.type_periods, "type", model.type_names, time)
    waits = _waits_of(found, time)
    return _of_types(found, keys, sums, kept.sizes, seconds, waits)


def _waits_of(found: Simulation, time: str) -> Values | None:
    """Histograms of the answered by batch and row of the table; by period nothing is known without detail."""
    waits = found.kept.waits[:, :, :, 0]
    if time == "period" and not found.detail:
        return None
    if time == "day" and found.detail:
        waits = np.add.reduceat(waits, found.model.periods.day_starts, axis=2)
    return waits.reshape(len(waits), -1, waits.shape[-1])


def _over_time(
    found: Simulation, values: Values, what: str, names: tuple[str, ...], time: str
) -> tuple[dict[str, list[Any]], Values, Values]:
    """Keys of the rows, sums of each batch by row and measure, and the seconds counted of each row."""
    seconds = np.array(found.counted_seconds)
    if time == "day":
        starts = found.model.periods.day_starts
        values, seconds = np.add.reduceat(values, starts, axis=2), np.add.reduceat(seconds, starts)
    tries, kinds, times, measures = values.shape
    keys = {what: np.repeat(names, times).tolist(), time: list(range(times)) * kinds}
    return keys, values.reshape(tries, kinds * times, measures), np.tile(seconds, kinds)


class _Columns:
    """Columns of a table, each figure with its half-width beside it."""

    def __init__(self, keys: dict[str, list[Any]]) -> None:
        self.columns: dict[str, Any] = dict(keys)

    def put(self, name: str, means: Values, halves: Values) -> None:
        self.columns[name] = means
        self.columns[f"{name}_half_width"] = np.where(np.isfinite(halves), halves, np.nan)

    def share(self, name: str, above: Values, below: Values) -> None:
        self.put(name, *ratios(above, below))

    def percentiles(self, waits: Values | None) -> None:
        """Of histograms by batch and row; nothing where they are not known."""
        if waits is None:
            return
        for name, share in PERCENTILES.items():
            means = quantiles(waits.sum(axis=0), share)
            self.put(name, means, spread_of(quantiles(waits, share), means))

    def frame(self) -> pd.DataFrame:
        return pd.DataFrame(self.columns)


def _of_types(
    found: Simulation,
    keys: dict[str, list[Any]],
    sums: Values,
    sizes: Values,
    seconds: Values,
    waits: Values | None,
) -> pd.DataFrame:
    table, runs = _Columns(keys), sizes[:, None]
    each = dict(zip(TYPE_MEASURES, np.moveaxis(sums, 2, 0), strict=True))
    for name, values in each.items():
        table.share(name, values, runs)
    above, below = _service(found, keys["type"], each)
    means, halves = ratios(above, below)
    nobody = below.sum(axis=0) == 0
    table.put("service_level", np.where(nobody, 1.0, means), np.where(nobody, 0.0, halves))
    table.share("mean_wait_seconds", each["wait_seconds"], each["answered"])
    table.share("queue_length", each["queue_seconds"], runs * seconds)
    table.percentiles(waits)
    return table.frame()


def _service(found: Simulation, names: list[str], each: dict[str, Values]) -> tuple[Values, Values]:
    """Met and counted contacts of every row, each by the definition of its type."""
    above, below = np.empty_like(each["offered"]), np.empty_like(each["offered"])
    parts = ("offered", "answered", "answered_within", "abandoned_within")
    for kind in found.model.types:
        rows = np.flatnonzero(np.array(names) == kind.name)
        above[:, rows], below[:, rows] = met(kind.target.definition, *(each[part][:, rows] for part in parts))
    return above, below


def _of_groups(
    keys: dict[str, list[Any]],
    sums: Values,
    sizes: Values,
    measures: tuple[str, ...],
    waits: Values | None = None,
) -> pd.DataFrame:
    table = _Columns(keys)
    each = dict(zip(measures, np.moveaxis(sums, 2, 0), strict=True))
    for name, values in each.items():
        table.share(name, values, sizes[:, None])
    table.share("occupancy", each["busy_seconds"], each["staffed_seconds"])
    if "callers_answered" in each:
        table.share("mean_wait_seconds", each["wait_seconds"], each["callers_answered"])
        table.share("in_time", each["answered_within"], each["callers_answered"])
    table.percentiles(waits)
    return table.frame()


def as_dict(found: Simulation) -> dict[str, Any]:
    """Every measure by type and by group with its half-width, ready for JSON: unknown is None."""
    types = {
        name: {
            **{measure: _pair(found.total(measure, type=name)) for measure in TYPE_MEASURES},
            "service_level": _pair(found.service_level(name)),
            "mean_wait_seconds": _pair(found.mean_wait(name)),
            "queue_length": _pair(found.queue_length(name)),
            **{measure: _pair(found.percentile(name, share)) for measure, share in PERCENTILES.items()},
        }
        for name in found.model.type_names
    }
    groups = {
        name: {
            **{measure: _pair(found.total(measure, group=name)) for measure in GROUP_MEASURES},
            "occupancy": _pair(found.occupancy(name)),
            "mean_wait_seconds": _pair(found.mean_wait(group=name)),
            "in_time": _pair(found.share("answered_within", "callers_answered", group=name)),
        }
        for name in found.model.group_names
    }
    return {
        "seed": found.seed,
        "replications": found.replications,
        "warm_up_seconds": found.warm_up_seconds,
        "types": types,
        "groups": groups,
    }


def _pair(estimate: Estimate) -> dict[str, float | None]:
    return {
        "mean": estimate.mean if isfinite(estimate.mean) else None,
        "half_width": estimate.half_width if isfinite(estimate.half_width) else None,
    }
