"""`floorwalker audit`: whether anybody has changed the record of who did what."""

from __future__ import annotations

import click

from floorwalker.project.commands import options
from floorwalker.project.commands.speaking import in_words
from floorwalker.project.installation import find


@click.group(name="audit")
def command() -> None:
    """The record of who did what to what, and when."""


@command.command()
@options.database
@in_words()
def verify(database: str | None) -> int:
    """Recompute the chain from its first row to its last; name the first row that was changed.

    Exit code 1 when the record was changed. The head it found is also kept in the data folder, so that a record
    cut short is noticed too; keep what this prints somewhere else as well.
    """
    find(database).reach()
    from floorwalker.kernel import audit

    verdict = audit.verify()
    if verdict.breach is None:
        click.echo(
            f"All {verdict.entries:,} entries hold together, and so do the {verdict.heads:,} heads kept outside."
        )
        return 0
    click.echo(f"The record was changed at entry {verdict.breach.seq}: {verdict.breach.text}")
    return 1
