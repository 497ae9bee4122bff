"""Runs a reader on a stranger's file in a child process of its own, and turns every end of it into an answer.

    rows = run_limited("table", str(path))

The child has limits on processor time, memory, open files and written bytes, no way to the network, a lower
priority, and none of this process's environment: no secret is in it. Whatever becomes of it – refusal, crash, a
limit – a ``FileRefused`` says so; it is ended with everything it started.
"""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import IO, Any

from floorwalker.kernel.files.limits import MEBIBYTE
from floorwalker.kernel.files.readers import function_path
from floorwalker.kernel.files.refusals import (
    FileRefused,
    ReadingFailed,
    ReadingStopped,
    ReadingTooLong,
    ReadingTooMuchMemory,
    ReadingTooMuchOutput,
    refusal,
)
from floorwalker.kernel.files.turns import a_turn

OUTPUT_MB = 256
_log = logging.getLogger(__name__)
_LOOK_SECONDS = 0.1
_KEPT_STDERR = 4000
_OUT_OF_MEMORY = (b"memory allocation of", b"MemoryError", b"bad_alloc", b"Cannot allocate memory")
# Threads reserve memory that counts; readers work alone.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Usage:
    """What a child needed: the most memory, and whether the system kept it from the network (not only Python)."""

    peak_megabytes: int
    own_network: bool


@dataclass
class _Answers:
    """What the child has said so far."""

    most_bytes: int
    parts: list[Any] = field(default_factory=list)
    progress: tuple[int, int] | None = None
    result: Any = None
    whole: bool = False
    refusal: FileRefused | None = None
    usage: Usage | None = None
    errors: bytes = b""
    _bytes: int = 0
    _rest: list[bytes] = field(default_factory=list)

    def take(self, piece: bytes) -> None:
        self._bytes += len(piece)
        if self._bytes > self.most_bytes:
            raise ReadingTooMuchOutput(megabytes=self.most_bytes // MEBIBYTE)
        *lines, rest = piece.split(b"\n")
        for line in lines:
            self._rest.append(line)
            self._understand(b"".join(self._rest))
            self._rest = []
        if rest:
            self._rest.append(rest)

    def _understand(self, line: bytes) -> None:
        try:
            message = json.loads(line)
            [kind] = set(message) - {"facts"}
            value = message[kind]
            if kind == "part":
                self.parts.append(value)
            elif kind == "progress":
                self.progress = int(value[0]), int(value[1])
            elif kind == "result":
                self.result, self.whole = value, True
            elif kind == "yielded":
                self.result, self.whole = self.parts, len(self.parts) == value
            elif kind == "fault":
                self.refusal = refusal(str(value), message["facts"])
            elif kind == "failed":
                self.errors = str(value).encode()
            elif kind == "usage":
                self.usage = Usage(int(value["peak_megabytes"]), bool(value["own_network"]))
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            raise ReadingFailed() from error


def run_limited(
    reader: str,
    *arguments: Any,
    seconds: int = 30,
    wall_seconds: float | None = None,
    memory_mb: int = 512,
    output_mb: int = OUTPUT_MB,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    on_usage: Callable[[Usage], None] | None = None,
    **keywords: Any,
) -> Any:
    """What the registered ``reader`` makes of these (JSON) arguments; a list of its parts where it yields.

    ``seconds`` are of processor time; the clock on the wall may show twice that, for machines that are busy, and
    as much again while others are read.
    ``memory_mb`` is address space. With ``on_progress`` the reader is given ``progress(done, of)``.
    """
    if wall_seconds is None:
        wall_seconds = 2.0 * seconds
    answers = _Answers(output_mb * MEBIBYTE)
    with tempfile.TemporaryFile() as request:
        request.write(
            json.dumps(
                {
                    "function": function_path(reader),
                    "arguments": arguments,
                    "keywords": keywords,
                    "progress": on_progress is not None,
                    "megabytes": memory_mb,
                    "confine": {
                        "cpu_seconds": seconds,
                        "memory_bytes": memory_mb * MEBIBYTE,
                        "written_bytes": output_mb * MEBIBYTE,
                        "parent": os.getpid(),
                    },
                }
            ).encode()
        )
        request.seek(0)
        with a_turn(wall_seconds, stop):
            child = _start(request)
            late = False
            try:
                late = not _listen(child, answers, monotonic() + wall_seconds, on_progress, stop)
            finally:
                _end(child)
    if answers.usage and on_usage:
        on_usage(answers.usage)
    if late:
        raise ReadingTooLong(seconds=round(wall_seconds))
    return _verdict(answers, child.returncode, seconds, memory_mb)


def _start(request: IO[bytes]) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "floorwalker.kernel.files.child"],
        stdin=request,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**_ENVIRONMENT, "PATH": os.defpath, "PYTHONPATH": path},
        cwd=tempfile.gettempdir(),
        close_fds=True,
        start_new_session=True,
    )


def _listen(
    child: subprocess.Popen[bytes],
    answers: _Answers,
    deadline: float,
    on_progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool] | None,
) -> bool:
    """Take answers until the child has no more; False when the time was up first."""
    assert child.stdout is not None and child.stderr is not None
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        selector.register(child.stderr, selectors.EVENT_READ)
        while selector.get_map():
            if stop is not None and stop():
                raise ReadingStopped()
            if (left := deadline - monotonic()) <= 0:
                return False
            for key, _ in selector.select(min(left, _LOOK_SECONDS)):
                piece = os.read(key.fd, 1 << 16)
                if not piece:
                    selector.unregister(key.fileobj)
                elif key.fileobj is child.stdout:
                    answers.take(piece)
                else:
                    answers.errors = (answers.errors + piece)[-_KEPT_STDERR:]
            if answers.progress and on_progress:
                on_progress(*answers.progress)
                answers.progress = None
    while not (gone := _is_gone(child)) and monotonic() < deadline:
        sleep(_LOOK_SECONDS / 10)
    return gone


def _is_gone(child: subprocess.Popen[bytes]) -> bool:
    """Whether it has ended; its number is kept until :func:`_end`, so that no other process can bear it."""
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing of it is left: the process, and whatever it may have started in its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for stream in (child.stdout, child.stderr):
        if stream is not None:
            stream.close()


def _verdict(answers: _Answers, returncode: int, seconds: int, memory_mb: int) -> Any:
    if returncode == 0 and answers.whole:
        return answers.result
    if answers.refusal:
        raise answers.refusal
    if returncode == -signal.SIGXCPU:
        raise ReadingTooLong(seconds=seconds)
    if returncode == -signal.SIGKILL or any(sign in answers.errors for sign in _OUT_OF_MEMORY):
        raise ReadingTooMuchMemory(megabytes=memory_mb)
    _log.warning("a file reader ended with %s: %s", returncode, answers.errors.decode(errors="replace"))
    raise ReadingFailed()
