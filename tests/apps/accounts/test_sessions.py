"""S-06 and S-08: a session ends by itself, by hand, and with the rights it stood on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import OpenSession, RoleHeld
from floorwalker.apps.accounts.queries import actor_of, still_signed_in
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.roles import Role, Scope
from tests.apps.accounts.cases import PASSWORD, code_of, give_code, give_password, is_in, make_user, with_app
from tests.apps.accounts.sign_in import sign_in

pytestmark = pytest.mark.django_db
START = timezone.now()


def at(**later: float) -> time_machine.travel:
    return time_machine.travel(START + timedelta(**later), tick=False)


def use_every(browser: Client, step: timedelta, until: timedelta) -> list[timedelta]:
    """Look at a page every so often; the moments at which somebody was still signed in."""
    alive, passed = [], timedelta()
    while passed <= until:
        with time_machine.travel(START + passed, tick=False):
            if is_in(browser):
                alive.append(passed)
        passed += step
    return alive


def test_the_key_changes_at_sign_in(client: Client) -> None:
    """A key planted before is worth nothing afterwards."""
    make_user("ada@example.org")
    client.get(reverse("account_login"))
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    give_password(client, "ada@example.org")
    assert client.session.session_key != planted.session_key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert not is_in(thief)


@pytest.mark.parametrize(("minutes", "alive"), [(29, True), (30, False), (240, False)])
def test_a_privileged_session_ends_unused(minutes: int, alive: bool, client: Client) -> None:
    """After thirty minutes without a request."""
    with at():
        sign_in(client, make_user("max@example.org", Role.MANAGER))
    with at(minutes=minutes):
        assert is_in(client) is alive


def test_a_privileged_session_ends_after_eight_hours(client: Client) -> None:
    """However busily it is used."""
    with at():
        sign_in(client, make_user("max@example.org", Role.MANAGER))
    alive = use_every(client, timedelta(minutes=20), timedelta(hours=9))
    assert alive[-1] == timedelta(hours=7, minutes=40)


def test_an_agents_session_lasts_a_shift(client: Client) -> None:
    """Fourteen hours, used or not; then it ends."""
    with at():
        sign_in(client, make_user("ada@example.org"))
    with at(hours=13.9):
        assert is_in(client)
    with at(hours=14):
        assert not is_in(client)


def test_after_an_hour_alone_an_agents_account_asks_again(client: Client) -> None:
    """The shift goes on; what is sensitive wants a proof first, and opens with it."""
    make_user("ada@example.org")
    with at():
        give_password(client, "ada@example.org")
    with at(minutes=59):
        assert client.get(reverse("accounts:mine")).status_code == 200
    with at(minutes=59 + 60):
        assert is_in(client)
        answer = client.get(reverse("accounts:mine"))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert client.get(reverse("accounts:mine")).status_code == 200


def test_signing_out_everywhere() -> None:
    """Every device, this one too; tokens are another matter."""
    user = make_user("ada@example.org")
    browsers = [sign_in(Client(), user) for _ in range(3)]
    browsers[0].post(reverse("accounts:log_out_everywhere"))
    assert [is_in(browser) for browser in browsers] == [False, False, False]


def test_signing_another_device_out() -> None:
    """One of one's own by its row; somebody else's does not exist."""
    ada, bob = make_user("ada@example.org"), make_user("bob@example.org")
    here, there, other = sign_in(Client(), ada), sign_in(Client(), ada), sign_in(Client(), bob)
    rows = OpenSession.objects.order_by("pk")
    assert here.post(reverse("accounts:close_session", args=[rows[1].pk])).status_code == 302
    assert here.post(reverse("accounts:close_session", args=[rows[1].pk])).status_code == 404
    assert here.post(reverse("accounts:close_session", args=[rows.get(user=bob).pk])).status_code == 404
    assert [is_in(browser) for browser in (here, there, other)] == [True, False, True]


def test_a_new_password_ends_the_other_sessions() -> None:
    """The one it was changed in goes on."""
    user = make_user("ada@example.org")
    here, there = Client(), sign_in(Client(), user)
    give_password(here, "ada@example.org")
    answer = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "a wholly other phrase", "password2": "a wholly other phrase"},
    )
    assert answer.status_code == 302, answer.content.decode()
    assert is_in(here)
    assert not is_in(there)


def test_a_copied_cookie_dies_with_signing_out(client: Client) -> None:
    sign_in(client, make_user("ada@example.org"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert is_in(thief)
    client.post(reverse("account_logout"))
    assert not is_in(thief)


@pytest.mark.parametrize("loss", ["disabled", "role taken", "team left", "factors removed"])
def test_losing_rights_ends_sessions_with_the_next_request(loss: str) -> None:
    """The browser is a stranger's at once, and an open stream is told to close."""
    user = make_user("max@example.org", Role.MANAGER)
    admin = actor_of(make_user("root@example.org", Role.ADMINISTRATOR))
    RoleHeld.objects.create(
        user=user, role="supervisor", scope=Scope.TEAM, scope_id=7, given_at=START, given_by="test"
    )
    browser = sign_in(Client(), user)
    opened = OpenSession.objects.get(user=user).pk
    now = timezone.now()
    assert still_signed_in(user.pk, opened, now)
    if loss == "disabled":
        services.disable(user_id=user.pk, by=admin, at=now)
    elif loss == "role taken":
        services.take_role(role_held_id=user.roles_held.get(role="manager").pk, by=admin, at=now)
    elif loss == "team left":
        services.drop_roles_for(user=user, scope=Scope.TEAM, scope_id=7, by=SYSTEM, at=now)
    else:
        services.help_back_in(user_id=user.pk, lost_factors=True, by=admin, at=now)
    assert not still_signed_in(user.pk, opened, now)
    answer = browser.get(reverse("accounts:mine"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_a_shut_out_user_cannot_come_back(client: Client) -> None:
    """Neither by password nor by a link made before."""
    user = make_user("max@example.org")
    admin = actor_of(make_user("root@example.org", Role.ADMINISTRATOR))
    secret = services.console_link(email=user.email, at=timezone.now())
    services.disable(user_id=user.pk, by=admin, at=timezone.now())
    assert give_password(client, "max@example.org").status_code == 302
    assert not is_in(client)
    assert client.post(reverse("accounts:link", args=[secret])).status_code == 410
    services.enable(user_id=user.pk, by=admin, at=timezone.now())
    give_password(client, "max@example.org")
    assert is_in(client)


def test_a_privileged_password_must_be_long(client: Client) -> None:
    """Whoever got a role that shows others' data since must choose a longer one before going on."""
    user = make_user("max@example.org", Role.MANAGER, password="short one")
    app = with_app(user)
    give_password(client, "max@example.org", "short one")
    give_code(client, code_of(app))
    assert client.get(reverse("accounts:mine")).headers["Location"] == reverse("accounts:longer_password")
    twice = {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    assert (
        client.post(reverse("account_change_password"), {"oldpassword": "short one", **twice}).status_code == 302
    )
    assert client.get(reverse("accounts:mine")).status_code == 200


def test_rows_of_old_sessions_are_cleared() -> None:
    """Nobody keeps a diary of when people worked in a table of sessions."""
    user = make_user("ada@example.org")
    with at():
        sign_in(Client(), user)
    with at(hours=15):
        sign_in(Client(), user)
    assert OpenSession.objects.filter(user=user).count() == 1


def test_the_moment_is_told(client: Client) -> None:
    """The list of sessions names device and last use."""
    user = make_user("ada@example.org")
    moment: datetime = START
    with time_machine.travel(moment, tick=False):
        sign_in(client, user)
        page = client.get(
            reverse("accounts:mine"), headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}
        )
    assert "this device" in page.content.decode()
