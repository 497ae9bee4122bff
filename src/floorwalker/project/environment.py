"""Typed readers of the settings a person gives in the environment; each is described in `.env.example`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SECONDS_FOR_A_CONNECTION = 10.0  # then a request gives up and says that the suite is busy (`failures.py`)


class BadSetting(Exception):
    """A setting cannot be used; the text says which and what to write."""


def text(name: str, default: str = "") -> str:
    """A setting as it is; `NAME_FILE` names a file that holds it, as container secrets do; empty: the default."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip() or default
        except OSError as error:
            raise BadSetting(f"{name}_FILE names {path}, which cannot be read: {error.strerror}") from error
    return os.environ.get(name, "").strip() or default


def switch(name: str, default: bool) -> bool:
    """Yes or no."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}; write yes or no")


def currency(name: str, default: str) -> str:
    """Three letters."""
    value = text(name, default).upper() or default
    if len(value) != 3 or not value.isascii() or not value.isalpha():
        raise BadSetting(f"{name} is {value!r}; write three letters such as EUR")
    return value


def words(name: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


# The configurations PostgreSQL brings with it.
SEARCH_LANGUAGES = (
    "simple",
    "arabic",
    "armenian",
    "basque",
    "catalan",
    "danish",
    "dutch",
    "english",
    "finnish",
    "french",
    "german",
    "greek",
    "hindi",
    "hungarian",
    "indonesian",
    "irish",
    "italian",
    "lithuanian",
    "nepali",
    "norwegian",
    "portuguese",
    "romanian",
    "russian",
    "serbian",
    "spanish",
    "swedish",
    "tamil",
    "turkish",
    "yiddish",
)


def one_of(name: str, known: tuple[str, ...], default: str) -> str:
    """One of a few words."""
    value = text(name, default).lower()
    if value not in known:
        raise BadSetting(f"{name} is {value!r}; write one of {', '.join(known)}")
    return value


def mode() -> tuple[str, bool]:
    """Laptop or production, and whether it is production.

    "laptop" serves the loopback address only; "production" needs everything `floorwalker doctor` asks for.
    """
    value = text("FLOORWALKER_MODE", "laptop")
    if value not in {"laptop", "production"}:
        raise BadSetting(f"FLOORWALKER_MODE is {value!r}; write laptop or production")
    return value, value == "production"


def whole_number(name: str, default: int, *, least: int | None = None) -> int:
    value = text(name)
    try:
        number = int(value) if value else default
    except ValueError:
        raise BadSetting(f"{name} is {value!r}; write a whole number") from None
    if least is not None and number < least:
        raise BadSetting(f"{name} is {value!r}; write a whole number from {least} on")
    return number


def database(name: str, default: str = "", *, keep: int = 0) -> dict[str, object]:
    """Django's facts of `postgresql://user:password@host:port/name`; a socket folder is `?host=/folder`.

    Up to ``keep`` connections stay open between requests, for opening one costs as much as a small page. Each is
    knocked at before it is used again, so that nobody is shown an error because the database was started anew.
    """
    facts = database_of(text(name, default), name)
    if keep:
        pool = {"min_size": 0, "max_size": keep, "timeout": SECONDS_FOR_A_CONNECTION}
        facts |= {"OPTIONS": {**facts["OPTIONS"], "pool": pool}, "CONN_HEALTH_CHECKS": True}
    return facts


def database_of(address: str, name: str) -> dict[str, Any]:
    """The same of an address that was given as ``name``."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadSetting(
            f"{name} must read postgresql://user:password@host:port/name; SQLite and others do not do"
        )
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    options = {key: unquote(value) for key, value in query.items() if key not in {"host", "port"}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "floorwalker",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or query.get("port", "")),
        "OPTIONS": options,
    }


def mail(name: str, folder: Path) -> dict[str, object]:
    """Django's facts of `smtp://user:password@host:port?tls=yes`; without one, letters go to a folder."""
    address = text(name)
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder),
        }
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting(
            f"{name} must read smtp://user:password@host:port?tls=yes, or smtps:// for TLS from the start"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and "tls=no" not in parts.query,
        "EMAIL_TIMEOUT": 10,
    }
