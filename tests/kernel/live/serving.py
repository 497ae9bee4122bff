"""A real server on the loopback address, and a reader of its streams."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from django.db import connections
from django.test import Client

PATIENCE_SECONDS = 10.0


@dataclass
class Event:
    name: str
    data: str


class Line:
    """One open stream, read event by event; ``None`` is its end."""

    def __init__(self, port: int, path: str, browser: Client | None = None) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        cookie = "; ".join(f"{name}={each.value}" for name, each in (browser.cookies if browser else {}).items())
        self.line.request("GET", path, headers={"Cookie": cookie, "Accept": "text/event-stream"})
        self.answer = self.line.getresponse()

    @property
    def status(self) -> int:
        return self.answer.status

    def next(self) -> Event | None:
        name, data = "", []
        while line := self.answer.readline().decode():
            if line == "\n" and (name or data):
                return Event(name, "\n".join(data))
            kind, _, value = line.rstrip("\n").partition(": ")
            if kind == "event":
                name = value
            elif kind == "data" or line.startswith("data"):
                data.append(value)
        return None

    def seconds_until_end(self) -> float:
        begun = time.monotonic()
        while self.next() is not None:
            pass
        return time.monotonic() - begun

    def close(self) -> None:
        self.answer.close()
        self.line.close()


@contextmanager
def served(application: Any = None) -> Iterator[int]:
    """The suite, or what was wrapped around it, behind uvicorn in a thread of this process: the port."""
    if application is None:
        from floorwalker.project.asgi import application

    server = uvicorn.Server(
        uvicorn.Config(
            application, host="127.0.0.1", port=0, lifespan="off", log_level="error", timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE_SECONDS
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(PATIENCE_SECONDS)
    connections.close_all()
