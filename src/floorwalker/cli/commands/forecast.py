"""`floorwalker forecast`: expected contacts and handling time per interval."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer, table, write_whole

EPILOG = """\b
Example:
  floorwalker forecast calls.csv --from 2003-09-01 --days 14 --step 30 --zone America/New_York --holidays US
"""


@click.command(epilog=EPILOG)
@options.history_argument
@click.option("--from", "first", type=options.Day(), help="First day; else the day after the history.")
@click.option("--days", type=click.IntRange(1, 546), default=14, show_default=True, help="Days to forecast.")
@click.option("--step", type=int, help="Minutes of an interval, 1440 for days; else 30, or as the history is.")
@options.reading
@click.option("--aht", type=options.seconds, help="Handling time in seconds where the history has none.")
@options.out_file
@options.as_json
def command(
    history: Path, first: date | None, days: int, step: int | None, mapping: dict[str, str] | None,
    zone: str | None, holidays: str | None, special_days: Path | None, aht: float | None, out: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Forecast HISTORY (interval counts or a call log): contacts with their 5 % and 95 % quantiles, and AHT.

    The method is chosen per queue on your own past; every day of the history before --from is used.
    """
    from datetime import timedelta

    from floorwalker.cli.files.interval_csv import forecast_csv
    from floorwalker.cli.planning.calendars import read_calendar
    from floorwalker.cli.planning.forecasting import forecast_queues
    from floorwalker.cli.planning.reading import plan_step, read, reading_lines
    from floorwalker.contacts import to_demand
    from floorwalker.science.timegrid import TimeGrid

    stages = Stages()
    with stages.stage(f"Reading {history.name}"):
        source = read(history, zone=zone, mapping=mapping)
    calendar = read_calendar(holidays, special_days)
    demands = to_demand(source, step_seconds=plan_step(source, step))
    grids = {
        queue: TimeGrid(first or d.grid.last_day + timedelta(days=1), days, d.grid.step_seconds, d.grid.zone)
        for queue, d in demands.items()
    }
    found = forecast_queues(demands, grids, calendar, aht, stages)
    text = forecast_csv(each.forecast for each in found.values())
    if out is not None:
        write_whole(out, text)
    rows: list[dict[str, Any]] = [
        {
            "queue": queue,
            "contacts": float(each.forecast.contacts.sum()),
            "method": each.forecast.method,
            "wape": each.choice.scores[each.choice.name].wape if each.choice.scores else None,
            "changes": len(each.cleaned.changes),
        }
        for queue, each in found.items()
    ]
    value = {
        "guesses": [vars(guess) for guess in source.guesses],
        "read": source.read, "rejected": source.rejected, "queues": rows, "out": out,
        "notes": {queue: list(each.forecast.notes) for queue, each in found.items()},
    }  # fmt: skip
    lines = [*reading_lines(source), *table(rows, list(rows[0])), f"Written: {out}"]
    answer(as_json, value, lines if out else text.splitlines())
