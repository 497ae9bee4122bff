"""One's own e-mail changed: from the new mailbox alone, told to the old one, and telling nobody who exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import EmailWish, OneTimeLink, OpenSession, User
from floorwalker.kernel.models import Entry
from tests.apps.accounts.cases import give_password, is_in, make_user, reaches

pytestmark = pytest.mark.django_db
OLD, NEW = "ada@example.org", "ada@new.example"


@pytest.fixture(autouse=True)
def forget_tries() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ada() -> User:
    return make_user(OLD)


@pytest.fixture
def browser(ada: User) -> Client:
    browser = Client()
    give_password(browser, OLD)
    return browser


def wish(browser: Client, email: str = NEW) -> Any:
    return browser.post(reverse("accounts:new_email"), {"email": email})


def letters() -> dict[str, str]:
    """What is sent now, by whom it is to."""
    mail.outbox.clear()
    services.write_of_emails(timezone.now())
    return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}


def link_in(text: str) -> str:
    found = re.search(r"/sign-in/link/\S+", text)
    assert found is not None, text
    return found.group(0)


def test_it_changes_when_the_new_address_confirms(browser: Client, ada: User) -> None:
    """Asked, written to both, looked at without effect, confirmed: one signs in with the new address alone."""
    assert wish(browser).status_code == 302
    assert f"{NEW} waits for you" in browser.get(reverse("accounts:new_email")).content.decode()
    sent = letters()
    assert set(sent) == {OLD, NEW}
    assert "/sign-in/link/" not in sent[OLD] and NEW not in sent[OLD]
    assert letters() == {}
    link = link_in(sent[NEW])
    assert NEW in Client().get(link).content.decode()
    ada.refresh_from_db()
    assert ada.email == OLD
    assert browser.post(link).status_code == 302
    ada.refresh_from_db()
    assert ada.email == NEW
    assert "has changed" in letters()[OLD]
    assert not EmailWish.objects.exists()
    old, new = Client(), Client()
    give_password(old, OLD)
    give_password(new, NEW)
    assert (is_in(old), is_in(new)) == (False, True)
    verbs = Entry.objects.filter(about_kind="accounts.user", about_id=str(ada.pk)).values_list("verb", flat=True)
    assert {"accounts.email_wished", "accounts.email_changed", "accounts.sessions_closed"} <= set(verbs)


def test_every_other_device_is_signed_out_and_old_links_are_void(browser: Client, ada: User) -> None:
    """The one it is confirmed on stays in; a link to a new password that the old mailbox holds opens nothing."""
    elsewhere = Client()
    give_password(elsewhere, OLD)
    reset = services.make_link(purpose=OneTimeLink.Purpose.RESET, user=ada, at=timezone.now())
    wish(browser)
    browser.post(link_in(letters()[NEW]))
    assert (reaches(browser), is_in(elsewhere)) == (True, False)
    assert Client().get(reverse("accounts:link", args=[reset])).status_code == 410


def test_confirmed_in_a_strangers_browser_nobody_is_let_in_by_it(browser: Client, ada: User) -> None:
    """The link changes the address and signs nobody in; the person signs in anew."""
    wish(browser)
    mailbox = Client()
    mailbox.post(link_in(letters()[NEW]))
    assert not is_in(mailbox)
    assert not OpenSession.objects.filter(user=ada).exists()


def answer_to(browser: Client, email: str) -> tuple[int, str]:
    """What one sees after a wish, but for the address and what is random."""
    answer = wish(browser, email)
    page = browser.get(answer.headers["Location"]).content.decode()
    return answer.status_code, re.sub(r"[A-Za-z0-9]{64}", "", page).replace(email, "")


def test_an_address_of_somebody_else_is_answered_the_same(browser: Client, ada: User) -> None:
    """Same status, same page, same work; only its mailbox learns that it has an account, and nothing changes."""
    make_user("bob@example.org")
    free, taken = answer_to(browser, "fay@example.org"), answer_to(browser, "bob@example.org")
    assert free == taken
    sent = letters()
    assert set(sent) == {OLD, "bob@example.org"}
    assert "/sign-in/link/" not in sent["bob@example.org"] and "ada" not in sent["bob@example.org"].lower()
    assert not OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.EMAIL).exists()


@pytest.mark.parametrize("how", ["late", "twice", "another wish", "taken meanwhile", "shut out"])
def test_a_link_that_stands_no_longer_changes_nothing(how: str, browser: Client, ada: User) -> None:
    """Expired, used, replaced by another wish, overtaken by another account, or of somebody shut out."""
    wish(browser)
    link, at, before = link_in(letters()[NEW]), timezone.now(), OLD
    if how == "late":
        at += timedelta(hours=2)
    elif how == "twice":
        browser.post(link)
        before = NEW
    elif how == "another wish":
        wish(browser, "third@example.org")
    elif how == "taken meanwhile":
        make_user(NEW)
    else:
        User.objects.filter(pk=ada.pk).update(is_active=False)
    with time_machine.travel(at, tick=False):
        assert Client().post(link).status_code == 410
    ada.refresh_from_db()
    assert ada.email == before


def test_it_asks_for_a_fresh_proof_and_takes_only_so_many(browser: Client, ada: User) -> None:
    """Six minutes after signing in it asks again who one is; the fourth letter to one address is refused."""
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        answer = wish(browser)
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailWish.objects.exists()
    assert [wish(browser).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert Client().get(reverse("accounts:new_email")).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("email", [OLD, OLD.upper(), "nobody", "", "a@b\nBcc: c@example.org"])
def test_what_is_no_other_address_is_said_so(email: str, browser: Client, ada: User) -> None:
    """One's own, in whatever letters, and what is no address: a sentence at the field, no letter."""
    assert wish(browser, email).status_code == 422
    assert not EmailWish.objects.exists()
