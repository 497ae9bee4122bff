"""Every page of accounts opens for whom it is, and for nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.kernel.roles import Role
from tests.people import Cast

ADMIN_PAGES = ("users", "invite", "new_service_account", "tokens", "who_may_what")
OWN_PAGES = (
    "accounts:mine",
    "accounts:new_token",
    "mfa_index",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "account_change_password",
    "accounts:second_factor",
    "accounts:longer_password",
)
PUBLIC_PAGES = ("account_login", "accounts:forgotten", "accounts:forgotten_sent", "accounts:company",
                "account_inactive", "socialaccount_login_cancelled")  # fmt: skip


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_the_administrators_pages(cast: Cast, name: str) -> None:
    """They open for the administrator and do not exist for an agent."""
    address = reverse(f"accounts:{name}")
    assert cast.client(cast.administrator).get(address).status_code == 200
    assert cast.client(cast.agent).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", OWN_PAGES)
def test_the_pages_about_oneself(cast: Cast, name: str) -> None:
    """They open for everybody who is signed in."""
    answer = cast.client(cast.agent).get(reverse(name), follow=True)
    assert answer.status_code == 200, answer.redirect_chain
    assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_the_pages_before_signing_in(cast: Cast, name: str) -> None:
    """They open for strangers."""
    assert Client().get(reverse(name)).status_code == 200


def test_a_users_page_shows_their_roles(cast: Cast) -> None:
    """Role, place and who gave it; nothing of their work."""
    page = cast.client(cast.administrator).get(reverse("accounts:user", args=[cast.supervisor.user.pk]))
    assert page.status_code == 200
    assert "Supervisor" in page.content.decode()
    assert "the cast" in page.content.decode()


def test_an_invitation_leads_to_a_user_and_a_letter(cast: Cast, mailoutbox: list) -> None:
    """The administrator invites, the worker writes the letter, its link opens the page to choose a password."""
    from django.utils import timezone

    from floorwalker.apps.accounts import services

    browser = cast.client(cast.administrator)
    answer = browser.post(
        reverse("accounts:invite"), {"name": "Nora New", "email": "Nora@Example.org", "zone": "Europe/Lisbon"}
    )
    user = User.objects.get(email="nora@example.org")
    assert answer.url == reverse("accounts:user", args=[user.pk])
    assert services.send_letters(timezone.now()) == 1
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    guest = Client()
    path = link.removeprefix("http://localhost:8000")
    assert "Welcome, Nora New" in guest.get(path).content.decode()
    assert guest.post(path, {"password": "three plain words"}).status_code == 302
    assert guest.get(reverse("accounts:mine")).status_code == 200


def test_a_role_is_given_and_taken(cast: Cast) -> None:
    """From the user's page, with the place chosen from a list."""
    browser = cast.client(cast.administrator)
    user = cast.colleague.user
    given = browser.post(reverse("accounts:give_role", args=[user.pk]), {"held": "planner@all"})
    assert given.status_code == 302, given.content.decode()
    held = RoleHeld.objects.get(user=user, role=Role.PLANNER)
    assert held.given_by == "Administrator"
    taken = browser.post(reverse("accounts:take_role", args=[user.pk, held.pk]))
    assert taken.status_code == 302
    assert not RoleHeld.objects.filter(pk=held.pk).exists()


def test_a_role_somewhere_that_is_not_is_refused(cast: Cast) -> None:
    """An id outside the list is an error beside the field."""
    browser = cast.client(cast.administrator)
    answer = browser.post(
        reverse("accounts:give_role", args=[cast.colleague.user.pk]), {"held": "supervisor@team:999999"}
    )
    assert answer.status_code == 422


def test_an_empty_suite_says_how_to_begin(client: Client, db: None) -> None:
    """And the link of the console creates the first user, once."""
    from django.utils import timezone

    from floorwalker.apps.accounts import services

    assert client.get(reverse("account_login")).url == reverse("accounts:empty_suite")
    assert "floorwalker users first" in client.get(reverse("accounts:empty_suite")).content.decode()
    secret = services.first_user_link(at=timezone.now())
    assert secret
    asked = {"name": "Una", "email": "una@example.org", "zone": "UTC", "password": "one two three four five",
             "everything": "on"}  # fmt: skip
    path = reverse("accounts:link", args=[secret])
    assert client.get(path).status_code == 200
    assert client.post(path, asked | {"password": "too short"}).status_code == 422
    assert client.post(path, asked).status_code == 302
    held = set(RoleHeld.objects.values_list("role", flat=True))
    assert held == {"administrator", "manager", "planner", "supervisor", "quality_analyst"}
    assert client.get(reverse("accounts:users")).status_code == 200
    assert Client().post(path, asked | {"email": "two@example.org"}).status_code == 410
    assert services.first_user_link(at=timezone.now()) is None


def test_the_look_is_chosen_from_the_menu(cast: Cast) -> None:
    """Kept with the user and in a cookie, and only one of three."""
    browser = cast.client(cast.agent)
    answer = browser.post(reverse("accounts:theme"), {"theme": "dark"})
    assert answer.cookies["theme"].value == "dark"
    cast.agent.user.refresh_from_db()
    assert cast.agent.user.theme == "dark"
    assert browser.post(reverse("accounts:theme"), {"theme": "pink"}).status_code == 422


def test_my_account_is_changed(cast: Cast) -> None:
    """Name, zone, language and look; a zone that is none is an error."""
    browser = cast.client(cast.agent)
    asked = {"name": "Agneta", "zone": "Asia/Manila", "language": "en", "theme": "auto"}
    assert browser.post(reverse("accounts:mine"), asked).status_code == 302
    cast.agent.user.refresh_from_db()
    assert (cast.agent.user.name, cast.agent.user.zone) == ("Agneta", "Asia/Manila")
    assert browser.post(reverse("accounts:mine"), asked | {"zone": "Mars/Olympus"}).status_code == 422
