"""Users, codes and browsers the tests of signing in share."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.kernel.roles import Role, Scope

PASSWORD = "four plain words here"


def make_user(email: str, role: Role | None = Role.AGENT, password: str | None = PASSWORD) -> User:
    user = User.objects.create_user(email, email.split("@")[0].title(), password)
    if role is not None:
        scope = Scope.OWN if role is Role.AGENT else Scope.ALL
        RoleHeld.objects.create(user=user, role=role, scope=scope, given_at=timezone.now(), given_by="the test")
    return user


def with_app(user: User) -> str:
    """Give a user an authenticator app and recovery codes; its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some steps of 30 seconds away; written anew from RFC 6238."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def recovery_code(user: User) -> str:
    codes: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return codes[0]


def give_password(browser: Client, email: str, password: str = PASSWORD) -> Any:
    return browser.post(reverse("account_login"), {"login": email, "password": password})


def give_code(browser: Client, code: str) -> Any:
    return browser.post(reverse("mfa_authenticate"), {"code": code})


def is_in(browser: Client) -> bool:
    """Whether somebody is signed in, however little they may do yet."""
    return browser.get(reverse("accounts:second_factor")).status_code == 200


def reaches(browser: Client, name: str = "accounts:mine") -> bool:
    """Whether a page that is no page of enrolment opens."""
    return browser.get(reverse(name)).status_code == 200
