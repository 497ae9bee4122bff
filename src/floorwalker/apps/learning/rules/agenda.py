"""A training with minutes kept for what sets emotions off: at least one moment, and a share of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_MINUTES, MOST_MINUTES = 15, 240
OPENING, MOMENT, PLAY, CLOSING = "opening", "moment", "play", "closing"


@dataclass(frozen=True)
class Slot:
    """A part of a training: from which minute on, how long, and which moment it is about."""

    kind: str
    begins: int
    minutes: int
    moment: int | None = None  # its place among those given


def agenda(minutes: int, share: float, lengths: Sequence[int]) -> tuple[Slot, ...]:
    """Parts that fill the minutes: opening, moments as far as their share reaches, playing, closing.

    ``share`` (0 to 1) of the minutes is for moments; those that fit are taken in their order, and where none fits
    the shortest still gets its place, cut to what there is: no training is without one.
    """
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise ValueError(f"a training lasts {LEAST_MINUTES} to {MOST_MINUTES} minutes, not {minutes}")
    edge = max(2, minutes // 12)
    room = max(1, round(minutes * share))
    chosen: list[tuple[int, int]] = []
    for place, length in enumerate(lengths):
        if sum(each for _, each in chosen) + length <= room:
            chosen.append((place, length))
    if not chosen and lengths:
        shortest = min(range(len(lengths)), key=lambda place: lengths[place])
        chosen = [(shortest, min(lengths[shortest], max(room, minutes - 2 * edge - 5)))]
    parts = [(OPENING, edge, None), *((MOMENT, length, place) for place, length in chosen)]
    left = minutes - 2 * edge - sum(length for _, length in chosen)
    if left > 0:
        parts.append((PLAY, left, None))
    parts.append((CLOSING, edge, None))
    slots, begins = [], 0
    for kind, length, place in parts:
        slots.append(Slot(kind, begins, length, place))
        begins += length
    return tuple(slots)
