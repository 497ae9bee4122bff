"""What makes a production start unsafe: Django's checks with ids and hints, shown by `floorwalker doctor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

SHORTEST_SECRET = 50
DEFAULT_SECRETS = ("only-for-tests-and-tools", "change", "secret", "django-insecure")
WELL_KNOWN_PASSWORDS = {"", "floorwalker", "postgres", "password", "secret", "changeme", "change-me"}
OWN_MACHINE = {"localhost", "127.0.0.1", "::1", "[::1]"}


@register(Tags.security, deploy=True)
def fit_for_production(**_: Any) -> list[Error]:
    """Everything that must be set by a person before others may reach the suite."""
    return [error for look in LOOKS for error in look()]


def _secret() -> Iterator[Error]:
    secret = settings.SECRET_KEY
    guessable = any(each in secret.lower() for each in DEFAULT_SECRETS) or len(set(secret)) < 10
    if len(secret) < SHORTEST_SECRET or guessable:
        yield Error(
            "FLOORWALKER_SECRET_KEY is the default, too short or easy to guess.",
            hint='Set it to what this prints: python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
            id="floorwalker.E001",
        )


def _hosts() -> Iterator[Error]:
    hosts = settings.ALLOWED_HOSTS
    if not hosts or any(host.startswith(("*", ".")) for host in hosts):
        yield Error(
            "FLOORWALKER_HOSTS answers to any name.",
            hint="Name the hosts people use, separated by commas: FLOORWALKER_HOSTS=floor.example.org",
            id="floorwalker.E002",
        )
    elif set(hosts) <= OWN_MACHINE:
        yield Error(
            "FLOORWALKER_HOSTS is missing, so nobody but this machine is answered.",
            hint="Name the host people use: FLOORWALKER_HOSTS=floor.example.org",
            id="floorwalker.E003",
        )


def _debug() -> Iterator[Error]:
    if settings.DEBUG:
        yield Error(
            "DEBUG shows the inside of the suite to everybody.", hint="Leave it off.", id="floorwalker.E004"
        )


def _site() -> Iterator[Error]:
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or not site.hostname:
        yield Error(
            f"FLOORWALKER_SITE_URL is {settings.SITE_URL}; passwords and sessions need https.",
            hint="Set it to the address people type: https://floor.example.org",
            id="floorwalker.E005",
        )
    elif site.hostname not in settings.ALLOWED_HOSTS:
        yield Error(
            f"FLOORWALKER_SITE_URL names {site.hostname}, which FLOORWALKER_HOSTS does not.",
            hint="Add it to FLOORWALKER_HOSTS, or the links in e-mails lead nowhere.",
            id="floorwalker.E006",
        )


def _database() -> Iterator[Error]:
    database = settings.DATABASES["default"]
    over_network = database["HOST"] and not str(database["HOST"]).startswith("/")
    if over_network and str(database["PASSWORD"]).lower() in WELL_KNOWN_PASSWORDS:
        yield Error(
            "The database's password is missing or one that everybody tries first.",
            hint="Give its user a long random one and write it into FLOORWALKER_DATABASE.",
            id="floorwalker.E007",
        )
    if database["USER"] == "postgres":
        yield Error(
            "The suite would serve as postgres, who may do anything.",
            hint="Give it a user of its own (NOSUPERUSER NOBYPASSRLS); the manual has the four lines.",
            id="floorwalker.E008",
        )


def _company_sign_on() -> Iterator[Error]:
    given = [settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET]
    if any(given) and not all(given):
        yield Error(
            "The company's sign-on is set up by half.",
            hint="Set FLOORWALKER_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET together, or none of them.",
            id="floorwalker.E009",
        )
    if settings.OIDC_ISSUER and urlsplit(settings.OIDC_ISSUER).scheme != "https":
        yield Error(
            f"FLOORWALKER_OIDC_ISSUER is {settings.OIDC_ISSUER}; without https anybody could answer in its place.",
            hint="Use the provider's https address.",
            id="floorwalker.E010",
        )


def _sessions() -> Iterator[Error]:
    limits = {
        "FLOORWALKER_SESSION_IDLE_MINUTES": (settings.SESSION_PRIVILEGED_IDLE.total_seconds() / 60, 60),
        "FLOORWALKER_SESSION_HOURS": (settings.SESSION_PRIVILEGED_OPEN.total_seconds() / 3600, 12),
        "FLOORWALKER_AGENT_SESSION_HOURS": (settings.SESSION_AGENT_OPEN.total_seconds() / 3600, 24),
    }
    for name, (value, most) in limits.items():
        if not 0 < value <= most:
            yield Error(
                f"{name} is {value:g}: a session left open somewhere would stay open too long, or never open.",
                hint=f"Write a whole number from 1 to {most}.",
                id="floorwalker.E011",
            )


LOOKS: tuple[Callable[[], Iterator[Error]], ...] = (
    _secret,
    _hosts,
    _debug,
    _site,
    _database,
    _company_sign_on,
    _sessions,
)
