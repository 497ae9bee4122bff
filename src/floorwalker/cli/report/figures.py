"""The figures of one queue: which drawing says what, and the table behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from markupsafe import Markup

from floorwalker.cli.report import words
from floorwalker.cli.report.charts import Plot, highest, nice_ticks, swatch
from floorwalker.cli.report.content import Floats, QueueReport
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

HISTORY_DAYS = 56
PROFILE_WEEKS = 4


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
    every = next((h for h in (1, 2, 3, 4, 6) if edges[-1] / h <= 6), 6)
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


def history_figure(queue: QueueReport) -> Figure:
    """Daily totals: what came in the last eight weeks, and what the week is expected to bring."""
    days, totals = daily_history(queue)
    ahead = list(queue.grid.dates)
    expected = day_sums(queue.grid, queue.contacts)
    low = list(queue.day_p05) if queue.day_p05 else [np.nan] * len(ahead)
    high = list(queue.day_p95) if queue.day_p95 else [np.nan] * len(ahead)
    y_ticks = nice_ticks(highest(totals, expected, high))
    first = min([*days, *ahead])
    position = lambda day: float((day - first).days)  # noqa: E731
    drawings = []
    for shape, width, height in (("wide", 960, 240), ("narrow", 350, 220)):
        plot = Plot(
            f"{queue_id(queue)}-history-{shape}",
            f"Contacts a day, {queue.queue}",
            f"{len(days)} days of history, then the forecast for {ahead[0]} to {ahead[-1]}.",
            -0.5,
            position(ahead[-1]) + 0.5,
            y_ticks,
            width,
            height,
            margin_top=30,
        )
        plot.axes(_week_ticks(first, ahead[-1], 1 if shape == "wide" else 2), map(words.count, y_ticks))
        plot.band([position(d) for d in ahead], low, high, "band")
        plot.line([position(d) for d in days], totals, "history")
        plot.line([position(d) for d in ahead], expected, "forecast")
        _name_lines(plot, position, days, totals, ahead, expected)
        _special_days(plot, queue, first, ahead[-1], position, most=8 if shape == "wide" else 2)
        drawings.append(Markup('<div class="{}">{}</div>').format(shape, plot.svg()))
    rows = [(words.day_short(d), words.count(v), "", "", "") for d, v in zip(days, totals, strict=True)]
    for d, mean, a, b in zip(ahead, expected, low, high, strict=True):
        rows.append((words.day_short(d), "", words.count(mean), words.count(a), words.count(b)))
    table = Table(("Day", "Came in", "Forecast", "5 %", "95 %"), (("", tuple(rows)),))
    key = [(swatch("line", "history"), "came in"), (swatch("line", "forecast"), "forecast")]
    if queue.day_p05:
        key.append((swatch("area", "band"), "nine days in ten fall in here"))
    caption = "Contacts offered each day." if days else "There is no history to show; the forecast stands alone."
    title = "History and forecast, day by day"
    return Figure("history", title, caption, tuple(key), (("", tuple(drawings)),), table, wide=True)


def forecast_figure(queue: QueueReport) -> Figure:
    """Each day's expected contacts per interval with their band, over the mean of recent same weekdays."""
    profile = recent_profile(queue)
    y_ticks = nice_ticks(highest(profile, queue.contacts_p95, queue.contacts))

    def draw(plot: Plot, axis: Axis) -> None:
        part = slice(axis.intervals.start, axis.intervals.stop)
        plot.band(axis.middles, queue.contacts_p05[part], queue.contacts_p95[part], "band")
        plot.line(axis.middles, profile[part], "history")
        plot.line(axis.middles, queue.contacts[part], "forecast")
        _peak(plot, axis, queue.contacts, "forecast-text")

    known = bool(np.isfinite(profile).any())
    key = [(swatch("line", "forecast"), "forecast"), (swatch("area", "band"), "nine in ten fall in here")]
    if known:
        key.insert(0, (swatch("line", "history"), f"mean of the last {PROFILE_WEEKS} same weekdays"))
    columns = [profile, queue.contacts, queue.contacts_p05, queue.contacts_p95]
    table = interval_table(
        queue,
        ("Time", f"Last {PROFILE_WEEKS} weeks", "Forecast", "5 %", "95 %", "Handling time"),
        lambda i: (*(words.count(float(c[i])) for c in columns), words.seconds(float(queue.aht_seconds[i]))),
    )
    panels = _day_panels(queue, "forecast", "Expected contacts", y_ticks, words.count, draw)
    caption = f"Contacts per {step_words(queue.grid)}. The wider the band, the less sure the forecast."
    return Figure("forecast", "Forecast, interval by interval", caption, tuple(key), panels, table)


