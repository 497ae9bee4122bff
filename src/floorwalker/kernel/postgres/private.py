"""The life of a private server: start or join, stop, and get up again after whatever happened.

Whether a server lives is asked of the kernel and not of a number in a file: every process of the server holds
DATA/.alive locked from birth to death. A killed postmaster that nobody has buried yet, a number given to another
process, a restarted container: none of them holds the lock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from floorwalker.kernel.postgres import cluster, passwords
from floorwalker.kernel.postgres.account import account
from floorwalker.kernel.postgres.binaries import Binaries, find
from floorwalker.kernel.postgres.cluster import Workshop
from floorwalker.kernel.postgres.connection import APP, OWNER, PORT, Login, Server
from floorwalker.kernel.postgres.errors import NoPostgres
from floorwalker.kernel.postgres.folders import Layout, checked, private_folder, reachable
from floorwalker.kernel.postgres.knock import answers, listens
from floorwalker.kernel.postgres.locks import claimed, held_with_others, locked
from floorwalker.kernel.postgres.orphans import Orphans
from floorwalker.kernel.postgres.settings import FILE_NAME, is_unsafe, settings
from floorwalker.kernel.postgres.wheel import usable_by

PATIENCE_SECONDS = 120  # the recovery of a long log takes its time
POLL_SECONDS = 0.02
SOCKET = f".s.PGSQL.{PORT}"
KINDS = {True: "one for tests, which loses data", False: "one that keeps its data"}


class Private:
    """The PostgreSQL in one data folder.

    ``bins`` names the folder of PostgreSQL's programs. ``fast_and_unsafe`` makes a server for tests: it does not
    wait for the disk, and the role that serves may make databases.
    """

    def __init__(self, folder: Path, *, bins: Path | None = None, fast_and_unsafe: bool = False) -> None:
        self.folder = Path(folder).expanduser().resolve()
        self.bins = bins
        self.fast_and_unsafe = fast_and_unsafe
        with self._plainly():
            self.folder = reachable(self.folder, account(self.folder / "pgdata"))
            self.layout = Layout(self.folder)
            self.who = account(self.layout.pgdata)

    def start(self) -> Server:
        """The server, started if there is none; of several that start it at once one does, the others join."""
        with self._plainly():
            self.layout.prepare(self.who)
            with locked(self.layout.lock):
                self._refuse_the_other_kind()
                for _ in self._patiently():
                    if self.running():
                        return self._join()
                    with claimed(self.layout.alive) as holding:
                        if holding is not None:
                            return self._begin(holding)
        raise NoPostgres(
            f"In {self.folder} something of an earlier server still runs after {PATIENCE_SECONDS} seconds and "
            "does not answer: end its postgres processes and try again."
        )

    def stop(self) -> None:
        """Stop the server and wait until nothing of it runs; where there is none nothing happens."""
        with self._plainly():
            if not self.layout.lock.exists():
                return
            with locked(self.layout.lock):
                for _ in self._patiently():
                    if self._listening():
                        self._ask_to_stop()
                    with claimed(self.layout.alive) as holding:
                        if holding is not None:
                            self._forget()
                            return
        raise NoPostgres(f"The server in {self.folder} does not stop: end its postgres processes and try again.")

    @contextmanager
    def shared(self) -> Iterator[Server]:
        """The server while the block lasts; the last of all that share it stops it, however the others ended."""
        with self._plainly():
            self.layout.prepare(self.who)
        try:
            with held_with_others(self.layout.users):
                yield self.start()
        finally:
            with claimed(self.layout.users) as last:
                if last is not None:
                    self.stop()

    def running(self) -> bool:
        """Whether the server answers."""
        with self._plainly():
            path = self._socket()
            return path is not None and self._noted()[7:8] == ["ready"] and answers(path)

    def version(self) -> str:
        """The version of the programs that run, or would run, this folder: ``18.4``."""
        with self._plainly():
            return self._binaries().version

    def _begin(self, holding: int) -> Server:
        """Start the server while nobody else is there; ``holding`` goes on to its processes."""
        shop = Workshop(self.layout, usable_by(self.who, self._binaries()), self.who, holding)
        self._forget()
        known = passwords.kept(self.layout.secret)
        if not self.layout.pgdata.exists():
            known = known or passwords.make(self.layout.secret)
            cluster.make(shop, known, fast_and_unsafe=self.fast_and_unsafe)
        elif known is None:
            cluster.change_passwords(shop, passwords.make(self.layout.secret))
        place = self.layout.socket_folder(self.who)
        private_folder(place, self.who.uid, self.who.gid)
        shop.write(self.layout.pgdata / FILE_NAME, settings(place, fast_and_unsafe=self.fast_and_unsafe))
        log = self.layout.run / "start.log"
        log.unlink(missing_ok=True)
        told = ("-D", "pgdata", "-l", str(log.relative_to(self.folder)), "-w", "-t", str(PATIENCE_SECONDS))
        code, said = shop.run("pg_ctl", "start", *told)
        if code != 0 or not self.running():
            raise NoPostgres(f"PostgreSQL does not start in {self.folder}; it said:\n{self._last_words() or said}")
        return self._join()

    def _join(self) -> Server:
        path, known = self._socket(), passwords.kept(self.layout.secret)
        if path is None:
            raise NoPostgres(f"The server in {self.folder} went away just now: try again.")
        if known is None:
            raise NoPostgres(
                f"The server in {self.folder} runs, and its passwords are no longer in {self.layout.secret}: "
                "stop it and start it again, and it gets new ones."
            )
        logins = {role: Login(host=str(path.parent), user=role, password=known[role]) for role in (APP, OWNER)}
        return Server(app=logins[APP], owner=logins[OWNER], folder=self.folder)

    def _binaries(self) -> Binaries:
        try:
            major = int((self.layout.pgdata / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError:
            major = None
        return find(self.bins, major=major)

    def _noted(self) -> list[str]:
        """The lines of postmaster.pid: process, folder, start, port, socket folder, address, memory, state."""
        try:
            text = (self.layout.pgdata / "postmaster.pid").read_bytes()
        except FileNotFoundError:
            return []
        return [line.strip() for line in os.fsdecode(text).splitlines()]

    def _socket(self) -> Path | None:
        """Where the server said it would listen."""
        noted = self._noted()
        return Path(noted[4]) / SOCKET if len(noted) > 4 and noted[4] else None

    def _listening(self) -> bool:
        path = self._socket()
        return path is not None and listens(path)

    def _ask_to_stop(self) -> None:
        pg_ctl = usable_by(self.who, self._binaries()).folder / "pg_ctl"
        told = ("stop", "-D", "pgdata", "-m", "fast", "-w", "-t", str(PATIENCE_SECONDS))
        done = self.who.run([pg_ctl, *told], folder=self.folder)
        if done.returncode != 0 and self._listening():
            raise NoPostgres(f"The server in {self.folder} does not stop; pg_ctl said:\n{done.stdout.strip()}")

    def _forget(self) -> None:
        """Remove what a dead server left behind; PostgreSQL would take a reused process number for itself."""
        (self.layout.pgdata / "postmaster.pid").unlink(missing_ok=True)
        for place in {self.layout.run, self.layout.socket_folder(self.who)}:
            with suppress(
                FileNotFoundError, NoPostgres
            ):  # somebody else's is left alone, and refused at the start
                checked(place, uid=self.who.uid)
                for name in (SOCKET, f"{SOCKET}.lock"):
                    (place / name).unlink(missing_ok=True)
                if place != self.layout.run:
                    place.rmdir()

    def _refuse_the_other_kind(self) -> None:
        """A test's server keeps nothing safe, and a real one is nothing for tests to play with."""
        try:
            unsafe = is_unsafe((self.layout.pgdata / FILE_NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        if unsafe != self.fast_and_unsafe:
            raise NoPostgres(
                f"The server in {self.folder} is {KINDS[unsafe]}, and {KINDS[not unsafe]} is asked for: "
                "use another folder for it."
            )

    def _last_words(self) -> str:
        start = self.layout.run / "start.log"
        daily = sorted(self.layout.pgdata.glob("log/*.log"), key=lambda log: log.stat().st_mtime)
        said = start.read_text(errors="replace") if start.exists() else ""
        if "FATAL" not in said and daily:  # it came as far as its own log
            said = daily[-1].read_text(errors="replace")
        return "\n".join(said.splitlines()[-5:])

    def _patiently(self) -> Iterator[None]:
        """Again and again until patience is at its end; what a killed server left behind is seen off meanwhile."""
        orphans = Orphans(self.layout.pgdata)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            yield
            time.sleep(POLL_SECONDS)
            pid = self._noted()[:1]
            orphans.look_after(abs(int(pid[0])) if pid and pid[0].lstrip("-").isdigit() else None)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """What the operating system refuses, as a sentence."""
        try:
            yield
        except OSError as error:
            raise NoPostgres(
                f"The private PostgreSQL in {self.folder} cannot be used: {error.strerror} "
                f"({error.filename or self.folder})."
            ) from error
