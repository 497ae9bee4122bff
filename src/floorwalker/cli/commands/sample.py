"""`floorwalker sample`: a made-up centre to try everything on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer, write_whole
from floorwalker.science.errors import InvalidInput

EPILOG = """\b
Example:
  floorwalker sample harbour --until 2026-11-30 --out harbour
"""


@click.command(epilog=EPILOG)
@click.argument("size")
@click.option(
    "--until",
    type=options.Day(),
    help="First day after the history; else the next Monday.",
)
@click.option("--weeks", type=click.IntRange(2, 260), default=104, show_default=True, help="Weeks of history.")
@options.step
@click.option("--legs", type=click.IntRange(0, 52), default=0, show_default=True,
              help="The last weeks as single contacts and agent states, simulated.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another centre.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to.")
@options.as_json
def command(
    size: str, until: date | None, weeks: int, step: int, legs: int, seed: int, out: Path, as_json: bool
) -> None:
    """Write a made-up centre: SIZE is corner (20 agents), harbour (120) or a number up to 20000.

    history.csv and people.csv are what the other commands take. truth.json holds what was planted, to test
    methods against; planning does not read it. With --legs also legs.csv, one row a contact: source_key, queue,
    channel, start (local), outcome, wait_seconds, handling_seconds, agent; and states.csv, one row a stretch of
    an agent's shift: agent, start, end, state (available, contact, meal, away). The history then counts them.
    """
    from floorwalker.science.sample import live, make_centre, to_files

    preset = int(size) if size.isdecimal() else size
    stages = Stages()
    with stages.stage(f"Making up {size}"):
        centre = make_centre(preset, seed=seed, until=until or _next_monday(), weeks=weeks, step_seconds=step * 60)
    with stages.stage(f"Living through {legs} weeks" if legs else "Writing"):
        files = to_files(centre, live(centre, legs))
    if out.exists() and any((out / name).is_dir() for name in files):
        raise InvalidInput(f"{out} holds folders of the same names; name another with --out")
    for name, text in files.items():
        write_whole(out / name, text)
    lines = [f"{size}: {len(centre.people)} people, queues {', '.join(q.name for q in centre.queues)}"]
    lines += [f"  {out / name}" for name in files]
    answer(as_json, {"people": len(centre.people), "files": [str(out / name) for name in files]}, lines)


def _next_monday() -> date:
    from datetime import UTC, datetime, timedelta

    today = datetime.now(UTC).date()
    return today + timedelta(days=7 - today.weekday())
