"""`floorwalker users`: ways in for who sits at the server."""

from __future__ import annotations

import click

from floorwalker.project.commands import options
from floorwalker.project.commands.speaking import in_words
from floorwalker.project.installation import find


@click.group(name="users")
def command() -> None:
    """Sign-in links from the server's own console.

    Who can run commands here holds the keys to everything already, so a link made here stands for both factors.
    Each is written into the audit.
    """


@command.command()
@click.argument("email")
@options.database
@in_words()
def link(email: str, database: str | None) -> None:
    """Print a link that signs EMAIL in, once: for twelve hours on a laptop, for fifteen minutes in production.

    Example: floorwalker users link ada@example.org
    """
    _use(database)
    from django.utils import timezone

    from floorwalker.apps.accounts import services

    secret = services.console_link(email=email, at=timezone.now())
    if secret is None:
        raise click.ClickException(f"nobody who may sign in has the e-mail {email}; look at the page Users")
    click.echo(services.address_of_link(secret))


@command.command()
@options.database
@in_words()
def first(database: str | None) -> None:
    """Print a link that creates the first user of an empty suite; it works once, for an hour.

    Example: floorwalker users first
    """
    _use(database)
    from django.utils import timezone

    from floorwalker.apps.accounts import services

    secret = services.first_user_link(at=timezone.now())
    if secret is None:
        raise click.ClickException("there are users already: floorwalker users link EMAIL lets one of them in")
    click.echo(services.address_of_link(secret))


def _use(database: str | None) -> None:
    find(database).reach()
