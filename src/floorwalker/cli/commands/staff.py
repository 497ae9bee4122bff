"""`floorwalker staff`: a forecast becomes required and scheduled people."""

from __future__ import annotations

from pathlib import Path

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer, table, write_whole

EPILOG = """\b
Example:
  floorwalker staff forecast.csv --service 80/20 --patience 120 --shrinkage 30 --out required.csv
  floorwalker staff --multi-skill examples/centre.json --period 8 --most generalists=6
"""
FOR_BOTH = ("forecast", "model", "out", "as_json")
FOR_MODELS = ("period", "fewest", "most", "tolerance", "seed", "time_limit")


@click.command(epilog=EPILOG)
@click.argument("forecast", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--multi-skill",
    "model",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Instead of a forecast: agents by group of a centre described in JSON, its targets there.",
)
@click.option(
    "--period", type=click.IntRange(0), multiple=True, help="With --multi-skill: this period; repeatable."
)
@click.option("--fewest", type=options.Counts(), help="With --multi-skill: at least so many of a group.")
@click.option("--most", type=options.Counts(), help="With --multi-skill: at most so many of a group.")
@click.option(
    "--tolerance",
    type=options.Amount(0, 50, lowest_open=True),
    default=1.0,
    show_default=True,
    help="With --multi-skill: service points a type may at most be under its target.",
)
@click.option("--seed", type=click.IntRange(0), default=0, help="With --multi-skill: of the random numbers.")
@click.option(
    "--time-limit",
    type=options.search_seconds,
    default=60.0,
    show_default=True,
    help="With --multi-skill: seconds a period at most, after which the best so far is taken.",
)
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
    forecast: Path | None, model: Path | None, period: tuple[int, ...], fewest: dict[str, int] | None,
    most: dict[str, int] | None, tolerance: float, seed: int, time_limit: float, service: str | None,
    definition: str, max_abandon: float | None, max_occupancy: float | None, max_asa: float | None,
    patience: float | None, aht: float | None, shrinkage: float, confidence: float | None, absence: float,
    min_staff: int, over: str, zone: str | None, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Required and scheduled staff for each interval of FORECAST, a CSV with start, contacts and aht_seconds.

    Intervals without contacts are closed and get nobody. With --multi-skill, agents by group of a described centre
    in which skills overlap, found and checked by simulation.
    """
    _check_one_input(forecast, model)
    if model is not None:
        from floorwalker.cli.files.rows import write_rows
        from floorwalker.cli.planning.multi_skill import staff_model

        limits = {"tolerance": tolerance / 100, "fewest": fewest, "most": most}
        stages = Stages(quiet=as_json)
        with stages.stage("Staffing"):
            found, lines, counts = staff_model(
                model, period, seed=seed, time_limit=time_limit, stages=stages, **limits
            )
        if out is not None:
            write_whole(out, write_rows(["period", "group", "agents"], counts))
            lines.append(f"Written: {out}")
        answer(as_json, found, lines)
        return
    assert forecast is not None
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


def _check_one_input(forecast: Path | None, model: Path | None) -> None:
    """A forecast or a model, and no option that belongs to the other."""
    if (forecast is None) == (model is None):
        raise click.UsageError(
            "give a FORECAST, or a described centre with --multi-skill MODEL.json, and not both"
        )
    context = click.get_current_context()
    for param in context.command.params:
        name = param.name or ""
        given = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        if given and name not in FOR_BOTH and (name in FOR_MODELS) != (model is not None):
            where = "needs --multi-skill" if name in FOR_MODELS else "does not go with --multi-skill"
            raise click.UsageError(f"{param.opts[0]} {where}")
