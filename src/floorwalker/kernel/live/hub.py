"""One listener for each process: what the database tells is handed to every stream that asked for it.

A stream holds no connection to the database. The hub lives while somebody listens, in the server's event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection, connections

from floorwalker.kernel.access import Actor
from floorwalker.kernel.live.standing import actors_of
from floorwalker.kernel.live.telling import CHANNEL
from floorwalker.kernel.live.topics import who_may_listen

log = logging.getLogger(__name__)

BACKLOG = 100  # messages; who is slower than that asks anew
RECHECK_SECONDS = 3.0
LONGEST_PAUSE_SECONDS = 10.0
Message = dict[str, Any]
Answer = TypeVar("Answer")


@dataclass(eq=False)
class Stream:
    """One open page: who listens to what. ``None`` in its queue is the end."""

    key: Hashable
    actor: Actor
    topics: frozenset[str]
    queue: asyncio.Queue[Message | None] = field(default_factory=lambda: asyncio.Queue(BACKLOG))

    def put(self, message: Message) -> None:
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """End it; what still waits is of no use to somebody who may not have it."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Hub:
    """The streams of one event loop."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.listening = asyncio.Event()
        self.work: list[asyncio.Task[None]] = []

    async def join(self, stream: Stream) -> None:
        """Add a stream; back when nothing that is told from now on is missed."""
        self.streams.add(stream)
        if not self.work:
            self.listening.clear()
            self.work = [asyncio.create_task(self._listen()), asyncio.create_task(self._recheck())]
        await self.listening.wait()

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)
        if not self.streams:
            for task in self.work:
                task.cancel()
            self.work = []

    def spread(self, message: Message) -> None:
        """Hand a message to those who asked for its topic; a user whose rights have gone loses their streams."""
        name, _, key = str(message["topic"]).partition(":")
        for stream in tuple(self.streams):
            if name == "revoked" and str(stream.actor.user_id) == key:
                stream.close()
            elif message["topic"] in stream.topics:
                stream.put(message)

    async def _listen(self) -> None:
        pause = 0.5
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**await asyncio.to_thread(address)) as line:
                    await line.execute(f"LISTEN {CHANNEL}")
                    if self.listening.is_set():
                        self._miss_nothing()
                    self.listening.set()
                    pause = 0.5
                    async for told in line.notifies():
                        with contextlib.suppress(ValueError, KeyError):  # not ours
                            self.spread(json.loads(told.payload))
            except (psycopg.OperationalError, OSError) as error:
                log.warning("live: the database is away, trying again in %s s: %s", pause, error)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE_SECONDS, pause * 2)

    def _miss_nothing(self) -> None:
        """After an interruption everybody asks anew, for what was told meanwhile is lost."""
        for stream in self.streams:
            for topic in stream.topics:
                stream.put({"topic": topic})

    async def _recheck(self) -> None:
        """Ask again and again whether each may still listen, whatever somebody forgot to say."""
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            streams = tuple(self.streams)
            try:
                allowed = await apart(lambda: still_allowed(streams))  # noqa: B023  (awaited at once)
            except Exception:
                log.exception("live: rights could not be checked, so all streams end")
                allowed = set()
            for stream in streams:
                if stream not in allowed:
                    stream.close()


def still_allowed(streams: tuple[Stream, ...]) -> set[Stream]:
    """The streams whose holder is still signed in and may still listen to each topic."""
    actors = actors_of({stream.key for stream in streams})
    standing = [(stream, actor) for stream in streams if (actor := actors.get(stream.key)) and actor.signed_in]
    may = who_may_listen((actor, topic) for stream, actor in standing for topic in stream.topics)
    return {stream for stream, actor in standing if all(may[actor, topic] for topic in stream.topics)}


def address() -> dict[str, Any]:
    """How the database is reached, for a connection beside Django's."""
    parameters: dict[str, Any] = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold", "pool"):
        parameters.pop(name, None)
    return parameters | {"autocommit": True}


async def apart(question: Callable[[], Answer]) -> Answer:
    """Ask the database beside the event loop, and give the connection back at once."""

    def ask() -> Answer:
        try:
            return question()
        finally:
            connections.close_all()

    return await asyncio.to_thread(ask)


HUBS: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop."""
    return HUBS.setdefault(asyncio.get_running_loop(), Hub())
