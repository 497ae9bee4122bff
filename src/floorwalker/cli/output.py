"""What commands say and write: text or JSON on standard output, progress on standard error, whole files only."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from floorwalker.science.errors import InvalidInput

if TYPE_CHECKING:
    from floorwalker.science.outcome import Progress

Cell = str | float | int | None


def write_json(value: Any, *, ascii_only: bool = False) -> str:
    """JSON as we write it everywhere: readable, stable, and NaN as null."""
    return json.dumps(_plain(value), indent=2, ensure_ascii=ascii_only, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    if hasattr(value, "item") and callable(value.item):  # a NumPy number
        value = value.item()
    if isinstance(value, float):
        return None if value != value or value in (float("inf"), float("-inf")) else value
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)


def say(text: str = "") -> None:
    """A line of the answer."""
    click.echo(text)


def answer(as_json: bool, value: Any, lines: list[str]) -> None:
    """The answer of a command: ``value`` as JSON when asked for, else the lines."""
    click.echo(
        write_json(value, ascii_only=not _speaks_unicode()) if as_json else "\n".join(lines), nl=not as_json
    )


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().startswith("utf")


def table(rows: list[dict[str, Any]], columns: list[str]) -> list[str]:
    """Rows as aligned text, numbers to the right."""
    cells = [columns, *[[_cell(row.get(c)) for c in columns] for row in rows]]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    numeric = [all(not isinstance(row.get(c), str) for row in rows) for c in columns]
    return [
        "  ".join(v.rjust(w) if n else v.ljust(w) for v, w, n in zip(line, widths, numeric, strict=True)).rstrip()
        for line in cells
    ]


def _cell(value: Any) -> str:
    if value is None or value != value:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


class Stages:
    """Says on standard error which stage long work is in and how long the last one took."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    @contextmanager
    def stage(self, text: str) -> Iterator[None]:
        started = monotonic()
        self.line(f"{text} …")
        yield
        self.line(f"{text}: {monotonic() - started:.1f} s")

    def progress(self, progress: Progress) -> None:
        """Best, bound and gap of a search under way."""
        if progress.best is not None and progress.gap is not None and sys.stderr.isatty():
            self.line(f"  best {progress.best:,.0f}, bound {progress.bound:,.0f}, gap {progress.gap:.1%} …")

    def note(self, progress: Progress) -> None:
        """What the simulator is at: compiling, or which run of how many."""
        if progress.note:
            self.line(f"{progress.note} …")

    def line(self, text: str) -> None:
        if self.quiet:
            return
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{text}", err=True, nl=not text.endswith("…"))
        elif not text.endswith("…"):
            click.echo(text, err=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    if path.exists() and not path.is_file():  # to replace /dev/null would harm the whole machine
        raise InvalidInput(f"{path} is not an ordinary file and cannot be replaced; name another")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill that takes the place of ``path`` only once everything in it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as scratch:
        fresh = Path(scratch) / "new"
        fresh.mkdir()
        yield fresh
        old = Path(scratch) / "old"
        if path.exists():
            path.rename(old)
        try:
            fresh.rename(path)
        except BaseException:
            if old.exists() and not path.exists():
                old.rename(path)
            raise
