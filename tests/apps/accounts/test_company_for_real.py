"""The company's sign-on against a provider we did not write, as a process: both read the standard alike."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from floorwalker.apps.accounts.models import OneTimeLink
from tests.apps.accounts.cases import is_in, make_user
from tests.apps.accounts.test_company import invited

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
PATIENCE_SECONDS = 60.0
CLIENT_ID, CLIENT_SECRET = "floorwalker", "the-secret-both-sides-know"
ADA = {"sub": "ada-1", "email": "ada@example.org", "email_verified": True, "name": "Ada"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that knows Ada, without her consent page to click: its form is posted by the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    order = ["-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--user-claims", json.dumps(ADA)]
    process = subprocess.Popen([sys.executable, *order], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{found}/.well-known/openid-configuration", process)
        yield found
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the provider did not start: {process.poll()}")


@pytest.fixture
def company(issuer: str, settings: Settings) -> str:
    """Our side, told no more than an operator tells it: who the provider is, and our name and secret there."""
    settings.OIDC_ISSUER = issuer
    settings.SOCIALACCOUNT_PROVIDERS = {"company": {"APPS": [an_app(issuer)]}}
    return issuer


def an_app(issuer: str, client_id: str = CLIENT_ID) -> dict[str, Any]:
    return {
        "provider_id": "company",
        "name": "Example plc",
        "client_id": client_id,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }


class StayHere(urllib.request.HTTPRedirectHandler):
    """Where the provider sends the browser is ours to follow."""

    def redirect_request(self, *_: Any) -> None:
        return None


def agree(asked: str, sub: str = ADA["sub"]) -> str:
    """What the provider's page does when a person presses its button; the address they are sent to."""
    body = urllib.parse.urlencode({"sub": sub}).encode()
    try:
        urllib.request.build_opener(StayHere).open(asked, body, timeout=20).close()
    except urllib.error.HTTPError as answer:
        assert answer.code == 302, answer.read()
        return str(answer.headers["Location"])
    raise AssertionError("the provider sent nobody back")


def start(browser: Client) -> str:
    """Press our button; the address at the provider one is sent to."""
    answer = browser.post(reverse("company_login"))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def come_back(browser: Client, address: str) -> Any:
    parts = urllib.parse.urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}")


def changed(asked: str, **values: str) -> str:
    parts = urllib.parse.urlsplit(asked)
    query = dict(urllib.parse.parse_qsl(parts.query)) | values
    return parts._replace(query=urllib.parse.urlencode(query)).geturl()


def test_who_was_invited_signs_in_by_discovery_alone(company: str) -> None:
    """Addresses and keys are found, the code exchanged, the token checked; then by subject, without invitation."""
    user, first = make_user("ada@example.org", password=None), Client()
    invited(first, user)
    come_back(first, agree(start(first)))
    assert is_in(first)
    account = SocialAccount.objects.get()
    assert (account.user, account.uid) == (user, f"{company}|{ADA['sub']}")
    later = Client()
    come_back(later, agree(start(later)))
    assert is_in(later)
    stranger = Client()
    come_back(stranger, agree(start(stranger), sub="eve@example.org"))
    assert not is_in(stranger)
    assert not OneTimeLink.objects.filter(user=user, used_at=None).exists()


@pytest.mark.parametrize("wrong", ["nonce", "state", "code used twice", "another program"])
def test_what_was_not_asked_for_lets_nobody_in(wrong: str, company: str, settings: Settings) -> None:
    """A token for another question, a code for another program or used before, an answer to no question."""
    user = make_user("ada@example.org", password=None)
    SocialAccount.objects.create(user=user, provider="company", uid=f"{company}|{ADA['sub']}")
    browser = Client()
    asked = start(browser)
    if wrong == "nonce":
        back = agree(changed(asked, nonce="of another question"))
    elif wrong == "state":
        back = changed(agree(asked), state="of another browser")
    elif wrong == "another program":
        back = agree(asked)
        settings.SOCIALACCOUNT_PROVIDERS = {"company": {"APPS": [an_app(company, client_id="another")]}}
    else:
        back = agree(asked)
        come_back(Client(), back)
        come_back(browser, back)
        assert is_in(browser), "once it is good"
        browser = Client()
        start(browser)
    answer = come_back(browser, back)
    assert answer.status_code < 500
    assert not is_in(browser)
