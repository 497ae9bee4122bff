"""Whether somebody is behind a socket: one that listens, and one that answers."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

ANSWER_SECONDS = 5
ENCRYPTION_REQUEST = struct.pack(
    "!ii", 8, 80877103
)  # the shortest question every PostgreSQL answers, with one letter


def listens(path: Path) -> bool:
    """Whether a server has the socket open; it may hang, or be coming up."""
    return knock(path, expect_answer=False)


def answers(path: Path) -> bool:
    """Whether the server made a process for us that spoke: one that was killed a moment ago does not."""
    return knock(path, expect_answer=True)


def knock(path: Path, *, expect_answer: bool) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ANSWER_SECONDS)
        try:
            line.connect(str(path))
            if not expect_answer:
                return True
            line.sendall(ENCRYPTION_REQUEST)
            return len(line.recv(1)) == 1
        except BlockingIOError:  # so many knock that the queue at the door is full
            return not expect_answer
        except (FileNotFoundError, ConnectionError, TimeoutError):
            return False
