"""`floorwalker staff`: a forecast becomes required and scheduled people."""

from __future__ import annotations

from pathlib import Path

import click

from floorwalker.cli import options
from floorwalker.cli.output import answer, table, write_whole

EPILOG = """\b
Example:
  floorwalker staff forecast.csv --service 80/20 --patience 120 --shrinkage 30 --out required.csv
"""


@click.command(epilog=EPILOG)
@click.argument("forecast", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--service", help="Target: percentage answered within seconds, e.g. 80/20 (the default).")
@options.goals
@click.option("--aht", type=options.seconds, help="Handling time in seconds where the forecast has none.")
@click.option("--shrinkage", type=options.shrunk, default=0.0, help="Percentage of paid time off the phones.")
@options.uncertainty
@options.min_staff
@options.over
@click.option("--zone", help="IANA zone of the file, where its offsets alone do not say it.")
@options.out_file
@options.as_json
def command(
    forecast: Path, service: str | None, definition: str, max_abandon: float | None, max_occupancy: float | None,
    max_asa: float | None, patience: float | None, aht: float | None, shrinkage: float, confidence: float | None,
    absence: float, min_staff: int, over: str, zone: str | None, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Required and scheduled staff for each interval of FORECAST, a CSV with start, contacts and aht_seconds.

    Intervals without contacts are closed and get nobody.
    """
    from floorwalker.cli.files.interval_csv import read_forecast, required_csv
    from floorwalker.cli.planning.goals import check_patience_given, read_goals
    from floorwalker.science.staffing import plan_intervals

    check_patience_given(max_abandon, patience)
    goals = read_goals(service, definition, max_abandon=max_abandon, max_occupancy=max_occupancy, max_asa=max_asa)
    needs = [
        plan_intervals(
            each,
            goals,
            patience_seconds=patience,
            shrinkage=shrinkage / 100,
            confidence=None if confidence is None else confidence / 100,
            absence=absence / 100,
            min_staff=min_staff,
            over=over,
        )
        for each in read_forecast(forecast, zone, aht)
    ]
    text = required_csv(needs)
    if out is not None:
        write_whole(out, text)
    rows = [
        {
            "queue": need.queue,
            "open intervals": int((need.required > 0).sum()),
            "peak required": int(need.required.max()),
            "peak scheduled": int(need.scheduled.max()),
            "scheduled hours": round(float((need.scheduled * need.grid.lengths).sum() / 3600), 1),
        }
        for need in needs
    ]
    found = {"service": str(goals.target), "definition": definition, "queues": rows, "out": out}
    lines = [*table(rows, list(rows[0])), f"Written: {out}"] if out else text.splitlines()
    answer(as_json, found, lines)
