"""Only so many files of strangers are read at once in one process; the others wait their turn.

Each reader is limited in memory and time, so many readers together are too.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from floorwalker.kernel.files.refusals import ReadingBusy, ReadingStopped

AT_ONCE = max(2, os.cpu_count() or 2)
LOOK_SECONDS = 0.1
TURNS = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def a_turn(seconds: float, stop: Callable[[], bool] | None = None) -> Iterator[None]:
    """Wait so long for a turn and hold it; refused when none comes, or when whoever waits is asked to stop."""
    until = monotonic() + seconds
    while not TURNS.acquire(timeout=LOOK_SECONDS):
        if stop is not None and stop():
            raise ReadingStopped
        if monotonic() > until:
            raise ReadingBusy(seconds=round(seconds))
    try:
        yield
    finally:
        TURNS.release()
