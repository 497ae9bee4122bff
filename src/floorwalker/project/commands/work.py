"""`floorwalker work`: the worker that does the jobs."""

from __future__ import annotations

import click

from floorwalker.kernel.postgres import NoPostgres
from floorwalker.project.commands import options
from floorwalker.project.installation import find


@click.command(name="work")
@options.database
def command(database: str | None) -> None:
    """Do the jobs: forecasts, rosters, imports, e-mails. Run as many as you have machines for."""
    try:
        find(database).use()
    except NoPostgres as error:
        raise click.ClickException(str(error)) from error
    from floorwalker.kernel.jobs.worker import run_worker

    run_worker()
