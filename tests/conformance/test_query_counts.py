"""A list of thirty rows asks the database as often as a list of three."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from floorwalker.apps.accounts.services import sessions
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.quality.models import SamplePlan
from floorwalker.project import signposts
from tests.conformance import doors
from tests.conformance.crowds import crowd, people
from tests.factories import schedules as make
from tests.people import Cast

FEW, MANY = 3, 30
# Who asks for a page that asks for nothing in its address: the first of these who may.
WHO = (
    "planner",
    "agent",
    "manager",
    "administrator",
    "auditor",
    "client_viewer",
    "hr",
    "supervisor",
    "quality_analyst",
)

# Pages that show other rows to others, and those that ask for something in their address.
ADDRESSES: dict[str, tuple[str, Callable[[Cast], str]]] = {
    **{f"home of {who}": (who, lambda cast: reverse("home:home")) for who in WHO},
    "people of a team": ("supervisor", lambda cast: reverse("people:agents")),
    "an agent": ("planner", lambda cast: reverse("people:agent", args=[cast.agent.agent.pk])),
    "search": ("planner", lambda cast: f"{reverse('home:search')}?q=Crowd"),
    "queues of a client": ("client_viewer", lambda cast: reverse("demand:queues")),
    "client forecasts of a client": ("client_viewer", lambda cast: reverse("demand:client_forecasts")),
    "statements of a client": ("client_viewer", lambda cast: reverse("demand:statements")),
    "versions of a forecast": ("planner", lambda cast: reverse("demand:versions", args=[a_queue()])),
    "a forecast": ("planner", lambda cast: reverse("demand:forecast", args=[a_queue()])),
    "a history": ("planner", lambda cast: reverse("demand:history", args=[a_queue()])),
    "roster of a site": ("planner", lambda cast: board(cast)),
    "roster of a team": ("supervisor", lambda cast: board(cast)),
    "day of a roster": ("planner", lambda cast: f"{board(cast)}?day={make.MONDAY}"),
    "breaches of a roster": ("planner", lambda cast: f"{board(cast)}?only=on"),
    "versions of a week": ("planner", lambda cast: f"{board(cast)}versions/"),
    "roster as CSV": ("planner", lambda cast: f"{board(cast)}shifts.csv"),
    "shift patterns": ("planner", lambda cast: reverse("schedules:patterns", args=[cast.world.north.pk])),
    "my schedule": ("agent", lambda cast: reverse("schedules:mine_week", args=[make.MONDAY.isoformat()])),
    "wishes of a team": ("supervisor", lambda cast: reverse("schedules:requests")),
    "wishes of an agent": ("agent", lambda cast: reverse("schedules:requests")),
    "promises of a lead": ("supervisor", lambda cast: reverse("promises:promises")),
    "promises of all": ("manager", lambda cast: reverse("promises:side", args=["all"])),
    "time off the phones of an agent": ("agent", lambda cast: reverse("offphone:time")),
    "time off the phones of a team": ("supervisor", lambda cast: reverse("offphone:time")),
    "numbers of a team": ("supervisor", lambda cast: reverse("performance:team")),
    "numbers of an agent": ("agent", lambda cast: reverse("performance:mine")),
    "a plan of drawing": ("quality_analyst", lambda cast: reverse("quality:plan", args=[a_plan()])),
    "one-to-ones of a lead": ("supervisor", lambda cast: reverse("coaching:talks_side", args=["held"])),
    "one-to-ones of an agent": ("agent", lambda cast: reverse("coaching:talks_side", args=["mine"])),
    "agreements of a lead": ("supervisor", lambda cast: reverse("coaching:agreements")),
    "pairs of a team": ("supervisor", lambda cast: reverse("coaching:pairs")),
    "asking for a talk": ("agent", lambda cast: reverse("coaching:ask_talk")),
    "duels of an agent": ("agent", lambda cast: reverse("learning:duels")),
    "team matches": ("trainer", lambda cast: reverse("learning:team_matches")),
    "scenarios to compare": ("trainer", lambda cast: reverse("learning:comparisons")),
    "questions about votes": ("manager", lambda cast: reverse("learning:vote_questions")),
    "notices of an agent": ("agent", lambda cast: reverse("kernel:notices")),
    "audit of an agent": ("agent", lambda cast: reverse("kernel:audit")),
}
# Without rows of their own, or not to be asked here, each with its reason.
NOT_ASKED = {
    "/live": "a stream without end",
    "/live/": "a stream without end",
    "/sign-out/": "would end the session the other questions are asked with",
    "/coaching/talks/ask/": "for agents alone, and asked above by one",
    "/audit/check/": "reads the whole audit, as long as it is",
}


def a_queue() -> int:
    return Queue.objects.earliest("pk").pk


def a_plan() -> int:
    return SamplePlan.objects.earliest("pk").pk


def board(cast: Cast) -> str:
    return reverse("schedules:board", args=[cast.world.north.pk, make.MONDAY.isoformat()])


def asked(cast: Cast) -> Iterator[tuple[str, str, str]]:
    """Name, who and address: the table above, and every other page that needs nothing in its address."""
    for name, (who, path) in ADDRESSES.items():
        yield name, who, path(cast)
    for route in doors.routes():
        if route.method != "GET" or route.arguments or route.door is None or route.path in NOT_ASKED:
            continue
        if not (route.permissions or route.door.own) or ":" not in route.name:  # the sign-in library's
            continue
        asking = (each for each in WHO if route.door.own or getattr(cast, each).actor.may(*route.permissions))
        who = next(asking, "")
        assert who, f"nobody of {', '.join(WHO)} may see {route.path}"
        yield route.path, who, route.path


def counts(cast: Cast, before: dict[str, int] | None = None) -> dict[str, int]:
    """How often every page asks, asked twice so that nothing is asked for the first time.

    Once is enough where even that was no more often than ``before``.
    """
    found, broken = {}, []
    for name, who, path in asked(cast):
        browser = cast.client(getattr(cast, who))
        browser.raise_request_exception = False
        for _once_more in range(2):
            reset_queries()  # as a request does that nobody counts; the log is not endless
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get(path)
            if before is not None and len(queries) <= before[name]:
                break
        if answer.status_code not in (200, 302):
            broken.append(f"{name}: {path} answers {answer.status_code} to the {who}")
        found[name] = len(queries)
    assert not broken, "\n".join(broken)
    return found


def test_no_list_asks_more_often_for_more_rows(
    cast: Cast, settings: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every list, page and operation, first with three rows of each kind and then with thirty."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    # What is written or asked anew after some seconds would be counted at some pages and not at others.
    monkeypatch.setattr(signposts, "EMPTY_SECONDS", signposts.USED_SECONDS * 10)
    monkeypatch.setattr(signposts, "USED_SECONDS", signposts.USED_SECONDS * 10)
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(days=1))
    crowd(cast, 0, FEW)
    few = counts(cast)
    crowd(cast, FEW, MANY)
    many = counts(cast, few)
    grown = [
        f"{name}: {few[name]} queries for {FEW} rows, {many[name]} for {MANY}"
        for name in few
        if many[name] > few[name]
    ]
    assert not grown, "\n".join(grown)


def test_a_list_that_asks_row_by_row_is_noticed(cast: Cast) -> None:
    """One deliberate violation: the team of each agent fetched by itself."""
    from floorwalker.apps.people.models import Agent

    def naive() -> int:
        with CaptureQueriesContext(connection) as queries:
            [agent.team.name for agent in Agent.objects.all()]
        return len(queries)

    people(cast, range(FEW))
    few = naive()
    people(cast, range(FEW, MANY))
    assert naive() > few
