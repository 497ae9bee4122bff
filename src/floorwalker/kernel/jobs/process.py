"""The parent's side of a job's child process: started fresh, talked to by pipes, ended with all it started."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from types import TracebackType
from typing import Any, Self

CHUNK = 1 << 20
GRACE_SECONDS = 2.0
LAST_WORDS = 4000


class Child:
    """A work that runs in a process of its own. Use it in ``with``: leaving ends the process."""

    def __init__(self, call: str, plain: Any, memory_mb: int, kept: Any) -> None:
        order = {"call": call, "plain": plain, "memory_mb": memory_mb, "kept": kept}
        self._order = json.dumps(order).encode() + b"\n"
        self._rest = b""
        self._open = True

    def __enter__(self) -> Self:
        theirs_in, self._orders = os.pipe()
        self._answers, theirs_out = os.pipe()
        self._words = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "floorwalker.kernel.jobs.child", str(theirs_in), str(theirs_out)],
                stdin=subprocess.DEVNULL,
                stdout=self._words,
                stderr=self._words,
                pass_fds=(theirs_in, theirs_out),
                start_new_session=True,
            )
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        self._write(self._order)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self.end()
        for handle in (self._orders, self._answers):
            os.close(handle)
        self._words.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether there may be more messages."""
        return self._open

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    def messages(self, patience_seconds: float) -> list[dict[str, Any]]:
        """What it has said; waits at most so long for the first word."""
        waiting = select.poll()
        waiting.register(self._answers, select.POLLIN)
        if not waiting.poll(patience_seconds * 1000):
            return []
        chunk = os.read(self._answers, CHUNK)
        if not chunk:
            self._open = False
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(GRACE_SECONDS)
            return []
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        return [json.loads(line) for line in lines]

    def ask_to_stop(self) -> None:
        self._write(b'{"stop": true}\n')

    def end(self) -> None:
        """End it and everything it started: politely first, then for good."""
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        self._signal(signal.SIGKILL)
        self._process.wait()

    def last_words(self) -> str:
        """What it printed last, for the log."""
        size = self._words.seek(0, os.SEEK_END)
        self._words.seek(max(0, size - LAST_WORDS))
        return self._words.read().decode(errors="replace").strip()

    def _write(self, line: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):  # it has died; its exit code tells
            view = memoryview(line)
            while view:
                view = view[os.write(self._orders, view) :]

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def seconds_since(moment: float) -> float:
    """Elapsed time on a clock nobody sets."""
    return time.monotonic() - moment
