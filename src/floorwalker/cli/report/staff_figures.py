"""The figures of staff: required against rostered, the week at a glance, and what the roster achieves."""

from __future__ import annotations

import numpy as np

from floorwalker.cli.report import words
from floorwalker.cli.report.charts import Cell, Plot, cell_grid, highest, nice_ticks, swatch
from floorwalker.cli.report.content import Floats, QueueReport
from floorwalker.cli.report.panels import Axis, Figure, Table, day_panels, interval_table, queue_id


def cover_figure(queue: QueueReport) -> Figure:
    """People rostered as an area, people required as a step; under and over hatched and signed."""
    needed = queue.requirement.scheduled.astype(float)
    rostered = np.asarray(queue.rostered, dtype=float)
    y_ticks = nice_ticks(highest(needed, rostered))

    def draw(plot: Plot, axis: Axis) -> str:
        need, have = needed[axis.part], rostered[axis.part]
        plot.between(axis.edges, np.zeros(len(have)), np.minimum(have, need), "rostered")
        plot.between(axis.edges, need, have, "over")
        plot.between(axis.edges, have, need, "under")
        plot.step(axis.edges, need, "required")
        _extremes(plot, axis, have - need, np.maximum(have, need))
        least, most = words.signed(float((have - need).min())), words.signed(float((have - need).max()))
        return f"rostered less required lies between {least} and {most} people."

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
    panels = day_panels(queue, "cover", "People required and rostered", y_ticks, words.count, draw)
    caption = "People at work, meals taken out. Required counts the time off the phones and who will be absent."
    return Figure("cover", "Required and rostered", caption, key, panels, table, len(panels) == 1)


