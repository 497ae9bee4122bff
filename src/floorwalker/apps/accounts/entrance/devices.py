"""Devices known to an account: who signed in from here before is not slowed down by strangers' failures."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.secrets import new_secret

SALT = "accounts.device"
REMEMBERED_SECONDS = 180 * 24 * 3600


def known(request: HttpRequest, email: str) -> str:
    """The name of this device for that account, or nothing: a cookie we signed for exactly this e-mail."""
    try:
        mark = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=REMEMBERED_SECONDS
        )
        return str(mark["device"]) if mark["email"] == email else ""
    except (signing.BadSignature, KeyError, TypeError):
        return ""


def remember(response: HttpResponse, user: User) -> None:
    """Mark the device after a full sign-in; the mark opens nothing."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({"email": user.email, "device": new_secret()[:16]}, salt=SALT),
        max_age=REMEMBERED_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
