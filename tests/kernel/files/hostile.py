"""Readers that behave badly, to be run in the child process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.limits import LIMITS


def echo(*arguments: Any, **keywords: Any) -> list[Any]:
    sys.stdout.write("this is no answer")
    return [list(arguments), keywords]


def count(to: int) -> Iterator[int]:
    yield from range(to)


def progress(progress: Callable[[int, int], None]) -> str:
    progress(1, 2)
    return "done"


def refuse(code: str, **facts: Any) -> None:
    raise FileFault(code, **facts)


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    import time

    time.sleep(3600)


def hoard() -> int:
    return len([bytearray(1 << 20) for _ in range(1 << 20)])


def die(signal: int) -> None:
    os.kill(os.getpid(), signal)


def leave() -> None:
    os._exit(0)


def fail() -> None:
    raise RuntimeError("a fault of the reader")


def flood() -> Iterator[str]:
    while True:
        yield "x" * 100_000


def lie() -> None:
    os.write(3, b'{"result": [[[[[\n')


def deep() -> None:
    os.write(3, b'{"result": ' + b"[" * 100_000 + b"\n")
    os._exit(0)


def unlooked(path: str) -> int:
    """Reads a workbook that nobody has looked through."""
    from floorwalker.kernel.files.workbooks import open_workbook, read_sheet

    rows = read_sheet(open_workbook(Path(path)), "One", LIMITS)
    return sum(1 for _ in rows)


def send_away() -> str:
    """What stops a connection."""
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except PermissionError as error:
        return str(error)
    return "connected"


def start_another() -> str:
    try:
        subprocess.run(["true"], check=False)
    except PermissionError as error:
        return str(error)
    return "started"


def surroundings() -> dict[str, Any]:
    import resource

    return {
        "environment": sorted(os.environ),
        "files": sorted(int(name) for name in os.listdir("/proc/self/fd")),  # noqa: PTH208
        "core": resource.getrlimit(resource.RLIMIT_CORE)[1],
        "nice": os.nice(0),
        "django": sorted(name for name in sys.modules if name.split(".")[0] in ("django", "numpy", "pandas")),
        "group": os.getpgid(0) == os.getpid(),
    }
