"""What is known beforehand of a model: borders of periods, openings and closings, who comes and goes when."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from floorwalker.science.simulation.kernel import layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from floorwalker.science.simulation.agents import AgentGroup
    from floorwalker.science.simulation.model import Model


def agenda_of(model: Model, first_agents: NDArray[Any], warm_up_seconds: float) -> NDArray[Any]:
    """Every moment known beforehand, in the order in which what happens then happens."""
    borders = model.periods.borders_seconds
    end = borders[-1]
    rows: list[tuple[float, int, int, int]] = [
        (float(border), layout.BORDER, period, 0) for period, border in enumerate(borders) if period > 0
    ]
    if warm_up_seconds > 0:
        rows.append((warm_up_seconds, layout.WARM, 0, 0))
    for place, kind in enumerate(model.types):
        spans = [(0.0, end)] if kind.hours is None else joined(kind.hours.spans)
        rows.extend((opens, layout.OPENS, place, 0) for opens, _ in spans if 0 < opens < end)
        if kind.hours is not None and spans and spans[0][0] == 0:
            rows.append((0.0, layout.OPENS, place, 0))
        rows.extend((min(closes, end), layout.CLOSES, place, 0) for opens, closes in spans if opens < end)
    for place, group in enumerate(model.groups):
        rows.extend(
            _counted(borders, place, group) if group.staff is not None else _named(int(first_agents[place]), group)
        )
    return np.array(sorted(rows, key=lambda row: row[:2]), dtype=layout.AGENDA)


def _counted(borders: tuple[float, ...], place: int, group: AgentGroup) -> list[tuple[float, int, int, int]]:
    staff = group.staff or ()
    changes = [(0, staff[0])] if staff else []
    changes += [(period + 1, two) for period, (one, two) in enumerate(pairwise(staff)) if one != two]
    return [(float(borders[period]), layout.STAFF, place, count) for period, count in changes]


def _named(number: int, group: AgentGroup) -> list[tuple[float, int, int, int]]:
    rows: list[tuple[float, int, int, int]] = []
    for one, agent in enumerate(group.agents or (), number):
        for starts, ends in joined(agent.at_work):
            rows += [(starts, layout.COMES, one, 0), (ends, layout.GOES, one, 0)]
    return rows


def joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Ascending spans, those that touch made one."""
    found: list[tuple[float, float]] = []
    for starts, ends in spans:
        if found and found[-1][1] == starts:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((starts, ends))
    return found
