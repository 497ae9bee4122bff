"""The processes of `floorwalker up`: started together, watched, ended together."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 15.0
LOOK_EVERY_SECONDS = 0.3


class Asked(Exception):
    """Somebody asked us to end."""


@dataclass
class Crew:
    """Processes that live and end together. Where one ends by itself the others are ended too."""

    environment: Mapping[str, str]
    members: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    errands: list[subprocess.Popen[bytes]] = field(default_factory=list)
    patience_seconds: float = PATIENCE_SECONDS

    def start(self, name: str, *arguments: str, more: Mapping[str, str] | None = None) -> None:
        """Start a module of ours that is to stay, with settings of its own beside those of all."""
        self.members[name] = self._process(arguments, more or {})

    def send(self, *arguments: str) -> None:
        """Start a module of ours that ends by itself when it is done."""
        self.errands.append(self._process(arguments, {}))

    def _process(self, arguments: Sequence[str], more: Mapping[str, str]) -> subprocess.Popen[bytes]:
        # A group of its own: Ctrl-C reaches us alone, and we end the others in order.
        return subprocess.Popen(
            [sys.executable, "-m", *arguments], env={**self.environment, **more}, start_new_session=True
        )

    def watch(self) -> str:
        """Wait until one ends by itself (its name) or we are asked to end (nothing)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _asked)
        try:
            while True:
                for name, process in self.members.items():
                    if process.poll() is not None:
                        return name
                time.sleep(LOOK_EVERY_SECONDS)
        except Asked:
            return ""

    def end(self) -> None:
        """Ask all to end, and make those that do not."""
        processes = {f"errand {number}": errand for number, errand in enumerate(self.errands, 1)} | self.members
        for process in processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + self.patience_seconds
        for name, process in processes.items():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning(
                    "%s (process %d) did not end within %g s of being asked; ended by force",
                    name, process.pid, self.patience_seconds,
                )  # fmt: skip
                # With all it started: it leads a group, and what it leaves behind would keep the port.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _asked(_signal: int, _frame: FrameType | None) -> None:
    raise Asked
