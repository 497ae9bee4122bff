"""The folders of a server: where they are, who owns them, and that nobody else gets in.

::

    DATA/pgdata   the cluster            DATA/secret   passwords of the two roles
    DATA/run      the socket, start log  DATA/.lock    held while starting and stopping
                                         DATA/.alive   held by the server's processes as long as one lives
                                         DATA/.users   held by all who share the server until the last goes
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from floorwalker.kernel.postgres.account import Account, account, name_of
from floorwalker.kernel.postgres.connection import PORT
from floorwalker.kernel.postgres.errors import NoPostgres

SYSTEM_FOLDER = Path("/var/lib/floorwalker")
LONGEST_SOCKET_BYTES = 100  # the kernel's limits are 107 (Linux) and 103 (macOS)
PLAIN_PATH = re.compile(r"/[\w./ +~=-]*")  # what needs no escape in a setting or a host name; a comma lists hosts

log = logging.getLogger(__name__)


def default_folder() -> Path:
    """Where the suite keeps its data unless told: FLOORWALKER_HOME, else the user's data folder.

    Root's home is closed to the account the server runs as, so root's data lie in /var/lib/floorwalker.
    """
    named = os.environ.get("FLOORWALKER_HOME")
    if named:
        return Path(named).expanduser().absolute()
    try:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    except RuntimeError:
        raise NoPostgres("There is no home folder to keep data in: let FLOORWALKER_HOME name a folder.") from None
    if os.geteuid() == 0 and not account(SYSTEM_FOLDER / "pgdata").may_reach(existing(home)):
        return SYSTEM_FOLDER
    return home / "floorwalker"


def existing(folder: Path) -> Path:
    """The nearest folder at or above ``folder`` that is there."""
    found = next(each for each in (folder, *folder.parents) if each.exists())
    if not found.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(found))
    return found


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in one data folder."""

    data: Path

    @property
    def pgdata(self) -> Path:
        return self.data / "pgdata"

    @property
    def unfinished(self) -> Path:
        return self.data / "pgdata.new"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def secret(self) -> Path:
        return self.data / "secret"

    @property
    def lock(self) -> Path:
        return self.data / ".lock"

    @property
    def users(self) -> Path:
        return self.data / ".users"

    @property
    def alive(self) -> Path:
        return self.data / ".alive"

    def prepare(self, who: Account) -> None:
        """Make what is missing; refuse what is not ours."""
        if not self.data.exists():
            make_parents(self.data.parent)
            self.data.mkdir(mode=0o700, exist_ok=True)
        if is_ours(self.data) and self.data.lstat().st_uid == os.geteuid():
            if who.is_another:  # it passes through, and can neither list nor change what lies beside its own
                os.chown(self.data, -1, who.gid)
            self.data.chmod(0o710 if who.is_another else 0o700)
        checked(self.data, uid=os.geteuid(), closed=False)
        private_folder(self.secret, os.geteuid())
        private_folder(self.run, who.uid, who.gid)
        if self.pgdata.is_symlink() or self.pgdata.exists():
            checked(self.pgdata, uid=who.uid)

    def socket_folder(self, who: Account) -> Path:
        """``run``; where its path is too long or odd for a socket, a folder of ours among the temporary ones."""
        plain = PLAIN_PATH.fullmatch(str(self.run)) is not None
        if plain and socket_bytes(self.run) <= LONGEST_SOCKET_BYTES:
            return self.run
        name = f"fw-{who.uid}-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]}"
        for place in (Path(tempfile.gettempdir()), Path("/tmp")):
            folder = place / name
            fits = PLAIN_PATH.fullmatch(str(folder)) and socket_bytes(folder) <= LONGEST_SOCKET_BYTES
            if fits and who.may_reach(place):
                return folder
        raise NoPostgres(
            f"The path {self.data} is too long for a socket, and so is TMPDIR: set TMPDIR to a short one."
        )


def socket_bytes(folder: Path) -> int:
    return len(os.fsencode(folder / f".s.PGSQL.{PORT}"))


def is_ours(folder: Path) -> bool:
    """Whether a folder that is there holds our server or nothing: only such a one is closed or handed over."""
    return folder.is_dir() and ((folder / ".lock").exists() or not any(folder.iterdir()))


def reachable(folder: Path, who: Account) -> Path:
    """``folder``, or a place of its own in /var/lib/floorwalker when ``who`` cannot get there."""
    if not who.is_another:
        return folder
    start = existing(folder.parent) if not folder.exists() or is_ours(folder) else folder
    if who.may_reach(start):
        return folder
    place = SYSTEM_FOLDER / f"{folder.name}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
    if folder == SYSTEM_FOLDER or not who.may_reach(existing(place.parent)):
        raise NoPostgres(
            f"The account {who.name}, which runs PostgreSQL for root, cannot get to {folder}: "
            "name a folder it can reach in FLOORWALKER_HOME, or start Floorwalker as an ordinary user."
        )
    log.warning(
        "%s is closed to the account %s, which runs PostgreSQL for root; using %s", folder, who.name, place
    )
    return place


def make_parents(folder: Path) -> None:
    """Make what is missing above a data folder; what is there stays as it is."""
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir(exist_ok=True)
            each.chmod(0o711 if os.geteuid() == 0 else 0o700)


def private_folder(folder: Path, uid: int, gid: int = -1) -> None:
    """A folder only ``uid`` gets into; one that is there must be theirs already, or ours to hand over."""
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, uid, gid, follow_symlinks=False)
    except FileExistsError:
        if folder.lstat().st_uid == os.geteuid() != uid:  # a start that was killed between the two lines above
            os.chown(folder, uid, gid, follow_symlinks=False)
    checked(folder, uid=uid)


def checked(path: Path, *, uid: int, closed: bool = True) -> None:
    """That ``path`` is ``uid``'s, no link, and others may not write it (when ``closed``: nor get at it at all)."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise NoPostgres(
            f"{path} is a link, and links are not followed here: put the real file or folder in its place."
        )
    if found.st_uid != uid:
        raise NoPostgres(
            f"{path} belongs to {name_of(found.st_uid)} and not to {name_of(uid)}: start as its owner, "
            "or use another folder (FLOORWALKER_HOME)."
        )
    open_to_others = found.st_mode & (0o077 if closed else 0o022)
    if open_to_others:
        verb, mend = ("get at", "go-rwx") if closed else ("write to", "go-w")
        raise NoPostgres(
            f"Others than {name_of(uid)} may {verb} {path}: use a folder of its own (FLOORWALKER_HOME), "
            f"or if nobody has been at this one, close it (chmod {mend})."
        )


def write(path: Path, text: str, *, uid: int = -1, gid: int = -1) -> None:
    """A file only its owner reads, whole or not at all; a link at its place is replaced and not followed."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchown(handle, uid, gid)
        file.write(text)
        file.flush()
        os.fsync(handle)
    new.replace(path)
