"""`floorwalker doctor`: what is unsafe or broken about this installation."""

from __future__ import annotations

import click

from floorwalker.project.commands import options
from floorwalker.project.commands.speaking import in_words
from floorwalker.project.installation import find

MARKS = {"good": "✓", "note": "·", "unsafe": "✗"}


@click.command(name="doctor")
@options.database
@in_words()
def command(database: str | None) -> int:
    """Look at settings, data folder, database, audit and e-mail; say what is unsafe and what to do.

    Exit code 1 when something is unsafe. A production start is refused until it is set right.
    """
    find(database).use()
    from floorwalker.project.doctor import UNSAFE, examine

    found = examine()
    for each in found:
        click.echo(f"{MARKS[each.level]} {each.what}")
        if each.advice:
            click.echo(f"    {each.advice}")
    return int(any(each.level == UNSAFE for each in found))
