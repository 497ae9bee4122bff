"""The suite as people run it: real processes, in an empty folder, on a port of their own (`make prove`)."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from floorwalker.kernel.postgres import Login, Private, cluster
from floorwalker.kernel.postgres.binaries import find
from floorwalker.kernel.postgres.wheel import usable_by
from tests.kernel.postgres.conftest import place

__all__ = ["place"]  # a fixture
CAP_SECONDS = 1800.0  # a hang, not a speed: how long it took is printed
SECONDS_TO_END = 90.0
LINK = re.compile(r"^  (\S.{14} )\s*(\S.{26} ).*?(http://localhost:\d+)(/sign-in/link/\S+/)$", re.MULTILINE)

pytestmark = [
    pytest.mark.prove,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]),
    pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: /proc"),
]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Running:
    """A command of ours in a process of its own; what it says lies in a file."""

    def __init__(self, folder: Path, *arguments: str, **more: str) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("FLOORWALKER_") and k != "PYTHONWARNINGS"}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        self.words = folder.with_name(f"{folder.name}-{len(list(folder.parent.iterdir()))}.log")
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "floorwalker.cli", *arguments],
                env=kept | {"FLOORWALKER_HOME": str(folder)} | more,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.words.read_text(encoding="utf-8", errors="replace")

    def until(self, reached: Callable[[], Any]) -> Any:
        begun = time.monotonic()
        while time.monotonic() - begun < CAP_SECONDS:
            assert self.process.poll() is None, f"it ended by itself:\n{self.said}"
            if found := reached():
                return found
            time.sleep(0.5)
        raise AssertionError(f"nothing came of it:\n{self.said}")

    def end(self) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS_TO_END)

    def cut_down(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Browser:
    """Somebody with cookies of their own."""

    def __init__(self, port: int) -> None:
        self.site = f"http://localhost:{port}"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), urllib.request.ProxyHandler({})
        )

    def open(self, path: str, **fields: str) -> tuple[int, str]:
        """The status and the text of a page, or of what a form was answered; 0 while nobody listens."""
        if fields:
            fields["csrfmiddlewaretoken"] = next(c.value or "" for c in self.cookies if "csrf" in c.name)
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(self.site + path, data, {"Referer": self.site + path})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return int(answer.status), str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (urllib.error.URLError, OSError):
            return 0, ""

    def sign_in(self, path: str) -> int:
        """By a one-time link; the status of the first page afterwards, or of the refusal."""
        status, _text = self.open(path)
        if status != 200:
            return status
        return self.open(path, next="")[0]


def listening(port: int) -> set[str]:
    """The addresses of this machine at which somebody listens on a port, as the kernel writes them."""
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            if state == "0A" and int(local.rpartition(":")[2], 16) == port:
                found.add(local.rpartition(":")[0])
    return found


@pytest.fixture
def run(place: Path) -> Iterator[Callable[..., Running]]:
    """Start commands on one empty folder; whatever a test did, nothing of them stays."""
    started: list[Running] = []

    def start(*arguments: str, **more: str) -> Running:
        started.append(Running(place / "home", *arguments, **more))
        return started[-1]

    yield start
    for each in started:
        each.cut_down()
    Private(place / "home" / "database").stop()


def test_a_corner_centre_from_an_empty_folder_to_a_published_week(
    run: Callable[..., Running], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `make run SAMPLE=corner` does: a first page with progress while the plan is made, ways in for
    everybody that is named, a published week, nobody listening but on the loopback address, and a clean end."""
    port, begun = free_port(), time.monotonic()
    suite, visitor = None, Browser(port)
    suite = run("up", "--sample", "corner", "--port", str(port))
    suite.until(lambda: visitor.open("/")[0] == 200)
    seconds = {"first page": time.monotonic() - begun}
    during = suite.until(lambda: "People come in" in (page := visitor.open("/")[1]) and page)
    assert 'aria-current="step"' in during
    assert "is planned and published" not in suite.said, "the sample was made before anybody could look"
    assert listening(port) == {"0100007F"}
    (_role, name, site, first) = LINK.findall(suite.said)[0]
    manager = Browser(port)
    assert (name.strip(), site) == ("Dara Keane", manager.site)
    assert manager.sign_in(first) == 200
    assert Browser(port).sign_in(first) == 410
    assert "Dara Keane" in manager.open("/")[1]

    suite.until(lambda: "is planned and published" in suite.said)
    seconds["published"] = time.monotonic() - begun
    later = suite.until(lambda: LINK.findall(suite.said)[1:])
    assert {role.strip() for role, *_ in later} >= {"Agent"}
    for role, name, _site, link in later:
        person = Browser(port)
        assert person.sign_in(link) == 200, f"{role} {name} is not let in"
        assert name.strip() in person.open("/")[1]
        assert person.open("/schedules/mine/" if role.strip() == "Agent" else "/")[0] == 200
    database = Private(place / "home" / "database").start().app.url
    with psycopg.connect(database) as connection:
        published = connection.execute(
            "SELECT count(DISTINCT s.agent_id) FROM schedules_shift s JOIN schedules_week w ON w.id = s.week_id"
            " WHERE w.current_id IS NOT NULL AND s.until IS NULL AND NOT s.cancelled"
        ).fetchone()
    assert published is not None
    assert published[0] >= 15
    assert "People come in" not in visitor.open("/")[1], "the progress of a finished sample is still shown"
    assert listening(port) == {"0100007F"}

    assert suite.end() == 0, suite.said
    assert "Ending …" in suite.said
    assert "Traceback" not in suite.said
    assert listening(port) == set()
    assert not Private(place / "home" / "database").running()
    with capsys.disabled():
        print("\ncorner:", ", ".join(f"{what} after {took:.0f} s" for what, took in seconds.items()))  # noqa: T201


