"""Getting in by password and by one-time link, at the door."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import OneTimeLink, OpenSession, RoleHeld, User
from floorwalker.apps.accounts.refusals import LinkSpent
from floorwalker.kernel.roles import Role, Scope
from tests.apps.accounts.sign_in import sign_in, sign_in_by_password

pytestmark = pytest.mark.django_db
PASSWORD = "four plain words here"


def make_user(email: str, role: Role = Role.AGENT, password: str | None = PASSWORD) -> User:
    user = User.objects.create_user(email, email.split("@")[0].title(), password)
    scope = Scope.OWN if role is Role.AGENT else Scope.ALL
    RoleHeld.objects.create(user=user, role=role, scope=scope, given_at=timezone.now(), given_by="the test")
    return user


def signed_in(browser: Client) -> bool:
    return browser.get(reverse("accounts:second_factor")).status_code == 200


def test_an_agent_signs_in_by_email_and_password(client: Client) -> None:
    """The e-mail is the name, in any case; afterwards pages of one's own open."""
    make_user("ada@example.org")
    answer = sign_in_by_password(client, "ADA@example.org", PASSWORD)
    assert answer.status_code == 302
    assert signed_in(client)


def test_a_wrong_password_signs_nobody_in(client: Client) -> None:
    """The page says so, with a status of its own kind."""
    make_user("ada@example.org")
    answer = sign_in_by_password(client, "ada@example.org", "not it at all")
    assert answer.status_code == 200
    assert "do not fit together" in answer.content.decode()
    assert not signed_in(client)


def test_a_console_link_signs_in_once(client: Client) -> None:
    """The second who comes with the same link is told that it is used up."""
    user = make_user("max@example.org", Role.MANAGER)
    secret = services.make_link(purpose=OneTimeLink.Purpose.SIGN_IN, user=user, console=True, at=timezone.now())
    address = reverse("accounts:link", args=[secret])
    assert client.get(address).status_code == 200, "looking at it uses nothing up"
    assert client.post(address).status_code == 302
    assert signed_in(client)
    assert OpenSession.objects.get().strong
    assert Client().post(address).status_code == 410


def test_a_link_expires() -> None:
    """After its time nobody gets in with it."""
    user = make_user("max@example.org")
    secret = services.make_link(purpose=OneTimeLink.Purpose.SIGN_IN, user=user, console=True, at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=12, seconds=1)):
        assert Client().post(reverse("accounts:link", args=[secret])).status_code == 410


def test_an_office_opens_its_links_at_once() -> None:
    """Forty colleagues behind one address get in within the minute: only guesses are counted."""
    colleagues = [make_user(f"{n}@example.org") for n in range(40)]
    links = [
        services.make_link(purpose=OneTimeLink.Purpose.SIGN_IN, user=each, console=True, at=timezone.now())
        for each in colleagues
    ]
    assert {Client().post(reverse("accounts:link", args=[link])).status_code for link in links} == {302}


def test_a_link_is_bound_to_its_purpose() -> None:
    """A link to choose a password is no link to sign in."""
    user = make_user("max@example.org")
    secret = services.make_link(purpose=OneTimeLink.Purpose.RESET, user=user, at=timezone.now())
    with pytest.raises(LinkSpent):
        services.use_link(secret=secret, purposes=[OneTimeLink.Purpose.SIGN_IN], at=timezone.now())


def test_the_helper_signs_in(client: Client) -> None:
    """What other tests use."""
    sign_in(client, make_user("max@example.org", Role.MANAGER))
    assert signed_in(client)
