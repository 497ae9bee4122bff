"""`floorwalker explain`: one required number, opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorwalker.cli import options
from floorwalker.cli.output import answer

if TYPE_CHECKING:
    from floorwalker.science.forecasting import Forecast
    from floorwalker.science.queueing import Goals
    from floorwalker.science.staffing import Check, Requirement

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
@click.option("--replications", type=click.IntRange(0, 100_000), default=1000, show_default=True,
              help="How often the day is simulated, to test the number; 0: never.")  # fmt: skip
@options.as_json
def command(
    forecast: Path, moment: str, queue: str | None, service: str | None, definition: str,
    max_abandon: float | None, max_occupancy: float | None, max_asa: float | None, patience: float | None,
    aht: float | None, shrinkage: float, confidence: float | None, absence: float, min_staff: int,
    over: str, zone: str | None, replications: int, as_json: bool,
) -> None:  # fmt: skip
    """Why so many? Open the requirement of one interval of FORECAST into load, randomness, target and the rest.

    Each part is what the number changes by when one thing is switched on; together they are the number. Below
    them stands what a simulation of the day makes of it.
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
    settings = {
        "patience_seconds": patience,
        "shrinkage": shrinkage / 100,
        "confidence": None if confidence is None else confidence / 100,
        "absence": absence / 100,
        "min_staff": min_staff,
        "over": over,
    }
    why = explain(found[name], index, goals, **settings)
    lines = [f"{why.subject}: {why.total:g} {why.unit}"]
    lines += [f"  {part.amount:+8.2f}  {part.name} – {part.because}" for part in why.parts]
    check = _simulated(found[name], index, goals, settings, replications)
    if check is not None:
        lines.append(_in_words(*check))
    answer(as_json, {**why.to_dict(), "simulated": check and check[1].to_dict()}, lines)


def _simulated(
    forecast: Forecast, index: int, goals: Goals, settings: dict[str, Any], replications: int
) -> tuple[Requirement, Check] | None:
    """The interval in a simulation of its day with what is required; None where no contact is expected in it."""
    from floorwalker.science.staffing import audit_day, plan_intervals

    if not replications or not forecast.contacts[index] > 0:
        return None
    need = plan_intervals(forecast, goals, **settings)
    day = forecast.grid.day_index[index]
    found = audit_day(
        forecast, need, day, patience_seconds=settings["patience_seconds"], replications=replications
    )
    check = found.intervals[index - forecast.grid.day_slice(day).start]
    return None if check is None else (need, check)


def _in_words(need: Requirement, check: Check) -> str:
    low, high = max(0.0, check.achieved.low), min(1.0, check.achieved.high)
    band = f"{100 * check.achieved.mean:.1f} % ({100 * low:.1f}–{100 * high:.1f})"
    verdict = "as claimed" if check.within else "more than 2 points off"
    return (
        f"  as simulated: {band} answered within {need.target.seconds:g} s by the agents required; "
        f"claimed {100 * check.claimed:.1f} %, {verdict}"
    )


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
