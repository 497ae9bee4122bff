"""`floorwalker db`: the private database of this installation."""

from __future__ import annotations

import click

from floorwalker.kernel.postgres import Private
from floorwalker.project.commands.speaking import in_words
from floorwalker.project.installation import find, home_folder


@click.group(name="db")
def command() -> None:
    """Start, look at or stop the private database of this installation."""


@command.command()
@in_words()
def start() -> None:
    """Start it, or join the one that runs."""
    find(None)
    click.echo("The database runs.")


@command.command()
@in_words()
def status() -> None:
    """Say whether it runs, and its version."""
    server = Private(home_folder() / "database")
    click.echo(
        f"The database runs: PostgreSQL {server.version()}." if server.running() else "The database is stopped."
    )


@command.command()
@in_words()
def stop() -> None:
    """Stop it; pages and jobs that use it end with an error until it is started again."""
    Private(home_folder() / "database").stop()
    click.echo("The database is stopped.")


@command.command()
@in_words()
def migrate() -> None:
    """Bring the tables up to date."""
    find(None).migrate()
    click.echo("The tables are up to date.")
