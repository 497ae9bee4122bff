"""`floorwalker rerun`: the same plan again, from its kept inputs."""

from __future__ import annotations

from pathlib import Path

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer, write_whole

EPILOG = """\b
Example:
  floorwalker rerun plan
"""


@click.command(epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.as_json
@click.pass_context
def command(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Rebuild every CSV of the plan in FOLDER from the inputs kept with it, and say whether it is the same.

    The exit code is 0 when every file came out byte for byte, 1 when one did not; the rebuilt ones are
    written either way.
    """
    from floorwalker.cli.planning.folder import rerun_plan

    found = rerun_plan(folder, Stages())
    for name, text in found.tables.items():
        write_whole(folder / name, text)
    same = [name for name in found.tables if name not in found.different]
    lines = [f"{name}: the same, byte for byte" for name in same]
    lines += [f"{name}: different from the file that was kept" for name in found.different]
    answer(as_json, {"same": same, "different": list(found.different)}, lines)
    ctx.exit(1 if found.different else 0)
