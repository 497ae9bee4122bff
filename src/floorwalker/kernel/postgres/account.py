"""As whom the server runs: as ourselves, or, when we are root, as an account that owns nothing else.

PostgreSQL refuses to run as root, and rightly. The account gets our own folders and nothing more: a folder above
ours is never opened for it.
"""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from floorwalker.kernel.postgres.errors import NoPostgres

SERVICE_NAMES = ("floorwalker", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An operating-system user the server's programs run as."""

    name: str
    uid: int
    gid: int

    @property
    def is_another(self) -> bool:
        return self.uid != os.geteuid()

    def run(
        self, command: Sequence[str | Path], *, folder: Path, holding: int | None = None, feed: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run ``command`` as this account in ``folder``; it and its children keep the open file ``holding``."""
        try:
            return subprocess.run(
                list(command),
                cwd=folder,
                env=environment(),
                input=feed or "",
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
                umask=0o077,
                pass_fds=() if holding is None else (holding,),
                user=self.uid if self.is_another else None,
                group=self.gid if self.is_another else None,
                extra_groups=[] if self.is_another else None,
            )
        except OSError as error:
            raise NoPostgres(f"{command[0]} cannot be run as {self.name}: {error.strerror}.") from error

    def may_reach(self, path: Path) -> bool:
        """Whether this account gets through to a folder, or may run a program, through everything above it."""
        if not self.is_another:
            return os.access(path, os.X_OK)
        return self.run(["/bin/sh", "-c", 'test -x "$0"', str(path)], folder=Path("/")).returncode == 0


def environment() -> dict[str, str]:
    """What the server's programs see: nothing of the caller's shell that could change what they do."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
    locale = "C" if sys.platform == "darwin" else "C.UTF-8"
    return kept | {"PATH": "/usr/bin:/bin", "LC_ALL": locale, "TZ": "UTC"}


def account(pgdata: Path) -> Account:
    """Ourselves; for root the account that owns ``pgdata`` already, else the first service account there is."""
    if os.geteuid() != 0:
        name = name_of(os.geteuid())
        if name == str(os.geteuid()):  # initdb would refuse; asked here for the sake of the sentence
            raise NoPostgres(
                f"PostgreSQL does not run as a user without a name, and {name} has none: give it one (a line in "
                "/etc/passwd), start the container as another user, or use a PostgreSQL of your own."
            )
        return Account(name, os.geteuid(), os.getegid())
    if pgdata.exists() and pgdata.lstat().st_uid != 0:
        owner = pgdata.lstat()
        return Account(name_of(owner.st_uid), owner.st_uid, owner.st_gid)
    for name in SERVICE_NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise NoPostgres(
        "PostgreSQL does not run as root, and there is no account to run it as: "
        "make one (useradd --system floorwalker), or start Floorwalker as an ordinary user."
    )


def name_of(uid: int) -> str:
    """The account's name; its number where it has none, as in many containers."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
