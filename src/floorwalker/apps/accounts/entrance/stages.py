"""The second step of signing in."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from floorwalker.apps.accounts.entrance import standing


class SecondFactorStage(AuthenticateStage):
    """Asks whoever has a second factor for it; a link from the server's own console stands for both."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if standing.is_strong(standing.records(request)):
            return False
        return bool(super()._should_handle(request))
