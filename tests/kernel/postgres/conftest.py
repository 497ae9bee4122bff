"""A data folder where the server's account can reach it, and servers that are stopped whatever a test did."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from floorwalker.kernel.postgres import Login, NoPostgres, Private

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to be another user of the machine")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: /proc and setpriv")


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder below which the server's account gets anywhere; pytest's own is closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="floorwalker-"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def private(place: Path) -> Iterator[Callable[..., Private]]:
    """Makes private servers in a folder's place, and stops them all at the end."""
    made: list[Private] = []

    def make(name: str = "data", **options: Any) -> Private:
        server = Private(place / name, **options)
        made.append(server)
        return server

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def quick(private: Callable[..., Private]) -> Private:
    """A server for tests: does not wait for the disk."""
    return private(fast_and_unsafe=True)


def ask(login: Login, question: str, **parameters: Any) -> Any:
    """The first value of the answer."""
    with psycopg.connect(login.url) as connection:
        cursor = connection.execute(question, parameters or None)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def say(login: Login, *statements: str) -> None:
    """Run statements, each by itself."""
    with psycopg.connect(login.url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def postmaster(server: Private) -> int:
    """The number of the server's first process."""
    return int((server.layout.pgdata / "postmaster.pid").read_text().splitlines()[0])


def processes(server: Private) -> list[int]:
    """Every living process that works in the cluster's folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cwd").readlink() == server.layout.pgdata:
                found.append(int(folder.name))
        except OSError:
            continue  # gone by now, or a zombie
    return found


def in_another_process(code: str, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    """A Python that runs ``code``."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, **options)


def refusal(action: Callable[[], object]) -> str:
    """What is said by something that cannot be done."""
    with pytest.raises(NoPostgres) as caught:
        action()
    return str(caught.value)