def cover_figure(queue: QueueReport) -> Figure:
    """People rostered as an area, people required as a step; under and over hatched and signed."""
    needed = queue.requirement.scheduled.astype(float)
    rostered = np.asarray(queue.rostered, dtype=float)
    y_ticks = nice_ticks(highest(needed, rostered))

    def draw(plot: Plot, axis: Axis) -> None:
        part = slice(axis.intervals.start, axis.intervals.stop)
        need, have = needed[part], rostered[part]
        plot.between(axis.edges, np.zeros(len(have)), np.minimum(have, need), "rostered")
        plot.between(axis.edges, need, have, "over")
        plot.between(axis.edges, have, need, "under")
        plot.step(axis.edges, need, "required")
        _worst(plot, axis, have - need, np.maximum(have, need))

    key = (
        (swatch("line", "required"), "people required"),
        (swatch("area", "rostered"), "people rostered"),
        (swatch("area", "under"), "− too few"),
        (swatch("area", "over"), "+ more than required"),
    )
    table = interval_table(
        queue,
        ("Time", "Required", "Rostered", "Difference", "On the phones"),
        lambda i: (
            words.count(needed[i]),
            words.count(rostered[i]),
            words.signed(rostered[i] - needed[i]),
            words.count(float(queue.expected.agents[i])),
        ),
    )
    panels = _day_panels(queue, "cover", "People required and rostered", y_ticks, words.count, draw)
    share = words.whole_percent(queue.requirement.shrinkage)
    caption = (
        f"People at work, meals taken out. Required holds {share} shrinkage."
        if queue.requirement.shrinkage
        else "People at work, meals taken out."
    )
    return Figure("cover", "Required and rostered", caption, key, panels, table)


def service_figure(queue: QueueReport) -> Figure:
    """What the roster is expected to achieve: service level against its target, and the share that abandons."""
    target, abandons = queue.requirement.target, queue.abandonment
    service_level = queue.where_contacts(queue.expected.service_level)
    abandon_rate = queue.where_contacts(
        queue.expected.abandon_rate if abandons else np.full(len(queue.grid), np.nan)
    )
    occupancy, wait = (queue.where_contacts(v) for v in (queue.expected.occupancy, queue.expected.asa_seconds))
    abandon_ticks = nice_ticks(max(highest(abandon_rate), 0.02), 2)

    def service(plot: Plot, axis: Axis) -> None:
        level = service_level[axis.intervals.start : axis.intervals.stop]
        aim = np.full(len(level), target.share)
        plot.between(axis.edges, level, aim, "under")
        plot.rule(target.share, f"target {words.whole_percent(target.share)}", "target")
        plot.step(axis.edges, level, "service")
        if np.isfinite(level).any() and np.nanmin(level) < target.share:
            k = int(np.nanargmin(level))
            plot.label(axis.middles[k], float(level[k]), words.attained(float(level[k])), "service-text", False)

    def abandonment(plot: Plot, axis: Axis) -> None:
        rate = abandon_rate[axis.intervals.start : axis.intervals.stop]
        plot.bars(axis.edges, rate, "abandoned")
        if np.isfinite(rate).any() and np.nanmax(rate) > 0:
            k = int(np.nanargmax(rate))
            plot.label(axis.middles[k], float(rate[k]), words.percent(float(rate[k])), "abandoned-text")

    level_ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    tops = _day_panels(queue, "service", "Service level of the roster", level_ticks, words.whole_percent, service)
    panels = tops
    if abandons:
        format_tick = words.whole_percent
        lows = _day_panels(queue, "abandon", "Share abandoned", abandon_ticks, format_tick, abandonment, height=96)
        panels = tuple((name, a + b) for (name, a), (_, b) in zip(tops, lows, strict=True))
    key = [
        (swatch("line", "service"), f"answered within {words.seconds(target.seconds)}"),
        (swatch("line", "target"), "target"),
        (swatch("area", "under"), "below target"),
    ]
    if abandons:
        key.append((swatch("area", "abandoned"), "abandoned, of those offered"))
    table = interval_table(
        queue,
        ("Time", "Service level", "Abandoned", "Occupancy", "Mean wait (ASA)"),
        lambda i: (
            words.attained(float(service_level[i])),
            words.percent(float(abandon_rate[i])),
            words.percent(float(occupancy[i])),
            words.seconds(float(wait[i])),
        ),
    )
    caption = "What these people are expected to achieve on the forecast, not what was asked for." + (
        "" if abandons else " Abandonment is not estimated: no patience was given."
    )
    return Figure("service", "Expected service of the roster", caption, tuple(key), panels, table)


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


def daily_history(queue: QueueReport) -> tuple[list[date], list[float]]:
    """The last days of history and their totals; NaN where a day has no known interval."""
    if queue.history is None:
        return [], []
    grid = queue.history.grid
    totals = day_sums(grid, queue.history.offered)
    kept = [(d, t) for d, t in zip(grid.dates, totals, strict=True) if d < queue.grid.first_day][-HISTORY_DAYS:]
    return [d for d, _ in kept], [t for _, t in kept]


def day_sums(grid: TimeGrid, values: Floats) -> list[float]:
    """Sum of each day over what is known; NaN where nothing is."""
    parts = [values[grid.day_slice(d)] for d in range(grid.days)]
    return [float(np.nansum(p)) if np.isfinite(p).any() else float("nan") for p in parts]


