"""Which functions a child process may run: names, never paths from input."""

from __future__ import annotations

import re

_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")

READERS: dict[str, str] = {"table": "floorwalker.kernel.files.tables:table_parts"}


def register(name: str, function_path: str) -> None:
    """Allow ``package.module:function`` to be run under ``name``; saying the same twice is fine."""
    if not _PATH.fullmatch(function_path):
        raise ValueError(f"{function_path!r} is no function path; write it as package.module:function")
    if READERS.setdefault(name, function_path) != function_path:
        raise ValueError(f"the reader {name!r} is already {READERS[name]}; choose another name")


def function_path(name: str) -> str:
    """The path of a registered reader."""
    try:
        return READERS[name]
    except KeyError:
        raise ValueError(f"there is no reader {name!r}; register it, or use one of {sorted(READERS)}") from None
