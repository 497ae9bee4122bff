"""Ctrl-C during a search: the first ends the search and keeps its best, the second ends the command."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from floorwalker.cli.output import Stages


@contextmanager
def ended_by_interrupt(
    stages: Stages, kept: str = "the best roster so far is kept"
) -> Iterator[Callable[[], bool]]:
    """While inside, answers whether the user asked to end the search."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set  # signals reach the main thread only
        return

    def first_time(*_: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)
        stages.line(f"Ending the search; {kept} (Ctrl-C again ends everything)")

    before = signal.signal(signal.SIGINT, first_time)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