def glance_figure(queue: QueueReport) -> Figure | None:
    """Hours down, days across: how many are missing, or to spare, in the tightest interval of each hour.

    None where the steps are longer than an hour or the plan longer than a week: the grid would say nothing.
    """
    grid = queue.grid
    if grid.step_seconds > 3600 or grid.days > 7:
        return None
    tightest: dict[tuple[int, int], float] = {}
    for i in np.flatnonzero(queue.alive):
        place = (grid.slots[i] * grid.step_seconds // 3600, grid.day_index[i])
        tightest[place] = min(tightest.get(place, np.inf), float(queue.difference[i]))
    hours = range(min(h for h, _ in tightest), max(h for h, _ in tightest) + 1)
    values = [(f"{h:02d}:00", [tightest.get((h, d), np.nan) for d in range(grid.days)]) for h in hours]
    drawing = cell_grid(
        f"{queue_id(queue)}-glance",
        f"People missing or to spare by hour, {queue.queue}",
        "Hours down, days across; minus is too few, plus is more than required.",
        [words.day_short(d).rsplit(" ", 1)[0] for d in grid.dates],
        [(name, [_glance_cell(v) for v in row]) for name, row in values],
    )
    head = ("Hour", *(words.day_short(d) for d in grid.dates))
    rows = tuple((name, *(words.signed(v) for v in row)) for name, row in values)
    key = (
        (swatch("area", "under"), "− people missing"),
        (swatch("area", "exact"), "0 just enough"),
        (swatch("area", "over"), "+ people to spare"),
    )
    caption = "Rostered less required, in the tightest moment of each hour."
    return Figure(
        "glance", "The week at a glance", caption, key, (("", (drawing,)),), Table(head, (("", rows),)), wide=True
    )


def _glance_cell(value: float) -> Cell:
    if np.isnan(value):
        return Cell("", "closed")
    return Cell(words.signed(value), "under" if value < 0 else "over" if value > 0 else "exact")


def service_figure(queue: QueueReport) -> Figure:
    """What the roster is expected to achieve: service level against its target, and the share that abandons."""
    target, abandons = queue.requirement.target, queue.abandonment
    service_level = queue.where_contacts(queue.expected.service_level)
    abandon_rate = queue.where_contacts(
        queue.expected.abandon_rate if abandons else np.full(len(queue.grid), np.nan)
    )
    occupancy, wait = (queue.where_contacts(v) for v in (queue.expected.occupancy, queue.expected.asa_seconds))
    simulated, low, high = simulated_levels(queue)
    abandon_ticks = nice_ticks(max(highest(abandon_rate), 0.02), 2)

    def service(plot: Plot, axis: Axis) -> str:
        level = service_level[axis.part]
        plot.between(axis.edges, level, np.full(len(level), target.share), "under")
        plot.rule(target.share, f"target {words.whole_percent(target.share)}", "target")
        plot.between(axis.edges, low[axis.part], high[axis.part], "band")
        plot.step(axis.edges, simulated[axis.part], "simulated")
        plot.step(axis.edges, level, "service")
        if not np.isfinite(level).any():
            return "no contact is expected."
        k = int(np.nanargmin(level))
        lowest = words.attained(float(level[k]))
        if level[k] < target.share:
            plot.label(axis.middles[k], float(level[k]), lowest, "service-text", above=bool(level[k] < 0.2))
        return f"the lowest is {lowest}, the target {words.whole_percent(target.share)}."

    def abandonment(plot: Plot, axis: Axis) -> str:
        rate = abandon_rate[axis.part]
        plot.bars(axis.edges, rate, "abandoned")
        if not np.isfinite(rate).any():
            return "no contact is expected."
        k = int(np.nanargmax(rate))
        highest_rate = words.percent(float(rate[k]))
        if rate[k] > 0:
            plot.label(axis.middles[k], float(rate[k]), highest_rate, "abandoned-text")
        return f"the highest is {highest_rate}."

    level_ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    tops = day_panels(queue, "service", "Service level of the roster", level_ticks, words.whole_percent, service)
    panels = tops
    if abandons:
        format_tick = words.whole_percent
        lows = day_panels(queue, "abandon", "Share abandoned", abandon_ticks, format_tick, abandonment, height=96)
        panels = tuple((name, a + b) for (name, a), (_, b) in zip(tops, lows, strict=True))
    key = [
        (swatch("line", "service"), f"answered within {words.seconds(target.seconds)}"),
        (swatch("line", "target"), "target"),
        (swatch("area", "under"), "below target"),
    ]
    if queue.audit:
        key.append((swatch("line", "simulated"), "as simulated, with its 95 % band"))
    if abandons:
        key.append((swatch("area", "abandoned"), "abandoned, of those offered"))
    table = interval_table(
        queue,
        ("Time", "Service level", "As simulated", "Abandoned", "Occupancy", "Mean wait (ASA)"),
        lambda i: (
            words.attained(float(service_level[i])),
            _simulated_words(queue, i),
            words.percent(float(abandon_rate[i])),
            words.percent(float(occupancy[i])),
            words.seconds(float(wait[i])),
        ),
    )
    caption = "What these people are expected to achieve on the forecast, not what was asked for." + (
        "" if abandons else " Abandonment is not estimated: no patience was given."
    )
    return Figure(
        "service", "Expected service of the roster", caption, tuple(key), panels, table, len(panels) == 1
    )


def simulated_levels(queue: QueueReport) -> tuple[Floats, Floats, Floats]:
    """Service level of each interval as simulated, with its band; NaN where nothing is known."""
    values = np.full((3, len(queue.grid)), np.nan)
    for number, check in enumerate(queue.audit.intervals if queue.audit else ()):
        if check is not None:
            values[:, number] = check.achieved.mean, max(0.0, check.achieved.low), min(1.0, check.achieved.high)
    return values[0], values[1], values[2]


def _simulated_words(queue: QueueReport, index: int) -> str:
    check = queue.audit.intervals[index] if queue.audit else None
    return words.band(check) if check else words.UNKNOWN


def _extremes(plot: Plot, axis: Axis, difference: Floats, top: Floats) -> None:
    """Sign and size of the deepest shortfall and the largest surplus of the day."""
    for k, kind in ((int(difference.argmin()), "under-text"), (int(difference.argmax()), "over-text")):
        if (difference[k] < 0) == (kind == "under-text") and difference[k] != 0:
            plot.label(axis.middles[k], float(top[k]), words.signed(float(difference[k])), kind)
