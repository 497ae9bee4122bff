"""What the child process gives up before it looks at a file.

Limits of the kernel hold for every line of code in it. The audit hook stops Python code only: a library in C or
Rust could still call the system. Where the system allows it (root, or unprivileged user namespaces) the process
also moves to a network namespace of its own, which has no way out for anybody.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Any

_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_NICER = 10
_OPEN_FILES = 64
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.")


def confine(*, cpu_seconds: int, memory_bytes: int, written_bytes: int, parent: int) -> bool:
    """Give up what reading a file does not need; whether the network was taken away by the system too."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before it could take this process along
        os._exit(1)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    alone: bool = libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    os.nice(_NICER)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, written_bytes)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))  # the soft one has a signal of its own
    _limit(resource.RLIMIT_AS, memory_bytes)
    sys.addaudithook(_refuse)
    return alone


def _limit(which: int, most: int) -> None:
    """Lower a limit for good; one that is tighter already stays."""
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(which, (most, most))


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a file reader may not use {event}")
