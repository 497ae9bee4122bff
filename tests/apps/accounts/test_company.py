"""S-07: the company's sign-on lets in whom we invited, and nobody by any lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import OneTimeLink, User
from floorwalker.kernel.roles import Role
from tests.apps.accounts import provider as stub
from tests.apps.accounts.cases import is_in, make_user, reaches
from tests.apps.accounts.provider import CLIENT_ID, CLIENT_SECRET, Provider

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]

LIES = (
    "wrong nonce",
    "no nonce",
    "wrong audience",
    "two audiences",
    "wrong issuer",
    "another name for itself",
    "expired",
    "no exp",
    "no sub",
    "unsigned",
    "signed with the shared secret",
    "strange key",
    "unknown key",
    "two people",
    "sends us elsewhere",
    "endless answer",
)


@pytest.fixture
def company(settings: Settings) -> Iterator[Provider]:
    with stub.running() as provider:
        settings.OIDC_ISSUER = provider.issuer
        app = {
            "provider_id": "company",
            "name": "Example plc",
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {"server_url": provider.issuer, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"company": {"APPS": [app]}}
        yield provider


def to_the_company(browser: Client, company: Provider, **query: str) -> dict[str, str]:
    """Press the button; what the provider is asked."""
    answer = browser.post(reverse("company_login"), query_params=query)
    assert answer.status_code == 302, answer.content.decode()
    company.asked = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    return company.asked


def come_back(browser: Client, company: Provider, **changed: str) -> Any:
    return browser.get(reverse("company_callback"), {"code": "c", "state": company.asked["state"], **changed})


def sign_on(browser: Client, company: Provider) -> Any:
    to_the_company(browser, company)
    return come_back(browser, company)


def invited(browser: Client, user: User) -> None:
    """Open the invitation and choose the company."""
    secret = services.make_link(purpose=OneTimeLink.Purpose.INVITATION, user=user, at=timezone.now())
    answer = browser.post(reverse("accounts:link", args=[secret]), {"company": "1"})
    assert answer.headers["Location"] == reverse("accounts:company")


def test_an_invitation_ties_the_two_together(company: Provider) -> None:
    """The first time with the invitation, from then on by issuer and subject, whatever the e-mail is."""
    user = make_user("ada@example.org", password=None)
    first = Client()
    invited(first, user)
    assert sign_on(first, company).status_code == 302
    assert is_in(first)
    assert company.verified, "PKCE was proved"
    account = SocialAccount.objects.get()
    assert (account.user, account.uid) == (user, f"{company.issuer}|sub-1")
    company.claims = {"email": "renamed@example.org"}
    later = Client()
    sign_on(later, company)
    assert is_in(later)


def test_what_the_provider_is_asked(company: Provider) -> None:
    """Code flow with PKCE, a nonce and a state, and nothing the address of the button adds."""
    asked = to_the_company(
        Client(), company, scope="admin", auth_params="prompt=none&nonce=known", process="connect"
    )
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["nonce"] not in ("", "known")
    assert "prompt" not in asked
    assert asked["redirect_uri"] == "http://localhost:8000" + reverse("company_callback")


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_lets_nobody_in(lie: str, company: Provider) -> None:
    """Not even somebody who has been here before."""
    user = make_user("ada@example.org", password=None)
    SocialAccount.objects.create(user=user, provider="company", uid=f"{company.issuer}|sub-1")
    honest = Client()
    sign_on(honest, company)
    assert is_in(honest), "the same without the lie"
    company.lie = lie
    browser = Client()
    to_the_company(browser, company) if lie != "another name for itself" else None
    answer = come_back(browser, company)
    assert not is_in(browser)
    assert answer.status_code < 500


@pytest.mark.parametrize("wrong", ["uninvited", "unverified", "other e-mail", "no e-mail", "spent", "shut out"])
def test_whom_we_did_not_invite_stays_outside(wrong: str, company: Provider) -> None:
    """Being known to the company, or having somebody's e-mail, is not enough."""
    user = make_user("ada@example.org", password=None)
    browser = Client()
    if wrong != "uninvited":
        invited(browser, user)
    if wrong == "unverified":
        company.claims = {"email_verified": False}
    elif wrong == "other e-mail":
        company.claims = {"email": "eve@example.org"}
    elif wrong == "no e-mail":
        company.claims = {"email": ""}
    elif wrong == "spent":
        OneTimeLink.objects.update(used_at=timezone.now())
    elif wrong == "shut out":
        User.objects.update(is_active=False)
    answer = sign_on(browser, company)
    assert answer.headers["Location"] == reverse("accounts:not_invited")
    assert not is_in(browser)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1, "nobody is created on the way"


@pytest.mark.parametrize("changed", [{"state": "guess"}, {"state": ""}, {"code": "", "error": "access_denied"}])
def test_an_answer_to_no_question_lets_nobody_in(changed: dict[str, str], company: Provider) -> None:
    user = make_user("ada@example.org", password=None)
    SocialAccount.objects.create(user=user, provider="company", uid=f"{company.issuer}|sub-1")
    browser = Client()
    to_the_company(browser, company)
    come_back(browser, company, **changed)
    assert not is_in(browser)


def test_an_answer_in_another_browser_lets_nobody_in(company: Provider) -> None:
    """A callback address sent to a victim signs them in as nobody."""
    user = make_user("ada@example.org", password=None)
    SocialAccount.objects.create(user=user, provider="company", uid=f"{company.issuer}|sub-1")
    to_the_company(Client(), company)
    victim = Client()
    come_back(victim, company)
    assert not is_in(victim)


def test_the_subject_of_another_issuer_is_somebody_else(company: Provider) -> None:
    """The same subject at the provider of before opens nothing after a change of providers."""
    user = make_user("ada@example.org", password=None)
    SocialAccount.objects.create(user=user, provider="company", uid="https://old.example|sub-1")
    browser = Client()
    sign_on(browser, company)
    assert not is_in(browser)


def test_who_sees_others_data_still_shows_a_second_factor(company: Provider) -> None:
    """The company's word is one factor."""
    user = make_user("ada@example.org", Role.MANAGER, password=None)
    browser = Client()
    invited(browser, user)
    sign_on(browser, company)
    assert is_in(browser)
    assert not reaches(browser)


def test_without_settings_there_is_no_such_door(client: Client) -> None:
    assert client.post(reverse("company_login")).status_code == 404
    assert "company" not in client.get(reverse("accounts:forgotten")).content.decode()
