"""What should have followed and failed: seen by the administrator, and tried again on their word."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from floorwalker.kernel import events, tasks
from floorwalker.kernel.events import reactions
from floorwalker.kernel.events.delivery import Undelivered
from floorwalker.kernel.models import AnnouncedEvent, Entry
from tests.kernel.events.opened import DoorOpened
from tests.people import Cast

PAGE = "/jobs/reactions/"


@pytest.fixture
def paint(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """While there is none, a reaction fails."""
    importlib.import_module("floorwalker.project.wiring")  # wired for good before this test looks away
    monkeypatch.setattr(reactions, "REACTIONS", {})
    pots: list[str] = []

    def fragile(event: events.Event, at: datetime) -> None:
        if not pots:
            raise ValueError("no <paint> left")

    events.react(DoorOpened, "paint it", fragile)
    return pots


@pytest.fixture
def event(cast: Cast, paint: list[str], deliver: Callable[[], None]) -> AnnouncedEvent:
    """One whose reaction has failed once."""
    events.announce(DoorOpened(door=3))
    with pytest.raises(Undelivered):
        deliver()
    return AnnouncedEvent.objects.get(name="kernel.DoorOpened")


def queued(event: AnnouncedEvent) -> list[bool]:
    """Deliveries of it in the queue: whether each may begin at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at IS NULL FROM procrastinate_jobs WHERE status = 'todo'"
            " AND (args->>'event_id')::bigint = %s",
            [event.pk],
        )
        return [now for (now,) in cursor.fetchall()]


def tried_for_the_last_time(event: AnnouncedEvent) -> None:
    """What the worker does at the last try of a day."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    tasks.deliver(SimpleNamespace(job=SimpleNamespace(attempts=tasks.TRIES - 1)), event.pk)


def test_the_administrator_sees_why_and_nobody_else(cast: Cast, event: AnnouncedEvent) -> None:
    """Named on the page of background work, listed with its reason on its own; others find no such page."""
    browser = cast.client(cast.administrator)
    assert f'href="{PAGE}"' in browser.get("/jobs/").content.decode()
    text = browser.get(PAGE).content.decode()
    assert "paint it" in text and "no &lt;paint&gt; left" in text and "tried 1 time" in text
    for person in (cast.planner, cast.manager, cast.auditor, cast.agent):
        browser = cast.client(person)
        assert PAGE not in browser.get("/jobs/").content.decode()
        assert browser.get(PAGE).status_code == 404
        assert browser.post(f"{PAGE}{event.pk}/retry/").status_code == 404
    assert not Entry.objects.filter(verb="kernel.retry_reactions").exists()


def test_after_a_day_it_waits_and_a_word_has_it_tried_again(
    cast: Cast, event: AnnouncedEvent, paint: list[str], deliver: Callable[[], None]
) -> None:
    """Given up it is in no queue; the button puts it there once, which the audit keeps; then it takes effect."""
    tried_for_the_last_time(event)
    browser = cast.client(cast.administrator)
    assert "waits for you" in browser.get(PAGE).content.decode()
    assert queued(event) == []
    paint.append("green")
    assert browser.post(f"{PAGE}{event.pk}/retry/").url == PAGE
    browser.post(f"{PAGE}{event.pk}/retry/")
    assert queued(event) == [True]
    kept = Entry.objects.filter(verb="kernel.retry_reactions").first()
    assert kept is not None
    assert (kept.actor_user, kept.facts["reactions"]) == (cast.administrator.user.pk, ["paint it"])
    deliver()
    assert "paint it" not in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}{event.pk}/retry/").status_code == 404


def test_what_is_still_tried_by_itself_is_brought_forward(cast: Cast, event: AnnouncedEvent) -> None:
    """The one delivery that waits for its hour begins now; a second is not made."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + %s", [timedelta(hours=1)])
    assert queued(event) == [False]
    cast.client(cast.administrator).post(f"{PAGE}{event.pk}/retry/")
    assert queued(event) == [True]


def test_an_event_this_version_does_not_know_is_listed_too(
    cast: Cast, db: None, deliver: Callable[[], None]
) -> None:
    """It was announced by another version, and nobody reads it: the page says so."""
    AnnouncedEvent.objects.create(name="kernel.WindowOpened", body={})
    with pytest.raises(Undelivered):
        deliver()
    text = cast.client(cast.administrator).get(PAGE).content.decode()
    assert "reading the event" in text and "kernel.WindowOpened" in text
