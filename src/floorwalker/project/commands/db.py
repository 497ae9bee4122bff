"""`floorwalker db`: the private database of this installation."""

from __future__ import annotations

import click

from floorwalker.kernel.postgres import NoPostgres, Private
from floorwalker.project.installation import find, home_folder


@click.group(name="db")
def command() -> None:
    """Start, look at or stop the private database of this installation."""


@command.command()
def start() -> None:
    """Start it, or join the one that runs."""
    try:
        find(None)
    except NoPostgres as error:
        raise click.ClickException(str(error)) from error
    click.echo("The database runs.")


@command.command()
def status() -> None:
    """Say whether it runs, and its version."""
    server = Private(home_folder() / "database")
    click.echo(
        f"The database runs: PostgreSQL {server.version()}." if server.running() else "The database is stopped."
    )


@command.command()
def stop() -> None:
    """Stop it; pages and jobs that use it end with an error until it is started again."""
    Private(home_folder() / "database").stop()
    click.echo("The database is stopped.")


@command.command()
def migrate() -> None:
    """Bring the tables up to date."""
    find(None).migrate()
    click.echo("The tables are up to date.")
