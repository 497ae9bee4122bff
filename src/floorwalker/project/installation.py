"""One installation: its data folder, its database, its secret – and the environment its processes run in.

Django is set up from the environment, so whoever starts a process of the suite prepares that environment here.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

from floorwalker.kernel.postgres import Private, default_folder
from floorwalker.project import environment as env
from floorwalker.project.compressing import compress

SECRET_BYTES = 50
MANAGE = ("-m", "floorwalker.project.manage")
SECONDS_TO_ANSWER = 10


class NoDatabase(Exception):
    """The operator's database cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Installation:
    """Where it lies and how its processes reach their database."""

    home: Path
    serve_url: str  # the role that serves
    migrate_url: (
        str  # the role that may change tables; the same on an operator's database unless they give another
    )
    own_server: bool

    @property
    def environment(self) -> dict[str, str]:
        """What a process of the suite is started with."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "floorwalker.project.settings",
            "FLOORWALKER_HOME": str(self.home),
            "FLOORWALKER_DATABASE": self.serve_url,
            "FLOORWALKER_SECRET_KEY": env.text("FLOORWALKER_SECRET_KEY") or own_secret(self.home),
        }

    def reach(self) -> None:
        """Set Django up in this process, on a database that answers."""
        knock(self.serve_url)
        self.use()

    def use(self) -> None:
        """Set Django up in this process."""
        os.environ.update(self.environment)
        import django

        django.setup()

    def manage(self, *arguments: str, migrating: bool = False) -> None:
        """Run one of Django's commands in a process of its own."""
        environment = self.environment
        if migrating:
            environment["FLOORWALKER_DATABASE"] = self.migrate_url
            # Hundreds of small changes that can all be made again need not each wait for the disk.
            environment["PGOPTIONS"] = "-c synchronous_commit=off"
        subprocess.run([sys.executable, *MANAGE, *arguments], env=environment, check=True)

    def migrate(self) -> None:
        """Bring the tables up to date, as the role that owns them."""
        knock(self.migrate_url)
        self.manage("migrate", "--no-input", "--verbosity", "0", migrating=True)

    def prepare(self) -> None:
        """Tables up to date and files of the pages collected, both at once."""
        knock(self.migrate_url)
        files = subprocess.Popen(
            [sys.executable, *MANAGE, "collectstatic", "--no-input", "--verbosity", "0"], env=self.environment
        )
        self.migrate()
        if files.wait():
            raise subprocess.CalledProcessError(files.returncode, "collectstatic")
        compress(Path(env.text("FLOORWALKER_STATIC") or self.home / "static"))


def home_folder() -> Path:
    """Where an installation keeps its files: FLOORWALKER_HOME, else the user's own data folder."""
    return default_folder()


def find(database: str | None, home: Path | None = None) -> Installation:
    """This machine's installation: on the operator's database, or on a private one that is started if need be."""
    os.umask(0o077)  # whatever this process and its children write is theirs alone
    home, given = home or home_folder(), bool(database)
    database = database or env.text("FLOORWALKER_DATABASE")
    if database:
        env.database_of(database, "--database" if given else "FLOORWALKER_DATABASE")
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Installation(home, database, env.text("FLOORWALKER_DATABASE_OWNER") or database, False)
    server = Private(home / "database").start()
    return Installation(home, server.app.url, server.owner.url, True)


def knock(address: str) -> None:
    """Whether a database answers there and lets us in."""
    try:
        psycopg.connect(address, connect_timeout=SECONDS_TO_ANSWER).close()
    except psycopg.OperationalError as error:
        why = str(error).splitlines()[0].removeprefix("connection failed: ")
        advice = "start it, or mend its address (--database or FLOORWALKER_DATABASE)"
        raise NoDatabase(f"the database does not answer: {why}; {advice}") from error


def answers_on(port: int) -> None:
    """On a laptop links lead to the port it answers on, unless the person has said another address."""
    if not env.text("FLOORWALKER_SITE_URL"):
        os.environ["FLOORWALKER_SITE_URL"] = f"http://localhost:{port}"


def own_secret(home: Path) -> str:
    """A laptop's secret: made once, readable by its owner only."""
    path = home / "secret_key"
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{secrets.token_hex(8)}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(SECRET_BYTES), encoding="utf-8")
        try:
            os.link(part, path)  # whoever is first wins; nobody reads half a secret
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text(encoding="utf-8")
