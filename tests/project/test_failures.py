"""What nobody foresaw: page and program are told the same, with a reference that stands in the log beside it."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from floorwalker.apps.people.models import Team
from tests.people import Cast


def refuse_to_answer(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("secret of the inside")


@pytest.fixture
def browser(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Of a planner, in a house whose teams cannot be read."""
    made = cast.client(cast.planner)
    made.raise_request_exception = False
    monkeypatch.setattr(Team.objects, "filter", refuse_to_answer)
    monkeypatch.setattr(Team.objects, "all", refuse_to_answer)
    return made


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/teams", "application/problem+json"), ("/people/teams/", "text/html")]
)
def test_it_is_said_with_a_reference_and_without_the_inside(
    browser: Client, caplog: pytest.LogCaptureFixture, path: str, kind: str
) -> None:
    with caplog.at_level(logging.ERROR, logger="floorwalker.project.failures"):
        answer = browser.get(path)
    assert answer.status_code == 500 and answer["Content-Type"].startswith(kind)
    said, (noted,) = answer.content.decode(), [each for each in caplog.records if each.name.endswith("failures")]
    reference = noted.args[0]  # type: ignore[index]
    assert len(str(reference)) == 8 and f"reference: {reference}" in said
    assert "secret of the inside" not in said and "RuntimeError" not in said
    assert noted.args[1:] == ("RuntimeError", path)  # type: ignore[index]


def test_a_program_reads_code_and_reference_apart_from_the_sentence(browser: Client) -> None:
    told = browser.get("/api/v1/teams").json()
    assert (told["status"], told["code"], set(told["facts"])) == (500, "broken", {"reference"})
