"""The base of the REST API, at the door programs use."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser

from floorwalker.apps.people.models import Agent
from tests.people import STARTED, Cast

AGENTS = "/api/v1/agents"


def get(cast: Cast, who: Any, path: str = AGENTS, **query: Any) -> Any:
    return cast.client(who).get(path, query)


def post(browser: Browser, path: str, body: Any, **headers: Any) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return browser.post(path, text, content_type="application/json", **headers)


def crowd(cast: Cast, count: int) -> None:
    """So many more in North One, three of each name, so that an order by name alone would not do."""
    Agent.objects.bulk_create(
        Agent(name=f"Same {number // 3:03}", number=f"C{number:04}", team=cast.world.north_one, started_on=STARTED)
        for number in range(count)
    )


def test_without_signing_in_there_is_a_problem_and_not_a_page(cast: Cast) -> None:
    """401 as problem+json, with the way to sign in; the input is not even looked at."""
    answer = Browser().get(AGENTS, {"limit": "many"})
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_signed_in"


def test_who_may_not_is_told_nothing(cast: Cast) -> None:
    """A client gets the same 404 for the list of agents as for a list that does not exist."""
    answer = get(cast, cast.client_viewer)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_pages_follow_the_cursor_to_every_row_once(cast: Cast) -> None:
    """30 rows in pages of 7: each agent once, in order, whatever is added before the place reached."""
    crowd(cast, 30)
    seen, after = [], ""
    while True:
        body = get(cast, cast.planner, limit=7, after=after, state="all").json()
        seen += [each["number"] for each in body["items"]]
        after = body["after"]
        Agent.objects.create(name="Aaa", number=f"N{len(seen)}", team=cast.world.north_one, started_on=STARTED)
        if not after:
            break
    assert len(seen) == len(set(seen)) == 36


def test_the_number_of_queries_does_not_grow_with_the_rows(cast: Cast, django_assert_num_queries: Any) -> None:
    """The same for 6 agents and for 36."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cast.client(cast.planner)
    with CaptureQueriesContext(connection) as few:
        get(cast, cast.planner)
    crowd(cast, 30)
    with django_assert_num_queries(len(few)):
        assert len(get(cast, cast.planner).json()["items"]) > 30


@pytest.mark.parametrize("after", ["x", "W1tdXQ:1abc:def", "💥"])
def test_a_cursor_made_up_is_refused(cast: Cast, after: str) -> None:
    """400 with a code of its own, never a page from nowhere."""
    answer = get(cast, cast.planner, after=after)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize(
    ("query", "where"), [({"limit": 501}, "limit"), ({"limit": 0}, "limit"), ({"team_id": "x"}, "team_id")]
)
def test_a_bad_parameter_is_named(cast: Cast, query: dict[str, Any], where: str) -> None:
    """400, and which one it is."""
    answer = get(cast, cast.planner, **query)
    assert answer.status_code == 400
    assert [each["where"] for each in answer.json()["errors"]] == [where]


def test_a_parameter_or_field_that_does_not_exist_is_refused(cast: Cast) -> None:
    """S-14: a typing error never passes for a wish."""
    assert get(cast, cast.planner, temas=1).status_code == 400
    body = {"version": 1, "pay": 12}
    path = f"{AGENTS}/{cast.agent.agent.pk}"
    answer = cast.client(cast.planner).patch(path, json.dumps(body), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["where"] == "pay"


def test_what_is_no_json_is_refused(cast: Cast) -> None:
    """400, not 500."""
    answer = post(cast.client(cast.planner), AGENTS, "{")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_a_refusal_keeps_its_code_and_sentence(cast: Cast) -> None:
    """A number that is taken: 422, the same words as on the page, and the value in the facts."""
    body = {"name": "New", "number": "a007", "team_id": cast.world.north_one.pk, "started_on": "2026-03-01"}
    answer = post(cast.client(cast.planner), AGENTS, body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "agent_number_taken"
    assert answer.json()["facts"] == {"number": "a007"}


def test_a_change_by_cookie_needs_the_token_of_our_pages(cast: Cast) -> None:
    """Another site cannot make a browser change things here; a program with a token needs none."""
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = cast.client(cast.planner).cookies
    answer = post(strict, AGENTS, {"name": "x"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_from_our_pages")


def test_too_many_requests_are_told_when_to_come_back(cast: Cast, settings: Any) -> None:
    """429 with Retry-After, for each actor apart."""
    settings.API_REQUESTS_A_MINUTE = 3
    answers = [get(cast, cast.hr) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert get(cast, cast.manager).status_code == 200


def test_the_description_names_every_refusal(cast: Cast) -> None:
    """OpenAPI: each operation says its errors as problem+json and how to sign in."""
    schema = Browser().get("/api/v1/openapi.json").json()
    for operations in schema["paths"].values():
        for each in operations.values():
            assert {"400", "401", "404", "429"} <= set(each["responses"])
            assert list(each["responses"]["404"]["content"]) == ["application/problem+json"]
            assert each["security"]
            assert each["summary"]


def test_the_description_is_readable(cast: Cast) -> None:
    """The page for people lists each operation, without a line of script in it."""
    page = Browser().get("/api/v1/docs").content.decode()
    assert "/api/v1/agents/{agent_id}/skills/{skill_id}" in page
    assert "swagger" not in page