OWN = {"owner": "owner-7Hq2", "app": "app-9Kq3"}


def statements_of_the_manual(root: Path) -> list[str]:
    """The SQL of “In production” as an operator would type it, with passwords in the place of dots."""
    manual = (root / "docs" / "manual" / "running-it.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```sql\n(.*?)```", manual, re.DOTALL)
    passwords = iter(OWN.values())
    return [re.sub("…", lambda _: next(passwords), line) for line in block.splitlines() if line]


DEBIANS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))


@pytest.fixture
def theirs(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of somebody else's, on which no role or database of ours exists, with its superuser's login.

    Of Debian's programs where they are installed, as at an operator's; else of those that come with us.
    """
    if DEBIANS:
        monkeypatch.setenv("FLOORWALKER_PG_BIN", str(DEBIANS[-1]))
    server = Private(place / "theirs", fast_and_unsafe=True)
    login = server.start().owner
    server.stop()
    with Path(os.devnull).open() as nothing:
        shop = cluster.Workshop(server.layout, usable_by(server.who, find()), server.who, nothing.fileno())
        statements = [
            "CREATE ROLE dba SUPERUSER LOGIN PASSWORD 'dba'",
            "ALTER DATABASE floorwalker RENAME TO before",
            "ALTER ROLE floorwalker_owner RENAME TO before_owner",
            "ALTER ROLE floorwalker_app RENAME TO before_app",
        ]
        cluster.in_single_user_mode(shop, server.layout.pgdata, statements)
    server.start()
    yield Login(login.host, "dba", "dba").url
    server.stop()


def test_the_operators_own_database_as_the_manual_says(
    run: Callable[..., Running], theirs: str, root: Path
) -> None:
    """Two roles and a database by the manual's own lines; pages and worker on it; the role that serves cannot
    change a table nor a row of the audit, and the record holds together."""
    url = theirs.replace("/floorwalker?", "/postgres?")
    for statement in statements_of_the_manual(root):
        if statement.startswith("\\c "):
            url = theirs.replace("/floorwalker?", f"/{statement[3:].strip()}?")
            continue
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)
            assert ("Debian" in (connection.info.parameter_status("server_version") or "")) is bool(DEBIANS)
    app, owner = (theirs.replace("dba:dba@", f"floorwalker_{who}:{word}@") for who, word in
                  (("app", OWN["app"]), ("owner", OWN["owner"])))  # fmt: skip
    port, roles = free_port(), {"FLOORWALKER_DATABASE_OWNER": owner}
    pages = run("web", "--database", app, "--port", str(port), **roles)
    visitor = Browser(port)
    pages.until(lambda: visitor.open("/")[0] == 200)
    assert "the first user" in visitor.open("/")[1]
    assert listening(port) == {"0100007F"}
    assert visitor.open("/healthz")[0] == 200
    worker = run("work", "--database", app)
    worker.until(lambda: visitor.open("/readyz")[0] == 200)

    asked = run("users", "first", "--database", app, FLOORWALKER_SITE_URL=f"http://localhost:{port}")
    assert asked.process.wait(CAP_SECONDS) == 0, asked.said
    link = urllib.parse.urlsplit(asked.said.strip().splitlines()[-1]).path
    assert visitor.open(link)[0] == 200
    status, text = visitor.open(
        link, name="Ada Novak", email="ada@example.org", zone="Europe/Lisbon", password="a week that all know"
    )
    assert (status, "Ada Novak" in text) == (200, True), text[:2000]

    with psycopg.connect(app, autocommit=True) as connection:
        rows = connection.execute("SELECT count(*) FROM kernel_entry").fetchone()
        assert rows is not None
        assert rows[0] >= 1
        for forbidden in (
            "UPDATE kernel_entry SET verb = 'test.never'",
            "DELETE FROM kernel_entry",
            "TRUNCATE kernel_entry CASCADE",
            "ALTER TABLE kernel_entry DISABLE TRIGGER USER",
            "DROP TABLE kernel_entry",
            "CREATE TABLE mine (n int)",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)
    for command in (("audit", "verify"), ("doctor",)):
        asked = run(*command, "--database", app)
        assert asked.process.wait(CAP_SECONDS) == 0, asked.said
    assert "floorwalker_app may read and write, and nothing more" in asked.said
    asked = run("doctor", "--database", theirs)
    assert asked.process.wait(CAP_SECONDS) == 1
    assert "✗ The suite serves as the superuser dba" in asked.said
    assert worker.end() == 0, worker.said
    pages.end()
    assert listening(port) == set()
    assert "Traceback" not in pages.said + worker.said
