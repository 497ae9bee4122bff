"""What is left of a server whose first process was killed: the rest end by themselves, unless they compute."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

MANNERS = ((1.0, signal.SIGTERM), (10.0, signal.SIGKILL))  # after so many seconds, this way


class Orphans:
    """Watches a cluster's folder, and ends the processes in it that have lost their postmaster.

    Told by /proc; where there is none (macOS) they are only waited for.
    """

    def __init__(self, pgdata: Path) -> None:
        self.pgdata = pgdata
        self.since: float | None = None
        self.sent = 0

    def look_after(self, postmaster: int | None) -> None:
        """Once per turn of a waiting loop; ``postmaster`` is the process the cluster's file names."""
        found = working_in(self.pgdata)
        if not found or postmaster in found:  # nobody, or a server that is coming up
            self.since, self.sent = None, 0
            return
        self.since = self.since or time.monotonic()
        if self.sent < len(MANNERS) and time.monotonic() - self.since > MANNERS[self.sent][0]:
            for pid in found:
                with suppress(ProcessLookupError):
                    os.kill(pid, MANNERS[self.sent][1])
            self.sent += 1


def working_in(folder: Path) -> list[int]:
    """The living processes whose working folder this is, as is so for every process of a server and no other's."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile, a zombie, or somebody else's
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
    return found
