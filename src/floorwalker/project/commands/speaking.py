"""What keeps a command from its installation or its database, in a sentence instead of a traceback."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import click

from floorwalker.kernel.postgres import NoPostgres
from floorwalker.project.environment import BadSetting
from floorwalker.project.installation import NoDatabase

EXPECTED = (NoPostgres, NoDatabase, BadSetting)


@contextmanager
def in_words() -> Iterator[None]:
    """Around a command: it ends with exit code 2 and one sentence that says what to do."""
    try:
        yield
    except EXPECTED as error:
        raise click.ClickException(str(error)) from error
    except subprocess.CalledProcessError as error:
        raise click.ClickException("the suite could not be prepared; what went wrong stands above") from error
    except Exception as error:
        sentence = _of_the_database(error)
        if not sentence:
            raise
        raise click.ClickException(sentence) from error


def _of_the_database(error: Exception) -> str:
    from django.db import InterfaceError, OperationalError, ProgrammingError

    if isinstance(error, OperationalError | InterfaceError):
        return f"the database does not answer: {str(error).partition(chr(10))[0]}; start it, or mend its address"
    if isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", "") in {"42P01", "42703"}:
        return "the tables of this database are not up to date: floorwalker db migrate"
    return ""
