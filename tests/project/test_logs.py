"""The log holds nothing that opens a door, and nobody writes a line into it (S-53, S-54)."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import reverse

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.kernel.roles import Role
from floorwalker.project.logs import INDENT, OneEntryOneLine
from tests.apps.accounts.cases import (
    PASSWORD,
    code_of,
    give_code,
    give_password,
    make_user,
    recovery_code,
    with_app,
)
from tests.people import NOW

FORGED = "nothing\r\nERROR root: signed in as administrator\x1b[2J\u2028and\x85again"


@pytest.fixture
def console() -> logging.Handler:
    """The handler of the log, as the settings made it."""
    return next(each for each in logging.getLogger().handlers if isinstance(each.formatter, OneEntryOneLine))


def written(console: logging.Handler, record: logging.LogRecord) -> str:
    assert console.filter(record)
    return console.format(record)


def entry(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    told = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("floorwalker", logging.WARNING, "here.py", 1, message, args, told)


@pytest.mark.django_db
def test_a_link_that_still_opens_is_not_in_the_log(time_machine, caplog: pytest.LogCaptureFixture) -> None:
    """A form filled in wrongly is written down, without the secret in its address."""
    time_machine.move_to(NOW)
    secret = services.first_user_link(at=NOW)
    assert secret
    assert Client().post(f"/sign-in/link/{secret}/", {"name": ""}).status_code == 422
    assert "/sign-in/link/…/" in caplog.text
    assert secret not in caplog.text


def test_nobody_writes_a_line_into_the_log(console: logging.Handler) -> None:
    """What ends a line or steers a terminal is written as its escape, whatever brings it (S-53)."""
    for record in (entry(FORGED), entry("%s", FORGED), entry("%(path)s", {"path": FORGED})):
        text = written(console, record)
        assert text.splitlines() == [text] and "\x1b" not in text
        assert r"nothing\r\nERROR root" in text


def test_what_an_error_says_stands_in(console: logging.Handler) -> None:
    """No line of a traceback begins where an entry does, though the message of the error was somebody's."""
    try:
        raise ValueError(FORGED)
    except ValueError as error:
        lines = written(console, entry("it failed", error=error)).splitlines()
    assert lines[0] == "it failed" and len(lines) > 3
    assert all(line.startswith(INDENT) for line in lines[1:])
    assert not any("\x1b" in line for line in lines)


@pytest.mark.django_db
def test_an_address_is_one_line(console: logging.Handler, caplog: pytest.LogCaptureFixture) -> None:
    """As a browser sends it, and a page that is not there is written down."""
    assert Client().get("/nothing%0d%0aERROR root: signed in%1b[2J/").status_code in (302, 404)
    Client().get("/sign-in/link/nothing%0aERROR root/")
    for record in caplog.records:
        assert len(written(console, record).splitlines()) == 1 or record.exc_info


@pytest.mark.django_db
def test_signing_in_leaves_nothing_that_opens_a_door(caplog: pytest.LogCaptureFixture) -> None:
    """No password, right or wrong, no code of an app, no recovery code, no token, at the finest level (S-54)."""
    caplog.set_level(logging.DEBUG)
    user = make_user("ada@example.org", Role.ADMINISTRATOR)
    app = with_app(user)
    code, spare, wrong = code_of(app), recovery_code(user), "wrong words of mine"
    browser = Client()
    give_password(browser, user.email, wrong)
    give_password(browser, user.email)
    give_code(browser, "000000")
    give_code(browser, code)
    other = Client()
    give_password(other, user.email)
    give_code(other, spare)
    by = actor_of(type(user).objects.prefetch_related("roles_held").get(pk=user.pk))
    token = services.make_token(
        name="a program", scopes=("accounts.see_users",), expires_at=NOW.replace(year=NOW.year + 1), networks=(),
        by=by, at=NOW,
    )  # fmt: skip
    for value in (token, f"{token}x", "fw_" + "a" * 43):
        Client().get("/api/v1/users", headers={"Authorization": f"Bearer {value}"})
        Client().get(f"/api/v1/nothing/{value}")
    new = {"oldpassword": wrong, "password1": PASSWORD, "password2": "x"}
    browser.post(reverse("account_change_password"), new)
    assert "/api/v1/nothing/fw_…" in caplog.text
    for secret in (PASSWORD, wrong, code, spare, token, app):
        assert secret not in caplog.text
