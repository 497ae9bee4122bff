"""Collected files beside themselves in a smaller form, made once: the server gives whichever a browser takes."""

from __future__ import annotations

import os
from pathlib import Path

import brotli

SMALLER = frozenset({".css", ".js", ".svg", ".txt"})
QUALITY = 9  # of 11: a few per cent larger, made in a tenth of the time


def compress(folder: Path) -> int:
    """Write `name.br` beside every file that has none, or an older one; how many were written."""
    written = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix not in SMALLER or not path.is_file():
            continue
        small = path.with_name(f"{path.name}.br")
        if small.exists() and small.stat().st_mtime >= path.stat().st_mtime:
            continue
        part = small.with_suffix(f".{os.getpid()}")
        part.write_bytes(brotli.compress(path.read_bytes(), quality=QUALITY))
        part.replace(small)
        written += 1
    return written
