"""The tests' own PostgreSQL: one private server of the checkout, one database for each test process.

Migrating a database takes seconds, copying a migrated one a blink: so there is a template, made anew when a
migration has changed. Several test runs at once share the server, and the last one stops it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from floorwalker.kernel.postgres import Private

TEMPLATE = "floorwalker_template_"
TEST = "floorwalker_test_"
TRIES, PAUSE_SECONDS = 20, 0.5
MAKING = 7065100  # the lock under which templates come and go


class SharedServer:
    """The server of this checkout's tests, stopped by the last run that uses it."""

    def __init__(self, folder: Path) -> None:
        self.private = Private(folder, fast_and_unsafe=True)
        self.users = folder.with_name(f"{folder.name}.users")

    def start(self) -> dict[str, str]:
        """Django's facts of the server."""
        self.users.parent.mkdir(parents=True, exist_ok=True)
        self.handle = os.open(self.users, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self.handle, fcntl.LOCK_SH)
        return self.private.start().app.django

    def stop(self) -> None:
        with suppress(BlockingIOError):
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.private.stop()
        os.close(self.handle)


@contextmanager
def own_database(settings: dict[str, Any]) -> Iterator[None]:
    """A migrated database for this process in Django's ``settings`` of the connection; gone afterwards."""
    from django.db import connection

    name = f"{TEST}{os.getpid()}"
    with maintaining(settings) as cursor:
        drop_abandoned(cursor)
        template = the_template(cursor, settings)
        drop(cursor, name)
        create(cursor, name, template)
    settings["NAME"] = name
    yield
    connection.close()
    with maintaining(settings | {"NAME": "postgres"}) as cursor:
        drop(cursor, name)


@contextmanager
def maintaining(settings: dict[str, Any]) -> Iterator[psycopg.Cursor[Any]]:
    """A connection that makes and drops databases, one process at a time."""
    with (
        psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"] or None,
            user=settings["USER"],
            password=settings["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        yield cursor


def the_template(cursor: psycopg.Cursor[Any], settings: dict[str, Any]) -> str:
    """The migrated database to copy; made if a migration has changed since the last one."""
    from django.core.management import call_command
    from django.db import connection

    name = TEMPLATE + fingerprint()
    known = [
        row[0]
        for row in cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE])
    ]
    if name in known:
        return name
    for old in known:
        drop(cursor, old)
    unfinished = f"{TEMPLATE}new"
    create(cursor, unfinished, "template0")
    settings["NAME"] = unfinished
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as inside:
        # Tests that commit are cleaned up by TRUNCATE; the one that proves it is refused puts the trigger back.
        inside.execute("ALTER TABLE kernel_entry DISABLE TRIGGER kernel_entry_no_truncate")
    connection.close()
    cursor.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
    )
    return name


def fingerprint() -> str:
    """Changes with every migration of every app."""
    from django.apps import apps

    digest = hashlib.sha256(Path(__file__).read_bytes())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def create(cursor: psycopg.Cursor[Any], name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    cursor.execute(statement)


def drop(cursor: psycopg.Cursor[Any], name: str) -> None:
    """Tried again while the server's own cleaning is at work in it, which only the server's owner may end."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _ in range(TRIES - 1):
        with suppress(psycopg.errors.InsufficientPrivilege):
            cursor.execute(statement)
            return
        time.sleep(PAUSE_SECONDS)
    cursor.execute(statement)


def drop_abandoned(cursor: psycopg.Cursor[Any]) -> None:
    """Remove what killed runs left behind."""
    for (name,) in cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEST]
    ).fetchall():
        try:
            os.kill(int(name.removeprefix(TEST).split("_")[0]), 0)
        except ProcessLookupError:
            drop(cursor, name)
        except PermissionError:
            continue
