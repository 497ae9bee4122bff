"""Who is asking: the actor of each request, the session they hold, their zone and language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.contrib.auth import logout
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRedirect

from floorwalker.apps.accounts.entrance.standing import SESSION_KEY
from floorwalker.apps.accounts.models import OpenSession, User
from floorwalker.apps.accounts.queries import actor_of, actor_of_token, held_back, sees_others, session_of
from floorwalker.apps.accounts.refusals import LongerPasswordFirst, SecondFactorFirst
from floorwalker.apps.accounts.services import see_session, token_reads, token_used
from floorwalker.kernel import audit
from floorwalker.kernel.access import NOBODY, Actor
from floorwalker.kernel.api.problems import TooManyRequests, problem
from floorwalker.kernel.errors import NotFound, Refused

API = "/api/"
WRONG_TOKENS_SECONDS = 60  # so many are counted in a minute, project/sign_in.py
# Where somebody gets who must set up or show a second factor, or choose a longer password, before anything else.
ENROLMENT = {
    "accounts:second_factor",
    "accounts:longer_password",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
}


class ActorMiddleware:
    """A session counts only while its row stands; without it the cookie is taken back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY  # type: ignore[attr-defined]
        request.open_session = None  # type: ignore[attr-defined]
        request.sent_to = ""  # type: ignore[attr-defined]
        language = translation.get_language() or "en"
        if secret := bearer(request):
            if not self._admit_token(request, secret, timezone.now()):
                return problem(TooManyRequests(seconds=WRONG_TOKENS_SECONDS))
        elif request.user.is_authenticated:
            self._admit(request, request.user, timezone.now())  # type: ignore[arg-type]
            language = getattr(request.user, "language", language)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(actor.zone)), translation.override(language):
            response = self.get_response(request)
        if actor.kind == "token" and request.method == "GET" and response.status_code == 200:
            match = request.resolver_match
            token_reads(what=match.route if match else request.path, by=actor, at=timezone.now())
        if isinstance(getattr(response, "refused", None), NotFound) and actor.signed_in:
            with transaction.atomic():
                audit.record(
                    by=actor, verb="access.denied", about=("kernel.page", request.path), at=timezone.now()
                )
        return response

    def _admit_token(self, request: HttpRequest, secret: str, at: datetime) -> bool:
        """The actor behind a token; whoever brings too many wrong ones is told to wait."""
        actor = actor_of_token(secret, get_adapter().get_client_ip(request), at)
        request.actor = actor  # type: ignore[attr-defined]
        if actor.id is None:
            return bool(ratelimit.consume(request, app="allauth.account", action="token", limit_get=True))
        token_used(token_id=actor.id, at=at)
        return True

    def _admit(self, request: HttpRequest, user: User, at: datetime) -> None:
        prefetch_related_objects([user], "roles_held")
        session = session_of(user, request.session.get(SESSION_KEY), at)
        if session is None:
            logout(request)
            return
        see_session(session, at)
        request.open_session = session  # type: ignore[attr-defined]
        request.actor = actor_of(user, strong=session.strong)  # type: ignore[attr-defined]
        request.sent_to = must_first(user, session)  # type: ignore[attr-defined]

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> HttpResponse | None:
        """Whoever still owes a proof reaches the pages to give it, and what is open to everybody."""
        target: str = request.sent_to  # type: ignore[attr-defined]
        if not target or getattr(getattr(view, "door", None), "public", ""):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in ENROLMENT:
            return None
        if request.path.startswith(API):
            return problem(FIRST[target]())
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(reverse(target))
        return HttpResponseRedirect(reverse(target))


# What a program is told that comes with the cookie of a browser, in place of being sent to a page.
FIRST: dict[str, type[Refused]] = {
    "accounts:second_factor": SecondFactorFirst,
    "accounts:longer_password": LongerPasswordFirst,
}


def bearer(request: HttpRequest) -> str:
    """The token a program sends; only the API takes one, and a cookie beside it counts for nothing."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    is_api = request.path.startswith(API)
    return secret.strip() if is_api and kind.lower() == "bearer" else ""


def must_first(user: User, session: OpenSession) -> str:
    """The page a person must go through before any other, if there is one."""
    if held_back(user, strong=session.strong):
        return "accounts:second_factor"
    if session.short_password and sees_others(user):
        return "accounts:longer_password"
    return ""
