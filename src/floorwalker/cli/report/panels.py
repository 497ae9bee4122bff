"""What every figure is made of: its parts, the time axis of a day, one small drawing for each day, its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

import numpy as np
from markupsafe import Markup

from floorwalker.cli.report import words
from floorwalker.cli.report.charts import Plot
from floorwalker.cli.report.content import QueueReport
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure: a head, and rows under a heading each (a day)."""

    head: tuple[str, ...]
    groups: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True)
class Figure:
    """Drawings with their heading, a sentence on how to read them, their key and their table."""

    id: str
    title: str
    caption: str
    key: tuple[tuple[Markup, str], ...]
    panels: tuple[tuple[str, tuple[Markup, ...]], ...]
    table: Table
    wide: bool = False


@dataclass(frozen=True)
class Axis:
    """The time axis of one panel: which intervals it shows, their edges in hours, and its labelled ticks."""

    name: str
    intervals: range
    edges: tuple[float, ...]
    ticks: tuple[tuple[float, str], ...]

    @property
    def part(self) -> slice:
        return slice(self.intervals.start, self.intervals.stop)

    @property
    def middles(self) -> list[float]:
        return [(a + b) / 2 for a, b in pairwise(self.edges)]


def axes_of(queue: QueueReport) -> list[Axis]:
    """One axis a day, cut to the hours in which anything happens in the week; one in all for a grid of days.

    Hours are elapsed since the first instant shown, labels are wall clock: a day of the clock change is an
    hour shorter or longer, and its labels skip or repeat an hour as clocks do.
    """
    grid = queue.grid
    if grid.step_seconds == DAY_SECONDS:
        edges = tuple(float(d) for d in range(len(grid) + 1))
        every = max(1, len(grid) // 7)
        ticks = tuple((d + 0.5, words.day_short(grid.dates[d])[:6].strip()) for d in range(0, len(grid), every))
        return [Axis("", range(len(grid)), edges, ticks)]
    slots = np.asarray(grid.slots)
    busy = slots[queue.alive]
    low, high = (int(busy.min()), int(busy.max())) if busy.size else (0, grid.slots_per_day - 1)
    return [_day_axis(grid, day, low, high) for day in range(grid.days)]


def _day_axis(grid: TimeGrid, day: int, low: int, high: int) -> Axis:
    part = grid.day_slice(day)
    shown = [i for i in range(part.start, part.stop) if low <= grid.slots[i] <= high] or [part.start]
    intervals = range(shown[0], shown[-1] + 1)
    first = grid.starts[intervals[0]]
    edges = tuple((grid.starts[i] - first) / 3600 for i in intervals)
    edges += (edges[-1] + grid.lengths[intervals[-1]] / 3600,)
    every = next((h for h in (1, 2, 3, 4, 6) if edges[-1] / h <= 5), 6)
    ticks = [
        (edges[k], words.clock(grid.local(i)))
        for k, i in enumerate(intervals)
        if grid.local(i).minute == 0 and grid.local(i).hour % every == 0
    ]
    if grid.slots[intervals[-1]] == grid.slots_per_day - 1:
        ticks.append((edges[-1], "24:00"))
    kept: list[tuple[float, str]] = []
    for at, label in ticks:
        if not kept or at - kept[-1][0] >= edges[-1] / 8:
            kept.append((at, label))
    return Axis(words.day_short(grid.dates[day]), intervals, edges, tuple(kept))


def day_panels(
    queue: QueueReport,
    name: str,
    title: str,
    y_ticks: Sequence[float],
    format_tick: Callable[[float], str],
    draw: Callable[[Plot, Axis], str],
    height: float = 150,
) -> tuple[tuple[str, tuple[Markup, ...]], ...]:
    """The same drawing for each day on the same scale, so that days compare at a glance.

    ``draw`` draws one day and answers what it shows in a few words. A day on which nothing is expected and
    nobody works has words in place of a drawing.
    """
    panels: list[tuple[str, tuple[Markup, ...]]] = []
    alive = queue.alive
    for day, axis in enumerate(axes_of(queue)):
        when = axis.name or "the whole plan"
        special = queue.special_days.get(queue.grid.dates[day], "") if axis.name else ""
        heading = " · ".join(word for word in (axis.name, special) if word)
        if not alive[axis.part].any():
            panels.append((f"{heading} · nothing expected" if heading else "Nothing expected", ()))
            continue
        plot = Plot(
            f"{queue_id(queue)}-{name}-{day}",
            f"{title}, {when}",
            "",
            axis.edges[0],
            axis.edges[-1],
            y_ticks,
            [format_tick(tick) for tick in y_ticks],
            height=height,
        )
        plot.axes(axis.ticks)
        plot.description = f"{queue.queue}, {when}: {draw(plot, axis)} The numbers are in the table below."
        panels.append((heading, (plot.svg(),)))
    return tuple(panels)


def interval_table(queue: QueueReport, head: tuple[str, ...], row: Callable[[int], tuple[str, ...]]) -> Table:
    """The rows of every interval the charts show in which anything happens, day by day."""
    grid = queue.grid
    alive = queue.alive
    groups = []
    for axis in axes_of(queue):
        rows = [(_time_name(grid, i), *row(i)) for i in axis.intervals if alive[i]]
        if rows:
            groups.append((axis.name, tuple(rows)))
    return Table(head, tuple(groups))


def _time_name(grid: TimeGrid, index: int) -> str:
    if grid.step_seconds == DAY_SECONDS:
        return words.day_short(grid.dates[grid.day_index[index]])
    instant = grid.local(index)
    return words.clock(instant) + (" again" if instant.fold else "")


def queue_id(queue: QueueReport) -> str:
    """A name for ids in the page, whatever the queue is called."""
    return "q" + sha256(queue.queue.encode()).hexdigest()[:12]


def step_words(grid: TimeGrid) -> str:
    """``30 minutes``, ``hour``, ``day``."""
    if grid.step_seconds == DAY_SECONDS:
        return "day"
    minutes = grid.step_seconds // 60
    return f"{minutes} minutes" if minutes % 60 else ("hour" if minutes == 60 else f"{minutes // 60} hours")
