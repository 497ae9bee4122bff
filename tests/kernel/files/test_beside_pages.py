"""S-25: a crowd of hostile uploads brings no page to a stop; each is refused within its memory, few at a time."""

from __future__ import annotations

import http.client
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median

import pytest
from django.test import Client
from tests.kernel.files.bombs import BOMBS, laughs, ratio
from tests.kernel.live.serving import served
from tests.people import Cast, make_cast

from floorwalker.kernel.files import turns
from floorwalker.kernel.files.refusals import ReadingBusy, ReadingStopped

PEAK_MEGABYTES = 300
SLOWEST_SECONDS = 10.0  # for a page that takes a tenth of a second, on a machine that has other things to do
UPLOAD_SECONDS = 300.0


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


class Browser:
    """A signed-in browser that asks a real server."""

    def __init__(self, port: int, client: Client) -> None:
        self.port = port
        self.cookies = {name: each.value for name, each in client.cookies.items()}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=UPLOAD_SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        line.request(method, path, body or None, headers | ({"Content-Type": kind} if kind else {}))
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        text = answer.read().decode(errors="replace")
        line.close()
        return answer.status, text

    def upload(self, file: Path) -> tuple[int, str]:
        """Fill in the page that imports people, as its form is."""
        _, page = self.ask("GET", "/people/import/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None, page[:500]
        mark = uuid.uuid4().hex
        form = f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token[1]}\r\n'
        form += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="people.xlsx"\r\n\r\n'
        body = form.encode() + file.read_bytes() + f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", "/people/import/", body, f"multipart/form-data; boundary={mark}")


class Readers:
    """Looks at the child processes that read files, until told that it is enough."""

    def __init__(self) -> None:
        self.most, self.peak_megabytes, self.enough = 0, 0.0, threading.Event()

    def look(self) -> None:
        while not self.enough.wait(0.02):
            found = [megabytes for pid in Path("/proc").glob("[0-9]*") if (megabytes := reader(pid)) is not None]
            self.most = max(self.most, len(found))
            self.peak_megabytes = max([self.peak_megabytes, *found])


def reader(process: Path) -> float | None:
    """The most memory a process has held, if it is a reader this test process started."""
    with suppress(OSError, TypeError):  # it has ended meanwhile
        if b"floorwalker.kernel.files.child" in (process / "cmdline").read_bytes():
            status = (process / "status").read_text()
            if re.search(rf"^PPid:\s+{Path('/proc/self').resolve().name}$", status, re.MULTILINE):
                return int(re.search(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)[1]) / 1024  # type: ignore[index]
    return None


@pytest.fixture
def readers() -> Iterator[Readers]:
    found = Readers()
    thread = threading.Thread(target=found.look, daemon=True)
    thread.start()
    yield found
    found.enough.set()
    thread.join()


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize(
    ("crowd", "bombs"),
    [(5, [laughs, ratio]), pytest.param(20, list(BOMBS), marks=pytest.mark.prove)],
    ids=["five", "twenty"],
)
def test_an_agents_page_is_answered_while_bombs_come_in(
    cast: Cast, readers: Readers, tmp_path: Path, crowd: int, bombs: list[Callable[[Path], None]]
) -> None:
    """Every look at My schedule 200 and none slow, every upload refused in words, no reader above 300 MB."""
    files = []
    for number in range(crowd):
        files.append(tmp_path / f"bomb-{number}")
        bombs[number % len(bombs)](files[-1])
    looks: list[float] = []
    with served() as port, ThreadPoolExecutor(crowd) as senders:
        agent, planner = Browser(port, cast.client(cast.agent)), cast.client(cast.planner)
        assert agent.ask("GET", "/schedules/mine/")[0] in (200, 302)
        sent = [senders.submit(Browser(port, planner).upload, file) for file in files]
        while not all(each.done() for each in sent):
            began = time.monotonic()
            status, text = agent.ask("GET", "/schedules/mine/")
            looks.append(time.monotonic() - began)
            assert (status, "My schedule" in text) == (200, True)
            time.sleep(0.1)
        answers = [each.result() for each in sent]
    print(f"{len(looks)} looks, {median(looks):.2f} s at the median, {max(looks):.2f} s at most;")  # noqa: T201
    print(f"{readers.most} readers at once, {readers.peak_megabytes:.0f} MB each at most")  # noqa: T201
    assert [status for status, _ in answers] == [422] * crowd
    assert max(looks) < SLOWEST_SECONDS
    assert 0 < readers.most <= turns.AT_ONCE
    assert readers.peak_megabytes <= PEAK_MEGABYTES


def test_who_waits_in_vain_is_told_and_who_is_done_makes_room() -> None:
    """With every turn taken a file is refused for now; afterwards the next is read."""
    with ExitStack() as taken:
        for _ in range(turns.AT_ONCE):
            taken.enter_context(turns.a_turn(1.0))
        with pytest.raises(ReadingBusy, match="Upload it again in a minute"), turns.a_turn(0.2):
            pass
        with pytest.raises(ReadingStopped), turns.a_turn(60.0, stop=lambda: True):
            pass
    with turns.a_turn(0.2):
        assert turns.AT_ONCE >= 2
