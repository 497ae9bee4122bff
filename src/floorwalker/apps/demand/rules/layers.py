"""The planner's layer: factors, numbers and handling times laid over a forecast, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FACTOR, NUMBER, HANDLING = "factor", "number", "handling"


@dataclass(frozen=True)
class Layer:
    """From ``start`` until before ``end`` (UTC seconds): times a factor, so many contacts, or seconds each."""

    id: int
    start: float
    end: float
    kind: str
    value: float
    reason: str = ""


def lay_over(starts: Sequence[int], values: Sequence[float], layers: Sequence[Layer]) -> list[float]:
    """Values under all layers in their order.

    A number is spread over its stretch as what lies there is, evenly where nothing does; the values handed in have
    to hold the whole stretch.
    """
    found = list(values)
    for layer in layers:
        places = [place for place, start in enumerate(starts) if layer.start <= start < layer.end]
        if not places or layer.kind == HANDLING:
            continue
        if layer.kind == FACTOR:
            for place in places:
                found[place] *= layer.value
            continue
        there = sum(found[place] for place in places)
        for place in places:
            found[place] = found[place] * layer.value / there if there > 0 else layer.value / len(places)
    return found


def handled_under(
    starts: Sequence[int], seconds: Sequence[float | None], layers: Sequence[Layer]
) -> list[float | None]:
    """How long a contact takes under all layers: the last that says so holds."""
    found = list(seconds)
    for layer in layers:
        if layer.kind == HANDLING:
            found = [
                layer.value if layer.start <= start < layer.end else value
                for start, value in zip(starts, found, strict=True)
            ]
    return found


def touching(start: int, layers: Sequence[Layer]) -> list[Layer]:
    """The layers over an interval."""
    return [layer for layer in layers if layer.start <= start < layer.end]
