"""The planner's layer: factors and numbers laid over a forecast, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FACTOR, NUMBER = "factor", "number"


@dataclass(frozen=True)
class Layer:
    """From ``start`` until before ``end`` (UTC seconds): times a factor, or so many contacts in all."""

    id: int
    start: float
    end: float
    kind: str
    value: float


def lay_over(starts: Sequence[int], values: Sequence[float], layers: Sequence[Layer]) -> list[float]:
    """Values under all layers in their order.

    A number is spread over its stretch as what lies there is, evenly where nothing does; the values handed in have
    to hold the whole stretch.
    """
    found = list(values)
    for layer in layers:
        places = [place for place, start in enumerate(starts) if layer.start <= start < layer.end]
        if not places:
            continue
        if layer.kind == FACTOR:
            for place in places:
                found[place] *= layer.value
            continue
        there = sum(found[place] for place in places)
        for place in places:
            found[place] = found[place] * layer.value / there if there > 0 else layer.value / len(places)
    return found


def touching(start: int, layers: Sequence[Layer]) -> list[Layer]:
    """The layers over an interval."""
    return [layer for layer in layers if layer.start <= start < layer.end]
