"""What is known about the session of a request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from floorwalker.apps.accounts.models import OpenSession
from floorwalker.apps.accounts.rules import FRESH

SESSION_KEY = "open_session"


def session_of_request(request: HttpRequest) -> OpenSession | None:
    """The open session that ActorMiddleware found."""
    found: OpenSession | None = getattr(request, "open_session", None)
    return found


def is_fresh(session: OpenSession, at: datetime) -> bool:
    """Whether the person proved who they are a moment ago.

    A link from a laptop's own console leaves nothing to prove again; nobody else can reach that machine.
    """
    by_console = session.how == OpenSession.How.CONSOLE and not settings.PRODUCTION
    return by_console or at - session.proved_at <= FRESH


def is_awake(session: OpenSession) -> bool:
    """Whether they proved who they are since they came back from a long pause."""
    return session.slept_at is None or session.proved_at >= session.slept_at


def records(request: HttpRequest) -> list[dict[str, Any]]:
    """How they proved who they are in this sign-in, step by step."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY

    found: list[dict[str, Any]] = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    return found


def how(steps: list[dict[str, Any]]) -> str:
    """The way they came in, in one word."""
    ways = {
        "password": OpenSession.How.PASSWORD,
        "socialaccount": OpenSession.How.COMPANY,
        "console": OpenSession.How.CONSOLE,
        "link": OpenSession.How.LINK,
    }
    for step in steps:
        if step.get("passwordless"):
            return OpenSession.How.PASSKEY.value
        if step["method"] in ways:
            return ways[step["method"]].value
    return OpenSession.How.LINK.value


def is_strong(steps: list[dict[str, Any]]) -> bool:
    """Whether two factors were shown: a code or key after the first, a passkey, or the server's own console."""
    return any(step["method"] in {"mfa", "console"} or step.get("two_factors") for step in steps)
