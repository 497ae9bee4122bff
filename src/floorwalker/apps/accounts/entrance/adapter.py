"""How people get in and out: the sign-in library's hooks, answered by our services."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.entrance import devices, standing
from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.rules import SHORTEST_PASSWORD_WITH_OTHERS
from floorwalker.kernel.access import Actor


class EntranceAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012  (the library's own attribute)
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail and password do not fit together. Check both, then try again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again, or use a passkey."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count tries per address and per account. Whose device is known is counted apart, so that strangers who
        try an account's password slow other strangers down, and never the person themselves."""
        email = str(credentials.get("email", "")).lower()
        device = devices.known(request, email)
        key = f"device:{device}" if device else f"account:{email}"
        # The parent rolls this back when the password was right.
        self._login_failed_rl_usage = ratelimit.consume(request, app="allauth.account", action="sign_in", key=key)
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and user.service_account:
            self.authentication_failed(request, **credentials)
            return None
        if user is None:
            return None
        length = len(credentials.get("password") or "")
        request.session["short_password"] = length < SHORTEST_PASSWORD_WITH_OTHERS
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        services.refuse_sign_in(
            email=str(credentials.get("email", "")),
            address=self.get_client_ip(request),
            why="password",
            at=timezone.now(),
        )

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        steps = standing.records(request)
        opened = services.open_session(
            user=user,
            how=standing.how(steps),
            strong=standing.is_strong(steps),
            short_password=bool(request.session.pop("short_password", False))
            and any(step["method"] == "password" for step in steps),
            address=self.get_client_ip(request),
            device=self.get_http_user_agent(request),
            at=timezone.now(),
        )
        request.session[standing.SESSION_KEY] = opened.pk
        request.open_session = opened  # type: ignore[attr-defined]

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        response = super().post_login(request, user, **details)
        devices.remember(response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        session = standing.session_of_request(request)
        if session is not None:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            services.sign_out(session=session, by=actor, at=timezone.now())
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        clear_login(request)
        return HttpResponseRedirect(reverse("account_inactive"))

    def get_login_stages(self) -> list[str]:
        return ["floorwalker.apps.accounts.entrance.stages.SecondFactorStage"]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        session = standing.session_of_request(self.request)
        return session is None or not standing.is_fresh(session, timezone.now())

    def set_password(self, user: Any, password: str) -> None:
        services.set_password(
            user=user, password=password, keep=standing.session_of_request(self.request), at=timezone.now()
        )

    def add_message(self, *arguments: Any, **more: Any) -> None:
        """Pages say what happened; the library's messages would say it twice, in other words."""
