"""`floorwalker simulate`: a centre described in a file, run many times."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from floorwalker.cli import options
from floorwalker.cli.interrupt import ended_by_interrupt
from floorwalker.cli.output import Stages, answer, write_whole

if TYPE_CHECKING:
    from floorwalker.science.simulation import HalfWidth, Simulation

EPILOG = """\b
Examples:
  floorwalker simulate centre.json
  floorwalker simulate centre.json --until-halfwidth 0.5 --seed 7 --by period --csv periods.csv
\b
The file: docs/reference/simulation-model.md; an example: examples/centre.json.
"""
USUAL = 20
MEASURES = {"service": "service_level", "abandon": "abandon_rate", "wait": "mean_wait", "occupancy": "occupancy"}


@click.command(epilog=EPILOG)
@click.argument("model", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--replications", type=click.IntRange(1, 1_000_000), help="So many independent runs; 20 unless told otherwise."
)
@click.option(
    "--until-halfwidth",
    type=options.Amount(0, 1e9, lowest_open=True),
    help="Run until the interval is this narrow to either side: percentage points, or seconds with --of wait.",
)
@click.option(
    "--of",
    "measure",
    type=click.Choice(list(MEASURES)),
    default="service",
    show_default=True,
    help="Of which measure, all types together, --until-halfwidth speaks.",
)
@click.option(
    "--most",
    type=click.IntRange(2, 1_000_000),
    default=2_000,
    show_default=True,
    help="With --until-halfwidth: runs at most.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Same seed, same numbers.")
@click.option(
    "--warm-up",
    type=options.Amount(0, 1e9),
    default=0.0,
    help="Leave out so many seconds at the start of each run.",
)
@click.option(
    "--by",
    type=click.Choice(["type", "group", "agent", "period", "day", "group-period", "group-day"]),
    default="type",
    show_default=True,
    help="What a line of the table and of --csv is about.",
)
@click.option(
    "--detail",
    is_flag=True,
    help="Count waits by period and by agent, too: percentiles and waits in those tables.",
)
@click.option(
    "--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write every measure, by --by, to this file."
)
@options.as_json
def command(
    model: Path, replications: int | None, until_halfwidth: float | None, measure: str, most: int, seed: int,
    warm_up: float, by: str, detail: bool, csv: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Run the centre that MODEL (JSON) describes, and say what callers and agents meet.

    Every figure carries half of its 95 % interval; the lines below the tables say what each share is a share of.
    A centre that can never come to rest is said before it runs.
    """
    from floorwalker.cli.at_rest import overloaded
    from floorwalker.cli.files.centre import read_centre
    from floorwalker.cli.simulating import as_dict, lines_of
    from floorwalker.science.errors import InvalidInput
    from floorwalker.science.outcome import Stop
    from floorwalker.science.simulation import HalfWidth, simulate

    if replications is not None and until_halfwidth is not None:
        raise InvalidInput("--replications and --until-halfwidth exclude each other; give one")
    centre = read_centre(model)
    warnings = overloaded(centre)
    until = None
    if until_halfwidth is not None:
        until = HalfWidth(MEASURES[measure], until_halfwidth / (1 if measure == "wait" else 100), most=most)
    stages = Stages()
    with ended_by_interrupt(stages, "what was run so far is shown") as asked, stages.stage("Simulating"):
        found = simulate(
            centre,
            replications=replications or USUAL,
            until=until,
            seed=seed,
            warm_up_seconds=warm_up,
            detail=detail,
            stop=Stop(cancelled=asked, told=stages.note),
        )
    warnings += _told_after(found, until, replications or USUAL)
    if csv is not None:
        write_whole(csv, found.to_frame(by=by).to_csv(index=False))
    answer(as_json, as_dict(found, by, warnings) if as_json else {}, [] if as_json else lines_of(found, by))


def _told_after(found: Simulation, until: HalfWidth | None, wanted: int) -> list[str]:
    """What was asked for and not reached, on standard error."""
    told = []
    if until is None and found.replications < wanted:
        told.append(f"Stopped after {found.replications} of {wanted} runs.")
    if until is not None and (reached := until.of(found).half_width) > until.seconds_or_share:
        unit, scale = (" s", 1) if until.measure == "mean_wait" else (" points", 100)
        told.append(
            f"After {found.replications:,} runs the half-width is {scale * reached:.3g}{unit}, not yet the "
            f"{scale * until.seconds_or_share:.3g} asked for."
        )
    for each in told:
        click.echo(each, err=True)
    return told
