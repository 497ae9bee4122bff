"""The child process of a job: takes its order from a pipe, does the work, answers through another. No Django here.

Its parent only waits, so that work that holds the interpreter for a minute silences nobody's heartbeat.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from floorwalker import __version__
from floorwalker.kernel.jobs.watch import Told, Watch

TELL_EVERY_SECONDS = 0.2
KEEP_EVERY_SECONDS = 4.0
LINUX_SIGNAL_WHEN_PARENT_DIES = 1


class NotForAChild(ImportError):
    """The work of a job has imported the web framework: that costs its start-up, and may write past the fence."""


class Line:
    """The pipe to the parent, a message a line; of progress only so much is sent as a page can show."""

    def __init__(self, handle: int) -> None:
        self._pipe = os.fdopen(handle, "wb")
        self._lock = threading.Lock()
        self._told: dict[str, Any] = {}
        self._sent_at = 0.0
        self._kept_at = -KEEP_EVERY_SECONDS

    def send(self, message: dict[str, Any]) -> None:
        line = json.dumps(message).encode() + b"\n"
        with self._lock:
            self._pipe.write(line)
            self._pipe.flush()

    def progress(self, told: Told) -> None:
        self._told.update(told)
        if time.monotonic() - self._sent_at >= TELL_EVERY_SECONDS:
            self._sent_at = time.monotonic()
            self.send({"progress": self._told})
            self._told = {}

    def keep(self, plain: Any) -> None:
        """The first at once; what comes too soon after is passed over, for the next holds more."""
        if time.monotonic() - self._kept_at >= KEEP_EVERY_SECONDS:
            self._kept_at = time.monotonic()
            self.send({"kept": plain})

    def last_progress(self) -> None:
        if self._told:
            self.send({"progress": self._told})


def main(orders: int, answers: int) -> None:
    """Do one order."""
    for handle in (orders, answers):
        os.set_inheritable(handle, False)
    die_with_parent()
    line, stop = Line(answers), threading.Event()
    # Not buffered by Python beyond the line: the thread that listens reads on where this leaves off.
    pipe = os.fdopen(orders, "rb")
    order = json.loads(pipe.readline())
    threading.Thread(target=listen, args=(pipe, stop), daemon=True).start()
    try:
        limit_memory(order["memory_mb"])
        choose_numba_cache()
        work = the_work(order["call"])
        result = work(order["plain"], Watch(line.progress, stop.is_set, line.keep, order["kept"]))
        line.last_progress()
        line.send({"result": result})
    except BaseException as error:
        traceback.print_exc()
        line.send({"failed": why(error)})
        raise SystemExit(1) from error


def the_work(call: str) -> Callable[[Any, Watch], Any]:
    """The function that ``package.module:function`` names."""
    module, _, name = call.partition(":")
    found: Callable[[Any, Watch], Any] = getattr(import_module(module), name)
    if "django" in sys.modules:
        raise NotForAChild(f"{module} imports Django; move what a job computes to a module without it")
    return found


def why(error: BaseException) -> dict[str, Any]:
    """What went wrong: a sentence where the input is at fault, else a name for those who mend it."""
    errors = sys.modules.get("floorwalker.science.errors")
    expected = errors is not None and isinstance(error, errors.ScienceError)
    return {
        "kind": type(error).__name__,
        "text": str(error),
        "expected": expected,
        "memory": isinstance(error, MemoryError),
    }


def listen(pipe: Any, stop: threading.Event) -> None:
    """Wait for the message to stop. When the parent is gone there is nobody left to work for."""
    for message in pipe:
        if json.loads(message).get("stop"):
            stop.set()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(0, signal.SIGKILL)


def die_with_parent() -> None:
    """On Linux the kernel ends us with the parent, even while a compiled loop keeps the listener from running."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(LINUX_SIGNAL_WHEN_PARENT_DIES, signal.SIGKILL)


def limit_memory(megabytes: int) -> None:
    """Better a sentence for one job than a machine without memory for all."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def choose_numba_cache() -> None:
    """Compiled formulas are kept per version in the user's cache folder, as the command line keeps them."""
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(home) / "floorwalker" / f"numba-{__version__}"))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
