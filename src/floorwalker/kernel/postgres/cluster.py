"""A new cluster: made aside, furnished with its roles and its database, and only then put in its place.

Roles are made in single-user mode, before any socket exists. The superuser of the cluster has a password nobody
keeps: who may write the files needs none, and nobody else shall have one.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from floorwalker.kernel.postgres.account import Account
from floorwalker.kernel.postgres.binaries import Binaries
from floorwalker.kernel.postgres.connection import APP, DATABASE, OWNER
from floorwalker.kernel.postgres.errors import NoPostgres
from floorwalker.kernel.postgres.folders import Layout, write
from floorwalker.kernel.postgres.settings import FILE_NAME, settings

SUPERUSER = "floorwalker_cluster"
LOCALE = ("--locale=C", "--lc-ctype=UTF-8") if sys.platform == "darwin" else ("--locale=C.UTF-8",)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What it takes to work on a cluster: where, with what, as whom, and the open file that says so to others."""

    layout: Layout
    binaries: Binaries
    who: Account
    holding: int

    def run(self, program: str, *arguments: str, feed: str | None = None) -> tuple[int, str]:
        """Exit code and words of a program of PostgreSQL's, run in the data folder: no path needs quoting."""
        done = self.who.run(
            [self.binaries.folder / program, *arguments], folder=self.layout.data, holding=self.holding, feed=feed
        )
        return done.returncode, done.stdout.strip()

    def write(self, path: Path, text: str) -> None:
        """A file that belongs to the account the server runs as."""
        write(path, text, uid=self.who.uid, gid=self.who.gid)

    def append(self, path: Path, text: str) -> None:
        """Add to a file that account owns; done by the account, for root would follow a link there."""
        self.who.run(["/bin/sh", "-c", 'cat >> "$0"', str(path)], folder=self.layout.data, feed=text)


def make(shop: Workshop, passwords: dict[str, str], *, fast_and_unsafe: bool) -> None:
    """Make the cluster in ``pgdata.new`` and rename it: ``pgdata`` is there whole or not at all."""
    layout, new = shop.layout, shop.layout.unfinished
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    os.chown(new, shop.who.uid, shop.who.gid, follow_symlinks=False)
    superusers_password = layout.run / "initdb"
    shop.write(superusers_password, secrets.token_urlsafe(32))
    try:
        code, said = shop.run(
            "initdb",
            f"--pgdata={new.name}",
            f"--username={SUPERUSER}",
            "--auth-local=scram-sha-256",
            "--auth-host=reject",
            f"--pwfile={superusers_password.relative_to(layout.data)}",
            "--encoding=UTF8",
            *LOCALE,
            "--data-checksums",
            "--no-instructions",
            *(["--no-sync"] if fast_and_unsafe else []),
        )
    finally:
        superusers_password.unlink(missing_ok=True)
    if code != 0:
        raise NoPostgres(f"initdb could not make a database in {layout.data}; it said:\n{said}")
    shop.append(new / "postgresql.conf", f"\ninclude = '{FILE_NAME}'\n")
    shop.write(new / FILE_NAME, settings(layout.socket_folder(shop.who), fast_and_unsafe=fast_and_unsafe))
    in_single_user_mode(shop, new, furniture(passwords, fast_and_unsafe=fast_and_unsafe))
    new.rename(layout.pgdata)


def furniture(passwords: dict[str, str], *, fast_and_unsafe: bool) -> list[str]:
    """The roles, what one may do with the other's tables, and the database.

    Default privileges are given in the template, so that a database made later (a test's) has them too. The owner
    sees every row whatever a policy says, because migrations and backups must; the role that serves never does.
    """
    create = "CREATEDB" if fast_and_unsafe else "NOCREATEDB"
    grant = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT"
    return [
        f"CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOCREATEROLE CREATEDB BYPASSRLS PASSWORD '{passwords[OWNER]}'",
        f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEROLE {create} NOBYPASSRLS PASSWORD '{passwords[APP]}'",
        f"GRANT pg_monitor, pg_signal_backend TO {OWNER}",
        f"{grant} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
        f"{grant} SELECT, USAGE, UPDATE ON SEQUENCES TO {APP}",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
    ]


def change_passwords(shop: Workshop, passwords: dict[str, str]) -> None:
    """Give the roles of an existing cluster new passwords, for when the folder with the old ones is gone."""
    statements = [f"ALTER ROLE {role} PASSWORD '{password}'" for role, password in passwords.items()]
    in_single_user_mode(shop, shop.layout.pgdata, statements)


def in_single_user_mode(shop: Workshop, cluster: Path, statements: list[str]) -> None:
    """Run statements in a cluster that nobody serves; passwords travel by pipe and are not logged."""
    code, said = shop.run(
        "postgres",
        "--single",
        "-D",
        cluster.name,
        "-c",
        "exit_on_error=on",
        "-c",
        "log_min_error_statement=panic",
        "template1",
        feed="".join(f"{statement}\n" for statement in statements),
    )
    if code != 0:
        raise NoPostgres(f"PostgreSQL could not furnish the database in {shop.layout.data}; it said:\n{said}")
