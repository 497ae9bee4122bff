"""One search: people, queues, sites, teams, weeks and pages – never one row that is not the searcher's to see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.people.models import Agent, Team
from floorwalker.project.home.weeks import week_meant
from tests.conformance import matrix
from tests.people import STARTED, Cast
from tests.project.test_home import text_of


def found(cast: Cast, who: str, words: str, **headers: str) -> str:
    answer = cast.client(getattr(cast, who)).get("/search", {"q": words}, headers=headers)
    assert answer.status_code == 200
    return text_of(answer)


def test_a_person_is_found_by_name_and_by_number(cast: Cast) -> None:
    """Each leads to their page."""
    agent = cast.colleague.agent
    assert agent is not None
    link = f'href="/people/agents/{agent.pk}/"'
    assert link in found(cast, "supervisor", "colle")
    assert link in found(cast, "supervisor", agent.number)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("manager", True), ("planner", True), ("supervisor", False), ("agent", False), ("client_viewer", False),
     ("administrator", False), ("trainer", False), ("stranger", True)],
)  # fmt: skip
def test_people_out_of_sight_are_not_found(cast: Cast, who: str, sees: bool) -> None:
    """The stranger of South One, asked for by everybody."""
    assert ("/people/agents/" in found(cast, who, "stranger")) is sees


def test_all_words_must_fit(cast: Cast) -> None:
    """In any order, within one name."""
    assert "Other Team Agent" in found(cast, "manager", "agent other")
    assert "Other Team Agent" not in found(cast, "manager", "other nobody")


def test_sites_and_teams_are_found(cast: Cast) -> None:
    """North, and the teams in it; an agent of South finds neither."""
    page = found(cast, "planner", "north")
    assert f"/people/sites/{cast.world.north.pk}/" in page and f"/people/teams/{cast.world.north_two.pk}/" in page
    assert "North" not in found(cast, "stranger", "nort")


def test_a_week_leads_to_the_rosters_of_each_site_in_sight(cast: Cast) -> None:
    """By number, or by any of its days."""
    page = found(cast, "planner", "2026-11-25")
    assert f"/schedules/{cast.world.north.pk}/2026-11-23/" in page
    assert f"/schedules/{cast.world.south.pk}/2026-11-23/" in page
    page = found(cast, "supervisor", "2026-w48")
    assert f"/schedules/{cast.world.north.pk}/2026-11-23/" in page and "South" not in page
    assert "/schedules/mine/day/2026-11-23/" in found(cast, "agent", "2026-11-25")


def test_pages_are_found_by_their_names(cast: Cast) -> None:
    """Only those that open."""
    assert 'href="/users/"' in found(cast, "administrator", "users")
    assert 'href="/users/"' not in found(cast, "agent", "users")
    assert 'href="/schedules/mine/calendars/"' in found(cast, "agent", "calendars")


def test_nothing_found_reads_the_same_whatever_there_is(cast: Cast) -> None:
    """A name that exists out of sight and one that does not get the same answer."""
    answers = [
        found(cast, "other_supervisor", words, **{"HX-Request": "true"}) for words in ("colleague", "colleagux")
    ]
    assert answers[0] == answers[1] and "Nothing of that name" in answers[0]


def test_as_one_types_only_the_findings_come(cast: Cast) -> None:
    """For htmx a part of the page, for everybody else all of it."""
    part = found(cast, "planner", "north", **{"HX-Request": "true"})
    assert "<html" not in part and "ui-found" in part
    assert "<html" in found(cast, "planner", "north")


def test_strangers_are_sent_to_the_sign_in(cast: Cast) -> None:
    """There is nothing to search for nobody."""
    answer = Browser().get("/search", {"q": "north"})
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "words", ["", " ", "%", "_", "'", "\\", "<script>", "é" * 500, "week 99", "2026-13-40", "w0"]
)
def test_odd_words_do_no_harm(cast: Cast, words: str) -> None:
    """Nothing of it is taken for anything but words."""
    assert "<script>" not in found(cast, "manager", words).partition("<main")[2].replace(
        '<script type="module"', ""
    )


@pytest.mark.parametrize("who", ["manager", "supervisor", "agent", "client_viewer", "recruiter", "stranger"])
def test_no_canary_comes_out(cast: Cast, who: str) -> None:
    """A marker in every row there is; the searcher finds the markers of their own rows only."""
    planting = matrix.plant(cast)
    person = getattr(cast, who)
    allowed = planting.allowed(person.actor)
    for words in ("zq", "qz", "zq0"):
        answer = cast.client(person).get("/search", {"q": words})
        assert matrix.strange_markers(answer, allowed) == []


@pytest.mark.usefixtures("asked_once")
def test_it_asks_no_more_for_thirty_than_for_three(cast: Cast) -> None:
    """And says where the rest is."""

    def more(first: int, last: int) -> None:
        for n in range(first, last):
            team = Team.objects.create(name=f"Many {n:02}", site=cast.world.north)
            Agent.objects.create(name=f"Many {n:02}", number=f"M{n:02}", team=team, started_on=STARTED)

    browser = cast.client(cast.manager)
    more(0, 3)
    browser.get("/search?q=many")
    with CaptureQueriesContext(connection) as few:
        browser.get("/search?q=many")
    more(3, 30)
    with CaptureQueriesContext(connection) as many:
        answer: Any = browser.get("/search?q=many")
    assert len(few) == len(many)
    assert "/people/?q=many" in text_of(answer) and "/people/teams/?q=many" in text_of(answer)


TODAY = date(2026, 11, 22)
MEANT = [
    ("week 48", date(2026, 11, 23)),
    ("Week 48", date(2026, 11, 23)),
    ("w48", date(2026, 11, 23)),
    ("48", date(2026, 11, 23)),
    ("week 2", date(2027, 1, 11)),
    ("week 2 2026", date(2026, 1, 5)),
    ("2026-W53", date(2026, 12, 28)),
    ("2027-W53", None),
    ("2026-11-23", date(2026, 11, 23)),
    ("2026-11-29", date(2026, 11, 23)),
    ("29.11.2026", date(2026, 11, 23)),
    ("29. 11. 2026", date(2026, 11, 23)),
    ("2026-02-30", None),
    ("week 54", None),
    ("week", None),
    ("team 48", None),
    ("A048", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "monday"), MEANT)
def test_the_week_somebody_means(text: str, monday: date | None) -> None:
    """Its Monday; a number without a year is the nearest."""
    assert week_meant(text, TODAY) == monday
