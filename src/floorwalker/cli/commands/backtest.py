"""`floorwalker backtest`: each method on the user's own past, and the choice judged apart."""

from __future__ import annotations

from pathlib import Path

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer, table

EPILOG = """\b
Example:
  floorwalker backtest calls.csv --horizon 7 --weeks 8 --step 30 --holidays US --json
"""


@click.command(epilog=EPILOG)
@options.history_argument
@click.option("--horizon", type=click.IntRange(1, 546), default=7, show_default=True, help="Days ahead.")
@click.option("--weeks", type=click.IntRange(1, 104), default=8, show_default=True, help="Weekly origins judged.")
@click.option("--step", type=int, help="Minutes of an interval, 1440 for days; else 30, or as the history is.")
@options.reading
@click.option("--queue", help="Only this queue; else the first with its name said.")
@options.as_json
def command(
    history: Path, horizon: int, weeks: int, step: int | None, mapping: dict[str, str] | None, zone: str | None,
    holidays: str | None, special_days: Path | None, queue: str | None, as_json: bool,
) -> None:  # fmt: skip
    """How each forecasting method would have done on HISTORY, and how choosing among them would have.

    `chosen` is scored only on weeks it was not chosen on: at each origin it knows what was known then.
    """
    from floorwalker.cli.planning.calendars import read_calendar
    from floorwalker.cli.planning.reading import plan_step, read
    from floorwalker.contacts import to_demand
    from floorwalker.science.errors import InvalidInput
    from floorwalker.science.forecasting import backtest

    stages = Stages()
    with stages.stage(f"Reading {history.name}"):
        source = read(history, zone=zone, mapping=mapping)
    demands = to_demand(source, step_seconds=plan_step(source, step))
    if queue is not None and queue not in demands:
        raise InvalidInput(f"--queue {queue!r} is not in the history; it holds {', '.join(demands)}")
    name = queue or max(demands, key=lambda q: float(demands[q].offered[demands[q].known].sum()))
    if not demands[name].offered[demands[name].known].any():
        raise InvalidInput(f"the history of {name!r} holds no contact; nothing can be learnt or judged from it")
    calendar = read_calendar(holidays, special_days)
    with stages.stage(f"Trying the methods on {name}"):
        found = backtest(demands[name], horizon_days=horizon, weeks=weeks, calendar=calendar)
    origins = len(found.trials)
    value = {"queue": name, "horizon_days": horizon, "origins": origins, **found.to_dict()}
    rows = [{"method": method, **scores.to_dict()} for method, scores in found.methods.items()]
    rows.append({"method": f"chosen each week (now {found.chosen.name})", **found.chosen.scores.to_dict()})
    head = f"{name}: {horizon} days ahead from {origins} weekly origins"
    answer(as_json, value, [head, *table(rows, list(rows[0]))])
