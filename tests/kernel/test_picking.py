"""Choosing one of many by typing, at a door that has it: owing time off the phones to an agent."""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people.models import Agent
from tests.people import STARTED, Cast

OWE = "/time/owe/"


@pytest.fixture
def namesakes(cast: Cast) -> list[Agent]:
    """Two of one name in the supervisor's team, and one more elsewhere."""
    places = (cast.world.north_one, cast.world.north_one, cast.world.south_one)
    made = [
        Agent(name="Rosa Vidal", number=f"P{n}", team=team, started_on=STARTED) for n, team in enumerate(places)
    ]
    return Agent.objects.bulk_create(made)


def owe(cast: Cast, **sent: str) -> Any:
    common = {"kind": "training", "minutes": "30", "reason": "New tariffs", "due": "2027-01-08"}
    return cast.client(cast.supervisor).post(OWE, common | sent)


def owed() -> list[int]:
    return list(Session.objects.values_list("agent_id", flat=True))


def test_what_is_offered_is_what_could_be_chosen(cast: Cast, namesakes: list[Agent]) -> None:
    """Typing finds the two of one's own team, and neither the third nor anything that is no such field."""
    browser = cast.client(cast.supervisor)
    found = browser.get(OWE, {"pick": "agent", "agent-text": "vid ros"}).content.decode()
    assert [f"P{n}" in found for n in range(3)] == [True, True, False]
    assert browser.get(OWE, {"pick": "reason", "reason-text": "x"}).status_code == 404


def test_a_name_without_script(cast: Cast, namesakes: list[Agent]) -> None:
    """A label, or words that fit one alone, are enough; where several fit, they are shown to choose from."""
    first, second, _elsewhere = namesakes
    assert owe(cast, **{"agent": "", "agent-text": "Rosa P0", "agent-of": ""}).status_code == 302
    several = owe(cast, **{"agent": "", "agent-text": "rosa", "agent-of": ""})
    assert several.status_code == 422
    offered = [f'value="{each.pk}"' in several.content.decode() for each in namesakes]
    assert offered == [True, True, False]
    assert owe(cast, **{"agent": str(second.pk), "agent-text": "rosa", "agent-of": "rosa"}).status_code == 302
    assert sorted(owed()) == sorted([first.pk, second.pk])


def test_what_was_typed_after_choosing_counts(cast: Cast, namesakes: list[Agent]) -> None:
    """A key belongs to the words it was chosen for: whoever types another name means the other person."""
    first, second, _elsewhere = namesakes
    label = f"{first.name}, {first.number}, {first.team.name}"
    owe(cast, **{"agent": str(first.pk), "agent-text": "Vidal P1", "agent-of": label})
    assert owed() == [second.pk]


@pytest.mark.parametrize("sent", ["elsewhere", "none", "words"])
def test_whoever_is_out_of_sight_cannot_be_sent(cast: Cast, namesakes: list[Agent], sent: str) -> None:
    """Neither by key nor by name, and the answer names nobody."""
    key = {"elsewhere": str(namesakes[2].pk), "none": "99999999", "words": "one or two"}[sent]
    for values in ({"agent": key}, {"agent": "", "agent-text": "Rosa P2", "agent-of": ""}):
        answer = owe(cast, **values)
        assert answer.status_code == 422
        assert "South One" not in answer.content.decode()
    assert owed() == []
