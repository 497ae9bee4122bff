"""How to reach the server: the facts of a login, as a URL and as Django wants them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

DATABASE = "floorwalker"
OWNER = "floorwalker_owner"
APP = "floorwalker_app"
PORT = 5432  # names the socket's file; nothing listens on a network


@dataclass(frozen=True, slots=True)
class Login:
    """One role's way in: a folder with a socket, a name, a password that is never printed, and a database."""

    host: str
    user: str
    password: str = field(repr=False)
    dbname: str = DATABASE
    port: int = PORT

    @property
    def url(self) -> str:
        """As ``postgresql://…``, for programs that take one line; it holds the password."""
        who = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return (
            f"postgresql://{who}@/{quote(self.dbname, safe='')}?host={quote(self.host, safe='')}&port={self.port}"
        )

    @property
    def django(self) -> dict[str, str]:
        """As an entry of Django's ``DATABASES``."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.dbname,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": str(self.port),
        }


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: ``app`` serves and may only read and write rows, ``owner`` migrates."""

    app: Login
    owner: Login
    folder: Path
