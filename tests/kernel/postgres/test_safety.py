"""Who gets in, and what they may do then."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from floorwalker.kernel.postgres import Private, Server
from floorwalker.kernel.postgres.binaries import find
from tests.kernel.postgres.conftest import ask, in_another_process, needs_linux, needs_root, say

NAMELESS = """
import os
from pathlib import Path
from floorwalker.kernel.postgres import NoPostgres, Private
os.setgid(54321)
os.setuid(54321)
try:
    Private(Path("/nowhere/data"))
except NoPostgres as refused:
    print(refused)
"""
STRANGER = ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server as people have it, that waits for the disk; one for all that is tried on it."""
    place = Path(tempfile.mkdtemp(prefix="floorwalker-"))
    place.chmod(0o711 if os.geteuid() == 0 else 0o700)
    private = Private(place / "data")
    yield private.start()
    private.stop()
    shutil.rmtree(place)


@needs_root
@needs_linux
def test_another_user_of_the_machine_cannot_connect_even_with_the_password(server: Server) -> None:
    """The socket lies in a closed folder; by the same command we do get in."""
    psql = find().folder / "psql"
    if not psql.exists():
        pytest.skip("needs psql beside the server's programs")
    command = [psql, "--no-psqlrc", "-Atc", "SELECT 1", server.app.url]

    def ask_as(who: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*who, *command], capture_output=True, text=True, check=False)

    assert ask_as([]).stdout == "1\n"
    refused = ask_as(STRANGER)
    assert refused.returncode != 0
    assert "Permission denied" in refused.stderr


@needs_root
@needs_linux
@pytest.mark.parametrize("part", ["secret", "pgdata", "run", "."])
def test_another_user_sees_none_of_our_folders(server: Server, part: str) -> None:
    """Not even their names."""
    seen = subprocess.run([*STRANGER, "ls", server.folder / part], capture_output=True, text=True, check=False)
    assert seen.returncode != 0
    assert seen.stdout == ""


@needs_root
@needs_linux
def test_a_user_without_a_name_is_told_so() -> None:
    """As many containers start: PostgreSQL looks its user up and finds nobody."""
    said = in_another_process(NAMELESS).communicate()[0]
    assert "54321 has none" in said


@needs_root
@needs_linux
def test_the_servers_own_account_cannot_read_the_passwords_files(server: Server) -> None:
    """For root they belong to root: a hole in the server does not give away how to log in."""
    who = server.folder.joinpath("pgdata").stat()
    command = ["setpriv", f"--reuid={who.st_uid}", f"--regid={who.st_gid}", "--clear-groups"]
    seen = subprocess.run([*command, "ls", server.folder / "secret"], capture_output=True, text=True, check=False)
    assert seen.returncode != 0


@pytest.mark.parametrize("role", ["app", "owner"])
def test_without_the_right_password_even_we_do_not_get_in(server: Server, role: str) -> None:
    """Nothing is trusted for who is asking, neither on the socket nor for being root."""
    login = getattr(server, role)
    for password in ("", "guess"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            ask(replace(login, password=password), "SELECT 1")


@pytest.mark.parametrize("name", ["floorwalker_cluster", "postgres"])
def test_nobody_logs_in_as_superuser(server: Server, name: str) -> None:
    """Neither our passwords nor the usual name open that door."""
    for password in (server.owner.password, server.app.password):
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            ask(replace(server.owner, user=name, password=password), "SELECT 1")


def test_nothing_listens_on_a_network(server: Server) -> None:
    """The socket is all there is."""
    assert ask(server.app, "SHOW listen_addresses") == ""


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "COPY (SELECT 1) TO '/tmp/floorwalker-out'",
        "CREATE TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "ALTER ROLE floorwalker_app SUPERUSER",
        "ALTER ROLE floorwalker_app BYPASSRLS",
        "SET ROLE floorwalker_owner",
        "ALTER SYSTEM SET fsync = off",
        "SELECT pg_reload_conf()",
    ],
)
def test_the_role_that_serves_may_not(server: Server, statement: str) -> None:
    """No server files, no programs, no tables, no roles, no settings: reading and writing rows is all it does."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        say(server.app, statement)


@pytest.mark.parametrize(
    "statement", ["SELECT pg_read_file('/etc/passwd')", "COPY (SELECT 1) TO PROGRAM 'id'", "CREATE ROLE mine"]
)
def test_nor_is_the_role_that_migrates_a_superuser(server: Server, statement: str) -> None:
    """As with an operator's own PostgreSQL, so that a migration that needs more fails here first."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        say(server.owner, statement)


def test_what_the_owner_makes_the_app_may_use_until_it_is_taken_away(server: Server) -> None:
    """Rows and numbers of later tables without a grant of their own; a migration may revoke on a single table."""
    say(server.owner, "CREATE TABLE a (id serial, n int)", "CREATE TABLE log (id serial, n int)")
    say(server.owner, "REVOKE UPDATE, DELETE ON log FROM floorwalker_app")
    say(
        server.app,
        "INSERT INTO a (n) VALUES (1)",
        "UPDATE a SET n = 2",
        "SELECT nextval('a_id_seq')",
        "DELETE FROM a",
    )
    say(server.app, "INSERT INTO log (n) VALUES (1)")
    for statement in ("UPDATE log SET n = 2", "DELETE FROM log", "TRUNCATE a", "DROP TABLE a"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            say(server.app, statement)


def test_policies_bind_the_app_and_not_migrations(server: Server) -> None:
    """Row-level security proves something only for a role that cannot bypass it."""
    say(
        server.owner,
        "CREATE TABLE p (tenant int)",
        "INSERT INTO p VALUES (1), (2)",
        "ALTER TABLE p ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE p FORCE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON p USING (tenant = 1)",
    )
    assert ask(server.app, "SELECT count(*) FROM p") == 1
    assert ask(server.owner, "SELECT count(*) FROM p") == 2


def test_on_a_test_server_the_app_makes_databases_and_the_grants_are_there_too(quick: Private) -> None:
    """Django makes a database for tests; tables its owner makes in it are usable like in the real one."""
    server = quick.start()
    say(server.app, "CREATE DATABASE test_app")
    say(replace(server.app, dbname="test_app"), "CREATE TABLE t (n int)")
    say(server.owner, "CREATE DATABASE test_owner")
    say(replace(server.owner, dbname="test_owner"), "CREATE TABLE t (n int)")
    assert ask(replace(server.app, dbname="test_owner"), "SELECT count(*) FROM t") == 0
    assert ask(server.app, "SHOW fsync") == "off"


def test_no_password_is_printed_or_logged(server: Server) -> None:
    """Not by repr, and not in what the server writes down, also about a login that failed."""
    with pytest.raises(psycopg.OperationalError):
        ask(replace(server.app, password="guess"), "SELECT 1")
    passwords = (server.app.password, server.owner.password)
    logs = [server.folder / "run" / "start.log", *(server.folder / "pgdata" / "log").iterdir()]
    written = repr(server) + "".join(log.read_text() for log in logs)
    assert "floorwalker_app" in written
    assert not any(password in written for password in passwords)
