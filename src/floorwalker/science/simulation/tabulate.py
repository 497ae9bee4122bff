"""A simulation as a table or a dictionary, for those who want one."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import pandas as pd

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.kernel.layout import GROUP_MEASURES, TYPE_MEASURES

if TYPE_CHECKING:
    from floorwalker.science.simulation.measures import Estimate, Simulation

BY = ("type", "group", "period", "day", "agent")


def frame(found: Simulation, by: str) -> pd.DataFrame:
    """Means per replication; a service level, a mean wait and an occupancy beside the sums they come from."""
    if by == "type":
        return _of_types(found, found.kept.totals.mean(axis=0), {"type": list(found.model.type_names)})
    if by == "group":
        return _of_groups(found.kept.groups.mean(axis=0), {"group": list(found.model.group_names)})
    if by == "agent":
        names = [agent.name for group in found.model.groups for agent in group.agents or ()]
        return _of_groups(found.kept.agents.sum(axis=0) / found.replications, {"agent": names})
    if by in ("period", "day"):
        return _over_time(found, by)
    raise InvalidInput(f"by is {by!r}; use one of {', '.join(BY)}")


def _over_time(found: Simulation, by: str) -> pd.DataFrame:
    import numpy as np

    model = found.model
    values = found.kept.type_periods.sum(axis=0) / found.replications
    if by == "day":
        values = np.add.reduceat(values, model.periods.day_starts, axis=1)
    kinds, times, measures = values.shape
    keys = {"type": np.repeat(model.type_names, times).tolist(), by: list(range(times)) * kinds}
    return _of_types(found, values.reshape(kinds * times, measures), keys)


def _of_types(found: Simulation, values: Any, keys: dict[str, list[Any]]) -> pd.DataFrame:
    table = pd.DataFrame({**keys, **dict(zip(TYPE_MEASURES, values.T, strict=True))})
    targets = [found.model.type(name).target for name in table["type"]]
    sums = table[["answered_within", "abandoned_within", "answered", "offered"]].itertuples(index=False)
    table["service_level"] = [target.share_met(*row) for target, row in zip(targets, sums, strict=True)]
    table["mean_wait_seconds"] = table["wait_seconds"] / table["answered"].where(table["answered"] > 0)
    return table


def _of_groups(values: Any, keys: dict[str, list[Any]]) -> pd.DataFrame:
    table = pd.DataFrame({**keys, **dict(zip(GROUP_MEASURES, values.T, strict=True))})
    table["occupancy"] = table["busy_seconds"] / table["staffed_seconds"].where(table["staffed_seconds"] > 0)
    return table


def as_dict(found: Simulation) -> dict[str, Any]:
    """Every measure by type and by group with its half-width, ready for JSON: unknown is None."""
    types = {
        name: {
            **{measure: _pair(found.total(measure, type=name)) for measure in TYPE_MEASURES},
            "service_level": _pair(found.service_level(name)),
            "mean_wait_seconds": _pair(found.mean_wait(name)),
            "p95_wait_seconds": _pair(found.percentile(name, 0.95)),
        }
        for name in found.model.type_names
    }
    groups = {
        name: {
            **{measure: _pair(found.total(measure, group=name)) for measure in GROUP_MEASURES},
            "occupancy": _pair(found.occupancy(name)),
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
