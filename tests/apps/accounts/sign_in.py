"""How tests sign people in: by a link from the console, which is what `floorwalker users link` prints.

It goes through the same door as a browser, needs no password, and stands for both factors.
"""

from __future__ import annotations

from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import OneTimeLink, User


def sign_in(browser: Browser, user: User) -> Browser:
    """Sign a user in with everything their roles need; the browser is given back."""
    cache.clear()  # whoever signed in in the tests before does not use up this one's tries
    secret = services.make_link(purpose=OneTimeLink.Purpose.SIGN_IN, user=user, console=True, at=timezone.now())
    answer = browser.post(reverse("accounts:link", args=[secret]))
    assert answer.status_code == 302, answer.content.decode()
    return browser


def sign_in_by_password(browser: Browser, email: str, password: str, next_url: str = "") -> object:
    """Fill in the sign-in page."""
    return browser.post(reverse("account_login"), {"login": email, "password": password, "next": next_url})
