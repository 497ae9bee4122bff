"""S-05: nobody who sees others' data gets anywhere without a second factor, whatever step they leave out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import OneTimeLink, OpenSession
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.kernel.roles import Role
from tests.apps.accounts.cases import (
    PASSWORD,
    code_of,
    give_code,
    give_password,
    is_in,
    make_user,
    reaches,
    recovery_code,
    with_app,
)

pytestmark = pytest.mark.django_db
PRIVILEGED = [role for role in Role if role.sees_others]


@pytest.mark.parametrize("role", PRIVILEGED)
def test_a_privileged_user_reaches_only_enrolment(role: Role, client: Client) -> None:
    """With a password alone every other page leads to the one that sets up a second factor."""
    make_user("ada@example.org", role)
    give_password(client, "ada@example.org")
    assert is_in(client)
    for name in ("accounts:mine", "accounts:users", "accounts:new_token", "kernel:notices"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("accounts:second_factor"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_it_the_api_says_so_to_programs(method: str, client: Client) -> None:
    """No page to be sent to: 403 as a problem with a code, whatever the operation; what is public stays open."""
    make_user("ada@example.org", Role.ADMINISTRATOR)
    give_password(client, "ada@example.org")
    answer = getattr(client, method)("/api/v1/agents")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["code"] == "second_factor_first"
    assert client.get("/api/v1/openapi.json").status_code == 200


def test_an_agent_needs_none(client: Client) -> None:
    """Unless the switch says so."""
    make_user("ada@example.org")
    give_password(client, "ada@example.org")
    assert reaches(client)


def test_the_switch_asks_agents_too(client: Client, settings: Settings) -> None:
    """FLOORWALKER_AGENTS_SECOND_FACTOR=yes."""
    settings.AGENTS_SECOND_FACTOR = True
    make_user("ada@example.org")
    give_password(client, "ada@example.org")
    assert not reaches(client)


def test_without_it_the_actor_holds_no_privileged_role() -> None:
    """Not only pages: whatever asks the actor sees an agent at most."""
    user = make_user("ada@example.org", Role.MANAGER)
    assert actor_of(user, strong=False).held == ()
    assert actor_of(user).has_role(Role.MANAGER)


def test_enrolling_an_app_opens_the_suite(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code the app shows proves it is set up; the session key changes with the rights."""
    # A page commits as it goes; only a test wraps it in a transaction that never ends.
    monkeypatch.setattr(transaction, "on_commit", lambda do, **_: do())
    make_user("ada@example.org", Role.MANAGER)
    give_password(client, "ada@example.org")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    before = client.session.session_key
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302
    assert client.session.session_key != before
    assert reaches(client)
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_a_wrong_code_enrols_nothing(client: Client) -> None:
    make_user("ada@example.org", Role.MANAGER)
    give_password(client, "ada@example.org")
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert not Authenticator.objects.exists()
    assert not reaches(client)


def test_password_and_code_sign_in(client: Client) -> None:
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    assert give_password(client, "ada@example.org").headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client), "the password alone is nobody yet"
    assert give_code(client, code_of(secret)).status_code == 302
    assert reaches(client)
    assert OpenSession.objects.get().strong


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_counts_once(steps: int) -> None:
    """Replayed at once or within the minute and a half in which it would still be right, it is refused."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    code = code_of(secret, steps)
    first = Client()
    give_password(first, "ada@example.org")
    give_code(first, code)
    assert is_in(first)
    for later in (0, 29, 31, 59):
        with time_machine.travel(timezone.now() + timedelta(seconds=later)):
            thief = Client()
            give_password(thief, "ada@example.org")
            give_code(thief, code)
            assert not is_in(thief), later


@pytest.mark.parametrize("steps", [-10, -2, 2, 10])
def test_an_old_or_early_code_is_refused(steps: int, client: Client) -> None:
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    give_password(client, "ada@example.org")
    give_code(client, code_of(secret, steps))
    assert not is_in(client)


def test_another_users_code_is_refused(client: Client) -> None:
    """Codes are tried against the factors of whoever gave the password."""
    ada, bob = make_user("ada@example.org", Role.MANAGER), make_user("bob@example.org", Role.MANAGER)
    with_app(ada)
    bobs = with_app(bob)
    give_password(client, "ada@example.org")
    give_code(client, code_of(bobs))
    assert not is_in(client)
    give_code(client, recovery_code(bob))
    assert not is_in(client)


def test_the_second_step_alone_is_nothing(client: Client) -> None:
    """Without a password before it, the page of the code leads back."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    assert give_code(client, code_of(secret)).status_code == 302
    assert not is_in(client)


def test_the_second_step_ends_with_the_session_of_the_first() -> None:
    """A code in another browser finds no password."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    give_password(Client(), "ada@example.org")
    other = Client()
    give_code(other, code_of(secret))
    assert not is_in(other)


def test_the_second_step_must_follow_soon(client: Client) -> None:
    """A quarter of an hour after the password it begins anew."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    give_password(client, "ada@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        give_code(client, code_of(secret))
        assert not is_in(client)


def test_codes_cannot_be_guessed(client: Client) -> None:
    """After five wrong ones even the right one has to wait."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    give_password(client, "ada@example.org")
    for number in range(5):
        give_code(client, f"{number:06}")
    answer = give_code(client, code_of(secret))
    assert "Too many tries" in answer.content.decode()
    assert not is_in(client)


def test_a_recovery_code_counts_once() -> None:
    user = make_user("ada@example.org", Role.MANAGER)
    with_app(user)
    code = recovery_code(user)
    first, second = Client(), Client()
    for browser, expected in ((first, True), (second, False)):
        give_password(browser, "ada@example.org")
        give_code(browser, code)
        assert is_in(browser) is expected


def test_a_reset_link_does_not_stand_for_the_second_factor(client: Client) -> None:
    """Who reads the e-mail has one factor; the code is still asked for."""
    user = make_user("ada@example.org", Role.MANAGER)
    with_app(user)
    secret = services.make_link(purpose=OneTimeLink.Purpose.RESET, user=user, at=timezone.now())
    answer = client.post(reverse("accounts:link", args=[secret]), {"password": "five quite different words"})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_taking_the_last_factor_away_takes_the_rights_away(client: Client) -> None:
    """The session goes on as one with a password alone."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    give_password(client, "ada@example.org")
    give_code(client, code_of(secret))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not reaches(client)
    assert is_in(client)


def test_a_factor_is_added_only_with_a_fresh_proof(client: Client) -> None:
    """Who finds an open session cannot put their own key on it."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    give_password(client, "ada@example.org")
    give_code(client, code_of(secret))
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.get(reverse("mfa_add_webauthn"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        client.post(reverse("account_reauthenticate"), {"password": "not the one"})
        assert client.get(reverse("mfa_add_webauthn")).status_code == 302
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_secrets_of_apps_lie_sealed() -> None:
    """The database alone gives nobody a code."""
    user = make_user("ada@example.org", Role.MANAGER)
    secret = with_app(user)
    kept = str(Authenticator.objects.values_list("data", flat=True))
    assert secret not in kept


@pytest.mark.parametrize("body", ["", "{}", "null", "[]", '{"id": "x"}', "no json"])
def test_a_made_up_passkey_signs_nobody_in(body: str, client: Client) -> None:
    """Nor does it break the page."""
    make_user("ada@example.org", Role.MANAGER)
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": body})
    assert answer.status_code == 302
    assert not is_in(client)
