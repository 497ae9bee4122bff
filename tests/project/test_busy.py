"""When every connection to the database is taken: busy, said in words, and nothing lost."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from floorwalker.kernel.models import Entry
from tests.factories import capacity as make
from tests.kernel.live.serving import served
from tests.people import Cast, make_cast
from tests.racing import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def one_connection(cast: Cast) -> Iterator[None]:
    """A pool of one connection."""
    options = connection.settings_dict["OPTIONS"]
    connections.close_all()
    connection.settings_dict["OPTIONS"] = {**options, "pool": {"min_size": 0, "max_size": 1}}
    yield
    connections.close_all()
    connection.close_pool()
    connection.settings_dict["OPTIONS"] = options


@contextmanager
def taken() -> Iterator[None]:
    """Somebody has the only connection, and who does not get it at once is told; before and after, all wait."""
    connection.ensure_connection()
    pool = connection.pool
    patience, pool.timeout = pool.timeout, 0.05
    yield
    pool.timeout = patience
    connection.close()


def asked(browser: Client, path: str, body: Any = None) -> Any:
    """What a page answers meanwhile, asked by another thread, as a server's."""
    browser.raise_request_exception = False
    [answer] = at_once(lambda: browser.post(path, body) if body else browser.get(path))
    return answer


def test_a_page_says_busy_and_when_to_come_back(cast: Cast, one_connection: None) -> None:
    browser = cast.client(cast.planner)
    with taken():
        answer = asked(browser, "/people/")
    assert answer.status_code == 503 and answer["Retry-After"] == "5"
    assert "busy" in answer.content.decode() and "not saved" in answer.content.decode()
    assert asked(browser, "/people/").status_code == 200


def test_a_program_is_told_the_same_as_a_problem(cast: Cast, one_connection: None) -> None:
    browser = cast.client(cast.planner)
    with taken():
        answer = asked(browser, "/api/v1/agents")
    assert answer.status_code == 503 and answer["Retry-After"] == "5"
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["code"] == "busy"


def test_what_was_sent_meanwhile_is_not_half_done(cast: Cast, one_connection: None) -> None:
    """Nothing is written; sent again, it is done."""
    browser, rows = cast.client(cast.planner), Entry.objects.count()
    body = {"day": "2026-03-09", "name": "Mailing", "effect": "closed"}
    queue = make.a_queue(cast.world)
    with taken():
        answer = asked(browser, f"/demand/queues/{queue.pk}/special-days/", body)
    assert answer.status_code == 503 and "was not saved" in answer.content.decode()
    assert Entry.objects.count() == rows
    connection.close()
    assert asked(browser, f"/demand/queues/{queue.pk}/special-days/", body).status_code == 302
    assert Entry.objects.count() == rows + 1


@pytest.mark.parametrize("path", ["/people/", "/api/v1/agents", "/live?topic=notices:1"])
def test_the_server_of_streams_says_so_too(cast: Cast, one_connection: None, path: str) -> None:
    """By pages, by programs and by whoever listens."""
    cookie = "; ".join(f"{name}={each.value}" for name, each in cast.client(cast.planner).cookies.items())
    accept = "text/event-stream" if path.startswith("/live") else "*/*"
    with served() as port, taken():
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        line.request("GET", path, headers={"Cookie": cookie, "Accept": accept})
        answer = line.getresponse()
        said = answer.read().decode()
        line.close()
    assert answer.status == 503 and answer.headers["Retry-After"] == "5", said
    assert "The suite is busy" in said and ("<html" in said) is (path == "/people/")
