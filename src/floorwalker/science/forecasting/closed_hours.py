"""Hours in which a queue is never open, told from hours that are merely quiet."""

from __future__ import annotations

import numpy as np

from floorwalker.science.forecasting.suspects import Flags, Usual

SURE = 10.0  # contacts the slots to either side would have brought: silence by chance is < 0.01 %
EDGE = 4  # slots to either side
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def closed_slots(found: Usual) -> Flags:
    """Weekday-slots that are closed, shape (7, slots): absent or zero on every day of that weekday.

    Recorded zeros count as closed only where the neighbouring slots are busy enough to make silence by chance
    unlikely; a quiet night of a small queue is not a closed one.
    """
    closed = np.zeros((7, found.counts.shape[1]), dtype=bool)
    for weekday in range(7):
        rows = found.counts[found.weekdays == weekday]
        if not rows.shape[0]:
            continue
        total = np.nansum(rows, axis=0)
        silent = total == 0
        if silent.all():
            closed[weekday] = True
            continue
        absent = np.isnan(rows).all(axis=0)
        for first, stop in _runs_round_the_clock(silent):
            slots = np.arange(first, stop) % silent.size
            before, after = np.arange(first - EDGE, first), np.arange(stop, stop + EDGE)
            edge = min(total[side % silent.size].mean() for side in (before, after))
            if absent[slots].all() or edge * slots.size >= SURE:
                closed[weekday, slots] = True
    return closed


def opening_words(found: Usual, closed: Flags, step_seconds: int) -> list[str]:
    """A sentence for each group of weekdays with the same closed hours."""
    seen = [w for w in range(7) if np.any(found.weekdays == w)]
    groups: dict[bytes, list[int]] = {}
    for weekday in seen:
        if closed[weekday].any():
            groups.setdefault(closed[weekday].tobytes(), []).append(weekday)
    weeks = int(np.ceil(found.counts.shape[0] / 7))
    sentences = []
    for weekdays in groups.values():
        row = closed[weekdays[0]]
        days = ", ".join(WEEKDAY_NAMES[w] for w in weekdays)
        hours = "all day" if row.all() else " and ".join(_clock(a, b, step_seconds) for a, b in _runs(row))
        sentences.append(f"{days}: closed {hours}; not one contact in {weeks} weeks")
    return sentences


def _clock(first: int, stop: int, step_seconds: int) -> str:
    minutes = (first * step_seconds // 60, stop * step_seconds // 60)
    return "–".join(f"{m // 60:02d}:{m % 60:02d}" for m in minutes)


def _runs(flags: Flags) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _runs_round_the_clock(flags: Flags) -> list[tuple[int, int]]:
    """Stretches of True, where one that reaches midnight goes on in the morning (stop beyond the day)."""
    stretches = _runs(flags)
    if len(stretches) > 1 and stretches[0][0] == 0 and stretches[-1][1] == flags.size:
        first, stop = stretches[-1][0], flags.size + stretches[0][1]
        stretches = [*stretches[1:-1], (first, stop)]
    return stretches
