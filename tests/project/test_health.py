"""What the machine next door is told, and what is answered when something breaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from floorwalker.project import health
from tests.people import Cast


@pytest.mark.django_db
def test_the_process_answers_without_asking_the_database() -> None:
    """So that an orchestrator does not kill it because the database is away."""
    with CaptureQueriesContext(connection) as asked:
        answer = Browser().get("/healthz")
    assert (answer.status_code, answer.json(), len(asked)) == (200, {"ok": True}, 0)


def heard_of(seconds_ago: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [timezone.now() - timedelta(seconds=seconds_ago)],
        )


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds_ago", "ready"), [(None, False), (5, True), (3600, False)])
def test_ready_with_a_worker_that_gives_signs_of_life(seconds_ago: float | None, ready: bool) -> None:
    """None at all, one just now, one of an hour ago."""
    if seconds_ago is not None:
        heard_of(seconds_ago)
    answer = Browser().get("/readyz")
    assert (answer.status_code, answer.json()) == (200 if ready else 503, {"ok": ready})


@pytest.mark.django_db
def test_not_ready_while_a_change_of_tables_is_pending() -> None:
    """A migration that was not applied here; whoever asks is told no more than that."""
    heard_of(1)
    health._migrated = False
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'promises'")
    answer = Browser().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


def test_without_the_database_the_page_says_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with a time, and a sentence for people."""
    answer = broken_by(OperationalError("server closed the connection"), monkeypatch, cast)
    assert answer.status_code == 503 and answer["Retry-After"] == "30"
    assert "The database does not answer" in answer.content.decode()


def test_what_nobody_foresaw_says_what_is_safe(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 in words, with nothing of the inside."""
    answer = broken_by(RuntimeError("inside of the suite"), monkeypatch, cast)
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert "inside of the suite" not in answer.content.decode()


def broken_by(error: Exception, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> Any:
    """Ask a page while what it reads raises."""
    from floorwalker.project.home import finding

    def raising(*_: object) -> None:
        raise error

    browser = cast.client(cast.manager)
    browser.raise_request_exception = False
    monkeypatch.setattr(finding, "find", raising)
    return browser.get("/search?q=x")


def test_what_is_not_there_is_said_in_our_look(cast: Cast) -> None:
    """404 and a token that is too old, each with a way on."""
    gone = cast.client(cast.agent).get("/nowhere/")
    assert gone.status_code == 404 and "Nothing here" in gone.content.decode()
    browser = Browser(enforce_csrf_checks=True)
    refused = browser.post("/sign-in/", {"login": "x"})
    assert refused.status_code == 403 and "This page was open too long" in refused.content.decode()
