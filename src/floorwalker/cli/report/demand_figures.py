"""The figures of demand: daily totals with the forecast behind them, and the forecast interval by interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
from markupsafe import Markup

from floorwalker.cli.report import words
from floorwalker.cli.report.charts import Plot, highest, nice_ticks, swatch
from floorwalker.cli.report.content import Floats, QueueReport
from floorwalker.cli.report.panels import Axis, Figure, Table, day_panels, interval_table, queue_id, step_words
from floorwalker.science.timegrid import TimeGrid

HISTORY_DAYS = 56
PROFILE_WEEKS = 4


def history_figure(queue: QueueReport) -> Figure:
    """Daily totals: what came in the last eight weeks, and what the week is expected to bring."""
    days, totals = daily_history(queue)
    ahead = list(queue.grid.dates)
    expected = day_sums(queue.grid, queue.contacts)
    low, high = (
        [q if mean > 0 else np.nan for q, mean in zip(quantiles or [np.nan] * len(ahead), expected, strict=True)]
        for quantiles in (queue.day_p05, queue.day_p95)
    )
    y_ticks = nice_ticks(highest(totals, expected, high))
    first = min([*days, *ahead])

    def position(day: date) -> float:
        return float((day - first).days)

    drawings = []
    for shape, width, height in (("wide", 960, 240), ("narrow", 350, 220)):
        plot = Plot(
            f"{queue_id(queue)}-history-{shape}",
            f"Contacts a day, {queue.queue}",
            f"{len(days)} days of history, then the forecast for {ahead[0]} to {ahead[-1]}.",
            -0.5,
            position(ahead[-1]) + 0.5,
            y_ticks,
            [words.count(tick) for tick in y_ticks],
            width,
            height,
            margin_top=30,
        )
        plot.axes(_week_ticks(first, ahead[-1], 1 if shape == "wide" else 2))
        plot.band([position(d) for d in ahead], low, high, "band")
        _totals(plot, [position(d) for d in days], totals, [], "came in", "history")
        _totals(plot, [position(d) for d in ahead], expected, high, "forecast", "forecast")
        _special_days(plot, queue, first, ahead[-1], position, most=8 if shape == "wide" else 2)
        drawings.append(Markup('<div class="{}">{}</div>').format(shape, plot.svg()))
    rows = [(words.day_short(d), words.count(v), "", "", "") for d, v in zip(days, totals, strict=True)]
    for d, mean, a, b in zip(ahead, expected, low, high, strict=True):
        rows.append((words.day_short(d), "", words.count(mean), words.count(a), words.count(b)))
    table = Table(("Day", "Came in", "Forecast", "5 %", "95 %"), (("", tuple(rows)),))
    key = [(swatch("line", "forecast"), "forecast")]
    if days:
        key.insert(0, (swatch("line", "history"), "came in"))
    if queue.day_p05:
        key.append((swatch("area", "band"), "nine days in ten fall in here"))
    caption = "Contacts offered each day." if days else "There is no history to show; the forecast stands alone."
    title = "History and forecast, day by day"
    return Figure("history", title, caption, tuple(key), (("", tuple(drawings)),), table, wide=True)


def forecast_figure(queue: QueueReport) -> Figure:
    """Each day's expected contacts per interval with their band, over the mean of recent same weekdays."""
    profile = recent_profile(queue)
    y_ticks = nice_ticks(highest(profile, queue.contacts_p95, queue.contacts))

    def draw(plot: Plot, axis: Axis) -> str:
        part = axis.part
        plot.band(axis.middles, queue.contacts_p05[part], queue.contacts_p95[part], "band")
        plot.line(axis.middles, profile[part], "history")
        plot.line(axis.middles, queue.contacts[part], "forecast")
        k = int(queue.contacts[part].argmax())
        peak = float(queue.contacts[part][k])
        plot.label(axis.middles[k], peak, words.count(peak), "forecast-text")
        return f"the busiest interval expects {words.plural(peak, 'contact')}."

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
    panels = day_panels(queue, "forecast", "Expected contacts", y_ticks, words.count, draw)
    caption = f"Contacts per {step_words(queue.grid)}. The wider the band, the less sure the forecast."
    return Figure(
        "forecast", "Forecast, interval by interval", caption, tuple(key), panels, table, len(panels) == 1
    )


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


def _totals(
    plot: Plot, xs: Sequence[float], values: Sequence[float], tops: Sequence[float], name: str, kind: str
) -> None:
    """A line of daily totals, named at its highest point (above ``tops``); days without a contact are dots."""
    plot.line(xs, [v if v > 0 else np.nan for v in values], kind)
    for x, value in zip(xs, values, strict=True):
        if value == 0:
            plot.line([x], [0.0], kind)
    if highest(values) > 0:
        k = max((k for k, v in enumerate(values) if np.isfinite(v)), key=lambda k: values[k])
        top = highest([values[k]], tops[k : k + 1])
        plot.label(xs[k], top, name, f"{kind}-text")


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
