"""What is unsafe or broken about this installation, and what to do: `floorwalker doctor`.

Each examination answers with findings; a production start is refused while one of them is unsafe.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

GOOD, NOTE, UNSAFE = "good", "note", "unsafe"
OLDEST_SERVER = 150000
# Others may pass through, as the database's own account must when root runs the suite, but see and change nothing.
OTHERS = stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do about it."""

    level: str
    what: str
    advice: str = ""


class Unsafe(SystemExit):
    """A production start was refused; the exit code is not zero."""

    def __init__(self, findings: list[Finding]) -> None:
        lines = [f"  {each.what} – {each.advice}" for each in findings]
        super().__init__("\n".join(["Floorwalker does not start like this:", *lines]))


def examine() -> list[Finding]:
    """Everything, in the order a person would set it right."""
    return [finding for look in EXAMINATIONS for finding in look()]


def glance() -> list[Finding]:
    """What a page may ask for: everything but the audit, whose check reads every row of it."""
    looks = (_settings_of_this_run if look is _settings else look for look in EXAMINATIONS if look is not _audit)
    return [finding for look in looks for finding in look()]


def refuse_unsafe() -> None:
    """Stop a production start with defaults; a laptop serves its own loopback address only and may go on."""
    found = [finding for finding in (*_settings(), *_data_folder()) if finding.level == UNSAFE]
    if settings.PRODUCTION and found:
        raise Unsafe(found)


def _settings() -> Iterator[Finding]:
    """Django's checks and ours."""
    messages = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    for message in messages:
        if message.is_silenced():
            continue
        level = UNSAFE if message.level >= checks.WARNING else NOTE
        yield Finding(level, f"{message.id}: {message.msg}", str(message.hint or "see the manual, “Running it”"))
    if not messages:
        yield Finding(GOOD, f"The settings are fit for {settings.MODE} use.")


@cache
def _settings_of_this_run() -> list[Finding]:
    """They stay what they were when the process began; to look through every model again takes long."""
    return list(_settings())


def _data_folder() -> Iterator[Finding]:
    """Uploads, the contact store and secrets must be the service's own."""
    home = Path(settings.HOME)
    if not home.is_dir():
        yield Finding(
            UNSAFE, f"The data folder {home} is missing", "make it, owned by the user who runs the suite"
        )
    elif home.stat().st_mode & OTHERS:
        yield Finding(UNSAFE, f"Others may read the data folder {home}", f"chmod go-rw {home}")
    else:
        yield Finding(GOOD, f"The data folder {home} is readable by its owner only.")


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int, rolsuper, rolbypassrls, rolname "
                "FROM pg_roles WHERE rolname = current_user"
            )
            version, superuser, bypasses, name = cursor.fetchone()
    except DatabaseError as error:
        yield Finding(
            UNSAFE, f"The database does not answer: {str(error).splitlines()[0]}", "start it or mend its address"
        )
        return
    if version < OLDEST_SERVER:
        yield Finding(UNSAFE, f"PostgreSQL {version // 10000} is too old", "use PostgreSQL 15 or newer")
    if superuser or bypasses:
        advice = "give the pages a role of their own (NOSUPERUSER NOBYPASSRLS); the manual has the four lines"
        yield Finding(UNSAFE, f"The suite serves as the superuser {name}", advice)
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield Finding(UNSAFE, f"{len(pending)} changes of tables are pending", "floorwalker db migrate")
    if version >= OLDEST_SERVER and not (superuser or bypasses or pending):
        yield Finding(GOOD, f"PostgreSQL {version // 10000} answers; {name} may read and write, and nothing more.")


def _audit() -> Iterator[Finding]:
    from floorwalker.kernel import audit

    try:
        verdict = audit.verify()
    except DatabaseError:
        return  # that it does not answer, or has no tables yet, is said above
    if verdict.breach is None:
        yield Finding(GOOD, f"The audit's {verdict.entries:,} entries hold together.")
    else:
        advice = "keep a copy of the database as it is, and find out who can write to it past the suite"
        yield Finding(
            UNSAFE, f"The audit was changed at entry {verdict.breach.seq}: {verdict.breach.text}", advice
        )


def _mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        advice = "set FLOORWALKER_MAIL=smtp://… so that they reach people"
        yield Finding(NOTE, f"E-mails are written to {settings.EMAIL_FILE_PATH}", advice)
    else:
        yield Finding(GOOD, "E-mails are sent.")


EXAMINATIONS: tuple[Callable[[], Iterator[Finding]], ...] = (_settings, _data_folder, _database, _audit, _mail)
