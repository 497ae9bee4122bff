"""The suite's commands at the command line: what they say and the code they end with."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from floorwalker.cli.main import run
from floorwalker.kernel import audit
from floorwalker.kernel.models import Entry
from floorwalker.kernel.postgres import Private
from tests.kernel.jobs.workers import address
from tests.kernel.postgres.conftest import place
from tests.people import NOW, Cast

__all__ = ["place"]  # a fixture
NOBODY_LISTENS = "postgresql://floorwalker_app:x@127.0.0.1:1/floorwalker"
Said = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commands prepare the environment and the log of a process that is theirs; this one is not."""
    # To set up logging anew closes every handler there is, and with it what pytest catches the words of a test in.
    monkeypatch.setattr("logging.config.dictConfig", lambda _settings: None)
    before, umask = dict(os.environ), os.umask(0o077)
    yield
    os.umask(umask)
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    settings.HOME = folder
    monkeypatch.setenv("FLOORWALKER_HOME", str(folder))
    return folder


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Said:
    """The exit code of a command, and all it said."""

    def run_it(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        code = run(arguments)
        out, err = capfd.readouterr()
        return code, out + err

    return run_it


def tampered() -> Entry:
    """An entry that somebody with the keys to the database changed; entries are numbered at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_entry SET verb = 'test.never' WHERE verb = 'test.did' AND about_id = '1'")
    return Entry.objects.get(verb="test.never")


def three_entries(cast: Cast) -> None:
    for number in range(3):
        audit.record(by=cast.planner.actor, verb="test.did", about=("test.thing", number), facts={}, at=NOW)
    audit.seal()


def test_the_audit_is_verified(cast: Cast, home: Path, said: Said) -> None:
    """All well: code 0 and how many entries hold together."""
    three_entries(cast)
    code, words = said("audit", "verify", "--database", address())
    assert code == 0
    assert re.search(r"All 3 entries hold together, and so do the \d+ heads kept outside\.", words)


def test_a_changed_audit_ends_with_1_and_names_the_row(cast: Cast, home: Path, said: Said) -> None:
    three_entries(cast)
    changed = tampered()
    code, words = said("audit", "verify", "--database", address())
    assert code == 1
    assert f"The record was changed at entry {changed.seq}: " in words


def test_a_doctor_without_complaints_ends_with_0(cast: Cast, home: Path, said: Said) -> None:
    """Every examination has its line; on a laptop that letters go to a folder is a note."""
    code, words = said("doctor", "--database", address())
    assert code == 0, words
    for line in ("✓ The data folder", "✓ PostgreSQL", "✓ The audit's"):
        assert line in words
    assert "✗" not in words


def test_a_doctor_who_finds_something_ends_with_1_and_says_what_to_do(cast: Cast, home: Path, said: Said) -> None:
    home.chmod(0o755)
    three_entries(cast)
    changed = tampered()
    code, words = said("doctor", "--database", address())
    assert code == 1
    assert f"✗ Others may read the data folder {home}\n    chmod go-rw {home}" in words
    assert f"✗ The audit was changed at entry {changed.seq}" in words


def test_a_link_from_the_console_lets_its_person_in_once(cast: Cast, home: Path, said: Said) -> None:
    """The e-mail in any case; the address printed is the suite's; who printed it stands in the audit."""
    code, words = said("users", "link", "PLANNER@example.org", "--database", address())
    assert code == 0
    path = re.search(r"http://localhost:8000(/sign-in/link/\S+/)", words)
    assert path is not None, words
    browser = Browser()
    assert browser.post(path[1]).status_code == 302
    assert browser.get("/people/").status_code == 200
    assert Browser().post(path[1]).status_code == 410


@pytest.mark.parametrize("email", ["nobody@example.org", "planner", ""])
def test_a_link_for_nobody_is_refused(cast: Cast, home: Path, said: Said, email: str) -> None:
    code, words = said("users", "link", email, "--database", address())
    assert code == 2
    assert f"nobody who may sign in has the e-mail {email}; look at the page Users" in words


def test_the_first_user_is_made_in_an_empty_suite_alone(db: None, home: Path, said: Said) -> None:
    code, words = said("users", "first", "--database", address())
    assert code == 0
    assert "http://localhost:8000/sign-in/link/" in words


def test_with_users_there_is_no_first_one(cast: Cast, home: Path, said: Said) -> None:
    code, words = said("users", "first", "--database", address())
    assert code == 2
    assert "there are users already: floorwalker users link EMAIL lets one of them in" in words


COMMANDS = (
    ("doctor",),
    ("audit", "verify"),
    ("users", "link", "planner@example.org"),
    ("users", "first"),
    ("web", "--port", "8093"),
    ("work",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_address_that_is_none_is_named(home: Path, said: Said, command: tuple[str, ...]) -> None:
    """Code 2 and one sentence: which setting, and what it must read. No traceback."""
    code, words = said(*command, "--database", "sqlite:///floor.db")
    assert code == 2
    assert words.startswith("Error: --database must read postgresql://user:password@host:port/name")
    assert len(words.splitlines()) == 1


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("command", COMMANDS[1:], ids=" ".join)
def test_a_database_that_does_not_answer_is_said(home: Path, said: Said, command: tuple[str, ...]) -> None:
    """Code 2 and one sentence: why, and what to do – from the worker too, which its supervisor starts again."""
    code, words = said(*command, "--database", NOBODY_LISTENS)
    assert code == 2
    assert words.startswith("Error: the database does not answer: ")
    assert "mend its address (--database or FLOORWALKER_DATABASE)" in words
    assert "Traceback" not in words


def test_the_private_database_is_started_looked_at_and_stopped(
    place: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`db start`, `status`, `stop`, each twice: whoever comes second is told the same."""
    monkeypatch.setenv("FLOORWALKER_HOME", str(place))
    for name in ("FLOORWALKER_DATABASE", "FLOORWALKER_DATABASE_OWNER"):
        monkeypatch.delenv(name, raising=False)
    server = Private(place / "database")
    try:
        assert said("db", "status") == (0, "The database is stopped.\n")
        for _ in range(2):
            assert said("db", "start") == (0, "The database runs.\n")
        code, words = said("db", "status")
        assert (code, words) == (0, f"The database runs: PostgreSQL {server.version()}.\n")
        for _ in range(2):
            assert said("db", "stop") == (0, "The database is stopped.\n")
    finally:
        server.stop()


def test_programs_that_are_none_are_named(place: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no PostgreSQL can be found a command says what it looked for."""
    monkeypatch.setenv("FLOORWALKER_HOME", str(place))
    monkeypatch.setenv("FLOORWALKER_PG_BIN", "/nowhere")
    code, words = said("db", "start")
    assert code == 2
    assert "Error: /nowhere is not a folder of PostgreSQL programs" in words
