"""A passkey in a real browser, with an authenticator that Chromium plays itself, under the strict policy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from floorwalker.kernel.roles import Role
from tests.apps.accounts.cases import PASSWORD, make_user
from tests.kernel.ui.browser import CHROMIUM, FLAGS

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need Playwright")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Chromium"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]),
]
SCREENSHOTS = os.environ.get("SCREENSHOTS")  # a folder, to look at the pages
PLAYED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page with an authenticator, and everything the browser complained about."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        page.authenticator = devices.send("WebAuthn.addVirtualAuthenticator", {"options": PLAYED})[
            "authenticatorId"
        ]
        page.devices = devices
        yield page
        chromium.close()


def look(page: Any, name: str) -> None:
    """Keep a picture in two widths and two lights, for who wants to see the page."""
    if not SCREENSHOTS:
        return
    for width, height in ((390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        for light in ("light", "dark"):
            page.emulate_media(color_scheme=light)
            page.wait_for_timeout(150)
            page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{width}-{light}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 844})


def enrol(page: Any, site: str) -> None:
    """By password to the page that asks for a second factor, and through it with a passkey."""
    page.goto(f"{site}/sign-in/")
    look(page, "sign-in")
    page.get_by_label("E-mail").fill("max@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/sign-in/second-factor/")
    look(page, "second-factor")
    page.get_by_role("link", name="Set up a passkey").click()
    look(page, "add-passkey")
    page.get_by_role("button", name="Set it up on this device").click()
    page.wait_for_url("**/recovery/")
    look(page, "recovery-codes")


def sign_out(page: Any, site: str) -> None:
    page.goto(f"{site}/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site}/**")


def test_a_passkey_is_set_up_and_signs_in(visit: Any, live_server: LiveServer) -> None:
    """Enrol, sign out, sign in with the passkey alone, and reach a page that needs both factors."""
    user = make_user("max@example.org", Role.ADMINISTRATOR)
    site = live_server.url.replace("127.0.0.1", "localhost")
    enrol(visit, site)
    sign_out(visit, site)
    visit.goto(f"{site}/sign-in/?next=/users/")
    visit.get_by_role("button", name="Sign in with a passkey").click()
    visit.wait_for_url(f"{site}/users/")
    assert visit.get_by_role("heading", name="Users").is_visible()
    for name in ("users", f"users/{user.pk}", "users/invite", "users/who-may-what", "users/tokens", "my-account",
                 "my-account/factors", "my-account/tokens/new"):  # fmt: skip
        visit.goto(f"{site}/{name}/")
        look(visit, name.replace("/", "-"))
    assert visit.complaints == []


def test_a_passkey_without_verification_is_refused(visit: Any, live_server: LiveServer) -> None:
    """A device that does not ask who holds it is one factor at most, and lets nobody in alone."""
    make_user("max@example.org", Role.MANAGER)
    site = live_server.url.replace("127.0.0.1", "localhost")
    enrol(visit, site)
    sign_out(visit, site)
    visit.devices.send(
        "WebAuthn.setUserVerified", {"authenticatorId": visit.authenticator, "isUserVerified": False}
    )
    visit.goto(f"{site}/sign-in/")
    visit.get_by_role("button", name="Sign in with a passkey").click()
    visit.get_by_role("alert").wait_for()
    assert "was not used" in visit.get_by_role("alert").inner_text()
    visit.goto(f"{site}/my-account/")
    assert "/sign-in/" in visit.url
