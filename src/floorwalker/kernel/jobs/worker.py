"""The worker: runs what is queued, until it is asked to end.

It supervises itself: when the database goes away the inner worker gives up and is started again, with growing
pauses, until the database is back. Asked to end, it stops its children and puts their jobs back into the queue.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate.contrib.django import app

from floorwalker.kernel.jobs.registry import LONG, QUICK
from floorwalker.kernel.jobs.running import LEAVING

log = logging.getLogger(__name__)

QUICK_AT_ONCE = 4
STALLED_SECONDS = 30.0  # without a sign of life
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 15.0
STEADY_SECONDS = 60.0  # having run so long, the next trouble is a new one


def run_worker(*, at_once: int | None = None) -> None:
    """Work until SIGTERM or Ctrl-C; ``at_once`` long jobs side by side, by default one for two processors."""
    LEAVING.clear()
    asyncio.run(Supervisor(at_once or max(1, (os.cpu_count() or 2) // 2)).run())


class Supervisor:
    """Keeps a worker alive until it is to end."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self.leaving = asyncio.Event()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self.at_once + 2 * QUICK_AT_ONCE, "worker"))
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.leave)
        pause = FIRST_PAUSE_SECONDS
        while not self.leaving.is_set():
            begun = time.monotonic()
            trouble = await self.work()
            if self.leaving.is_set():
                break
            pause = FIRST_PAUSE_SECONDS if time.monotonic() - begun > STEADY_SECONDS else pause
            log.warning("the worker had to give up (%s); it starts again in %s s", trouble, pause)
            await self.wait(pause)
            pause = min(LONGEST_PAUSE_SECONDS, pause * 2)

    def leave(self) -> None:
        """End soon: children are ended, their jobs queued again."""
        LEAVING.set()
        self.leaving.set()

    async def wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.leaving.wait(), seconds)
        except TimeoutError:
            return

    async def work(self) -> object:
        """Work until asked to end or in trouble; the trouble."""
        await sync_to_async(close_old_connections)()
        # Timetables and jobs queue by Django's own connection, in the transactions of their callers; only the
        # worker's side goes by a pool of its own.
        worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        try:
            async with worker.open_async():
                return await self.both(worker)
        except Exception as error:
            return error

    async def both(self, worker: Any) -> object:
        """Long work and quick work side by side, so that a forecast of an hour delays no notice."""
        options = {
            "install_signal_handlers": False,
            "delete_jobs": "successful",
            "update_heartbeat_interval": STALLED_SECONDS / 3,
            "stalled_worker_timeout": STALLED_SECONDS,
        }
        running = [
            asyncio.create_task(worker.run_worker_async(queues=[queue], name=queue, concurrency=size, **options))
            for queue, size in ((LONG, self.at_once), (QUICK, QUICK_AT_ONCE))
        ]
        end = asyncio.create_task(self.leaving.wait())
        await asyncio.wait([*running, end], return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        for task in running:
            task.cancel()
        results = await asyncio.gather(*running, return_exceptions=True)
        troubles = [each for each in results if isinstance(each, Exception)]
        return troubles[0] if troubles else "the database went away"
