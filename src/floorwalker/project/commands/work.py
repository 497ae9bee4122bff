"""`floorwalker work`: the worker that does the jobs."""

from __future__ import annotations

import click

from floorwalker.project.commands import options
from floorwalker.project.commands.speaking import in_words
from floorwalker.project.installation import find


@click.command(name="work")
@options.database
@in_words()
def command(database: str | None) -> None:
    """Do the jobs: forecasts, rosters, imports, e-mails. Run as many as you have machines for."""
    find(database).reach()
    from floorwalker.kernel.jobs.worker import run_worker

    run_worker()
