"""What the sign-in library tells us of: proofs given again, second factors changed, codes that were wrong."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.http import HttpRequest
from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.entrance.standing import session_of_request


def _proved(request: HttpRequest, method: str, **more: Any) -> None:
    """A proof in an open session makes it fresh; a second factor makes it strong."""
    session = session_of_request(request)
    if session is not None and more.get("reauthenticated"):
        services.prove(session, timezone.now(), strong=method == "mfa")


def _factor(verb: str) -> Any:
    def changed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
        session = session_of_request(request)
        services.factor_changed(user=user, verb=verb, kind=authenticator.type, session=session, at=timezone.now())
        if session is not None and verb == "accounts.factor_added":
            request.session.cycle_key()  # more rights, another key

    return changed


def _wrong_code(request: HttpRequest, user: Any, **_: Any) -> None:
    services.refuse_sign_in(
        email=user.email, address=get_adapter().get_client_ip(request), why="code", at=timezone.now()
    )


HEARD = {
    authentication_step_completed: _proved,
    authenticator_added: _factor("accounts.factor_added"),
    authenticator_removed: _factor("accounts.factor_removed"),
    authenticator_reset: _factor("accounts.factor_made_anew"),
    authentication_failed: _wrong_code,
}


def listen() -> None:
    for signal, heard in HEARD.items():
        signal.connect(heard, weak=False, dispatch_uid=f"accounts.{id(signal)}")
