"""The settings of the server, in a file that postgresql.conf includes and every start writes anew."""

from __future__ import annotations

from pathlib import Path

from floorwalker.kernel.postgres.connection import PORT

FILE_NAME = "floorwalker.conf"

SAFE = """\
# Written by Floorwalker at every start; lines of your own go to the end of postgresql.conf.
listen_addresses = ''
port = {port}
unix_socket_directories = '"{socket_folder}"'
unix_socket_permissions = 0700
timezone = 'UTC'
log_timezone = 'UTC'
jit = off                        # compiling costs short queries more than it gives
logging_collector = on           # pgdata/log, a file for each day of the week
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] %u@%d '
"""
UNSAFE = """\
# A server for tests: fast, and its data do not survive a power cut.
fsync = off
synchronous_commit = off
full_page_writes = off
"""


def settings(socket_folder: Path, *, fast_and_unsafe: bool) -> str:
    """The text of the file."""
    return SAFE.format(port=PORT, socket_folder=socket_folder) + (UNSAFE if fast_and_unsafe else "")


def is_unsafe(text: str) -> bool:
    """Whether settings were written for a test server."""
    return UNSAFE in text
