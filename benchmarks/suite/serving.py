"""The suite as it runs: how soon its first page is there, pages over a socket, their weight, a job picked up."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from benchmarks.suite.asking import TIMES, WARM_UP, Page, spread
from benchmarks.suite.centre import Centre
from benchmarks.suite.server import close

PATIENCE_SECONDS = 120
GOAL_KB = 400
JOBS = 5
ASSET = re.compile(r"/static/[\w./@-]+\.(?:css|js|svg|woff2)|(?<=from \")\./[\w./-]+\.js")
GRANIAN = ("web", "--pages-only", "--no-migrate")


class Line:
    """A tiny client: one connection kept open, one cookie."""

    def __init__(self, port: int, browser: Any) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self.cookies = "; ".join(f"{name}={each.value}" for name, each in browser.cookies.items())

    def get(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        self.connection.request("GET", path, headers={"Cookie": self.cookies, "Accept-Encoding": "br"})
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()


def rows(centre: Centre, pages: list[Page], browsers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """With `floorwalker up`, then with the faster server of production."""
    port = free_port()
    begun = perf_counter()
    with running(port, "up"):
        yield {
            "what": "first page after `floorwalker up` on a prepared home",
            "seconds": round(perf_counter() - begun, 2),
        }
        yield from over_socket("uvicorn", port, pages, browsers)
        yield from (weight(port, page, browsers) for page in pages)
        yield picked_up(centre)
    close()  # with it the database went, and comes again with the next
    port = free_port()
    with running(port, *GRANIAN):
        yield from over_socket("granian", port, pages, browsers)


@contextmanager
def running(port: int, *command: str) -> Iterator[None]:
    """A command of ours that serves, from its first answer on."""
    call = [sys.executable, "-m", "floorwalker.cli", *command, "--port", str(port)]
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"`floorwalker {' '.join(command)}` does not answer")
            time.sleep(0.02)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def over_socket(server: str, port: int, pages: list[Page], browsers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for page in pages:
        line = Line(port, browsers[page.who])
        for _ in range(WARM_UP):
            status, _headers, _body = line.get(page.path)
            if status != 200:
                raise AssertionError(f"{page.what}: {page.path} answers {status}")
        seconds = []
        for _ in range(TIMES):
            begun = perf_counter()
            line.get(page.path)
            seconds.append(perf_counter() - begun)
        yield {"what": f"{server}: {page.what}", "as": page.who, **spread(seconds)}


def weight(port: int, page: Page, browsers: dict[str, Any]) -> dict[str, Any]:
    """Bytes over the line of the first visit: the page, and everything it and its files name."""
    line = Line(port, browsers[page.who])
    _status, _headers, body = line.get(page.path)
    html, files = len(body), {}
    waiting = named(page.path, body, _headers)
    while waiting:
        path = waiting.pop()
        status, headers, content = line.get(path)
        if status == 200:
            files[path] = len(content)
            waiting |= named(path, content, headers) - set(files)
    total = (html + sum(files.values())) / 1000
    return {
        "what": f"first visit: {page.what}",
        "as": page.who,
        "kb": round(total),
        "goal_kb": GOAL_KB,
        "html_kb": round(html / 1000, 1),
        "files": len(files),
    }


def named(path: str, body: bytes, headers: Mapping[str, str]) -> set[str]:
    """Files of ours a page or a module names."""
    import brotli

    plain = brotli.decompress(body) if headers.get("Content-Encoding") == "br" else body
    folder = path.rpartition("/")[0]
    found = (
        ASSET.findall(plain.decode(errors="replace"))
        if path.endswith((".js", ".css")) or "static" not in path
        else []
    )
    return {f"{folder}{each[1:]}" if each.startswith("./") else each for each in found}


def picked_up(centre: Centre) -> dict[str, Any]:
    """Milliseconds from the commit that starts a job until a worker has begun it; each is stopped at once.

    What a stopped forecast has set going is waited for: with it the worker would not be idle.
    """
    from django.db import transaction
    from django.utils import timezone

    from floorwalker.apps.accounts.queries import actor_of
    from floorwalker.apps.demand import services
    from floorwalker.kernel import jobs
    from floorwalker.kernel.models import Job

    by = actor_of(centre.users["planner"])
    taken = []
    for _ in range(JOBS):
        with transaction.atomic():
            services.ask_for_forecasts(queues=centre.queues[:1], days=7, by=by, at=timezone.now())
        at = timezone.now()
        job = Job.objects.latest("pk")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while job.started_at is None and time.monotonic() < deadline:
            time.sleep(0.005)
            job.refresh_from_db()
        if job.started_at is None:
            raise AssertionError("no worker has picked the job up")
        taken.append((job.started_at - at).total_seconds() * 1000)
        jobs.stop(job.pk, by=by, at=timezone.now())
        while Job.objects.filter(state__in=Job.LIVE).exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    return {
        "what": "an idle worker begins a job, from the commit that asks for it",
        "median_ms": round(statistics.median(taken)),
        "p95_ms": round(max(taken)),
    }