def recent_profile(queue: QueueReport) -> Floats:
    """Mean of the last four same weekdays in the same slot, for each interval; NaN where unknown."""
    grid, history = queue.grid, queue.history
    found = np.full(len(grid), np.nan)
    if history is None or history.grid.step_seconds != grid.step_seconds:
        return found
    past: dict[tuple[int, int], list[float]] = {}
    days, slots, weekdays = history.grid.day_index, history.grid.slots, history.grid.weekdays
    before = [d < grid.first_day for d in history.grid.dates]
    for i in range(len(history.grid) - 1, -1, -1):
        if before[days[i]] and np.isfinite(history.offered[i]):
            same = past.setdefault((weekdays[days[i]], slots[i]), [])
            if len(same) < PROFILE_WEEKS:
                same.append(float(history.offered[i]))
    for i in range(len(grid)):
        same = past.get((grid.weekdays[grid.day_index[i]], grid.slots[i]), [])
        if same:
            found[i] = sum(same) / len(same)
    return found


def queue_id(queue: QueueReport) -> str:
    """A name for ids in the page, whatever the queue is called."""
    return "q" + queue.queue.encode().hex()[:24]


def step_words(grid: TimeGrid) -> str:
    """``30 minutes``, ``hour``, ``day``."""
    if grid.step_seconds == DAY_SECONDS:
        return "day"
    minutes = grid.step_seconds // 60
    return f"{minutes} minutes" if minutes % 60 else ("hour" if minutes == 60 else f"{minutes // 60} hours")


def _day_panels(
    queue: QueueReport,
    name: str,
    title: str,
    y_ticks: Sequence[float],
    format_tick: Callable[[float], str],
    draw: Callable[[Plot, Axis], None],
    height: float = 150,
) -> tuple[tuple[str, tuple[Markup, ...]], ...]:
    """The same drawing for each day on the same scale, so that days compare at a glance."""
    panels = []
    alive = queue.alive
    for day, axis in enumerate(axes_of(queue)):
        part = slice(axis.intervals.start, axis.intervals.stop)
        when = axis.name or "the week"
        plot = Plot(
            f"{queue_id(queue)}-{name}-{day}",
            f"{title}, {when}",
            f"{queue.queue}, {when}; the numbers are in the table below the charts.",
            axis.edges[0],
            axis.edges[-1],
            y_ticks,
            height=height,
        )
        plot.axes(axis.ticks, [format_tick(t) for t in y_ticks])
        if alive[part].any():
            draw(plot, axis)
        else:
            plot.note("closed")
        special = queue.special_days.get(queue.grid.dates[day], "") if axis.name else ""
        panels.append((f"{axis.name} · {special}" if special else axis.name, (plot.svg(),)))
    return tuple(panels)


def _peak(plot: Plot, axis: Axis, values: Floats, kind: str) -> None:
    part = values[axis.intervals.start : axis.intervals.stop]
    if part.size and part.max() > 0:
        k = int(part.argmax())
        plot.label(axis.middles[k], float(part[k]), words.count(float(part[k])), kind)


def _worst(plot: Plot, axis: Axis, difference: Floats, top: Floats) -> None:
    """Sign and size of the deepest shortfall and the largest surplus of the day."""
    for k, kind in ((int(difference.argmin()), "under-text"), (int(difference.argmax()), "over-text")):
        if (difference[k] < 0) == (kind == "under-text") and difference[k] != 0:
            plot.label(axis.middles[k], float(top[k]), words.signed(float(difference[k])), kind)


def _name_lines(
    plot: Plot,
    position: Callable[[date], float],
    days: Sequence[date],
    totals: Sequence[float],
    ahead: Sequence[date],
    expected: Sequence[float],
) -> None:
    """Direct labels: each line is named at its own highest point."""
    for text, dates, values in (("came in", days, totals), ("forecast", ahead, expected)):
        known = [k for k, v in enumerate(values) if np.isfinite(v)]
        if known:
            k = max(known, key=lambda k: values[k])
            kind = "history-text" if text == "came in" else "forecast-text"
            plot.label(position(dates[k]), values[k], text, kind)


def _week_ticks(first: date, last: date, every: int) -> list[tuple[float, str]]:
    mondays = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    mondays = [d for d in mondays if d.weekday() == 0][::-1][::every][::-1]
    named = mondays or [first]
    return [(float((d - first).days), f"{d.day} {words.MONTHS[d.month - 1][:3]}") for d in named]


def _special_days(
    plot: Plot, queue: QueueReport, first: date, last: date, position: Callable[[date], float], most: int
) -> None:
    named = sorted((d, n) for d, n in queue.special_days.items() if first <= d <= last)
    for day, name in named[-most:]:
        plot.mark(position(day), name if len(name) <= 22 else name[:21] + "…")


def _time_name(grid: TimeGrid, index: int) -> str:
    if grid.step_seconds == DAY_SECONDS:
        return words.day_short(grid.dates[grid.day_index[index]])
    return words.clock(grid.local(index))
