"""`floorwalker explain`: one required number, opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from floorwalker.cli import options
from floorwalker.cli.output import answer

EPILOG = """\b
Example:
  floorwalker explain forecast.csv --at 2003-09-01T10:00 --service 80/20 --patience 120 --shrinkage 30
"""


@click.command(epilog=EPILOG)
@click.argument("forecast", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--at", "moment", required=True, help="An instant in the interval, local time: 2003-09-01T10:00.")
@click.option("--queue", help="Which queue, where the forecast holds several.")
@click.option("--service", help="Target: percentage answered within seconds, e.g. 80/20 (the default).")
@options.goals
@click.option("--aht", type=options.seconds, help="Handling time in seconds where the forecast has none.")
@click.option("--shrinkage", type=options.shrunk, default=0.0, help="Percentage of paid time off the phones.")
@options.uncertainty
@options.min_staff
@options.over
@click.option("--zone", help="IANA zone of the file, where its offsets alone do not say it.")
@options.as_json
def command(
    forecast: Path, moment: str, queue: str | None, service: str | None, definition: str,
    max_abandon: float | None, max_occupancy: float | None, max_asa: float | None, patience: float | None,
    aht: float | None, shrinkage: float, confidence: float | None, absence: float, min_staff: int,
    over: str, zone: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Why so many? Open the requirement of one interval of FORECAST into load, randomness, target and the rest.

    Each part is what the number changes by when one thing is switched on; together they are the number.
    """
    from floorwalker.cli.files.interval_csv import read_forecast
    from floorwalker.cli.planning.goals import check_patience_given, read_goals
    from floorwalker.science.errors import InvalidInput
    from floorwalker.science.staffing import explain

    found = {each.queue: each for each in read_forecast(forecast, zone, aht)}
    if queue is None and len(found) > 1:
        raise InvalidInput(f"{forecast.name} holds the queues {', '.join(found)}; say which with --queue")
    name = queue or next(iter(found))
    if name not in found:
        raise InvalidInput(f"--queue {name!r} is not in {forecast.name}; it holds {', '.join(found)}")
    check_patience_given(max_abandon, patience)
    goals = read_goals(service, definition, max_abandon=max_abandon, max_occupancy=max_occupancy, max_asa=max_asa)
    index = _interval(found[name].grid, moment)
    why = explain(
        found[name],
        index,
        goals,
        patience_seconds=patience,
        shrinkage=shrinkage / 100,
        confidence=None if confidence is None else confidence / 100,
        absence=absence / 100,
        min_staff=min_staff,
        over=over,
    )
    lines = [f"{why.subject}: {why.total:g} {why.unit}"]
    lines += [f"  {part.amount:+8.2f}  {part.name} – {part.because}" for part in why.parts]
    answer(as_json, why.to_dict(), lines)


def _interval(grid: object, moment: str) -> int:
    from floorwalker.science.errors import InvalidInput
    from floorwalker.science.timegrid import TimeGrid, zone_info

    assert isinstance(grid, TimeGrid)
    try:
        at = datetime.fromisoformat(moment)
    except ValueError as error:
        raise InvalidInput(f"--at {moment!r} is not a time; write 2003-09-01T10:00") from error
    local = at if at.tzinfo else at.replace(tzinfo=zone_info(grid.zone))
    index = grid.find(local.timestamp())
    if index < 0:
        raise InvalidInput(f"--at {moment} lies outside the forecast, {grid.first_day} to {grid.last_day}")
    return index
