"""From a thank you to whoever may read it."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from floorwalker.apps.demand.models import RecordDay
from floorwalker.apps.offphone.models import Presence
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import Thanks
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import AnnouncedEvent, Notice
from tests.factories import demand as make_demand
from tests.people import NOW, STARTED, Cast, Person

WORDS = "You took my last call so that I could leave."


def number(person: Person) -> str:
    assert person.agent is not None
    return person.agent.number


def page(cast: Cast, who: Person, path: str = "/thanks/") -> str:
    answer = cast.client(who).get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_agent_finds_a_colleague_and_thanks_them(cast: Cast) -> None:
    """Button, a part of the name, words: told at once, with a notice, an event and the page of the one thanked."""
    browser = cast.client(cast.agent)
    assert 'href="/thanks/"' in page(cast, cast.agent, "/")
    assert f"colleague={number(cast.colleague)}" in page(cast, cast.agent, "/thanks/?q=colle")
    form = {"colleague": number(cast.colleague), "kind": "thanks", "words": WORDS, "visibility": "site"}
    assert browser.post("/thanks/say/", form).headers["Location"] == "/thanks/"
    assert WORDS in page(cast, cast.colleague)
    assert cast.colleague.agent is not None
    assert WORDS in page(cast, cast.colleague, f"/people/agents/{cast.colleague.agent.pk}/")
    assert Notice.objects.filter(to_user=cast.colleague.user.pk, kind=services.THANKED_KIND).count() == 1
    assert "Agent: thank you." in page(cast, cast.colleague, "/notices/")
    assert AnnouncedEvent.objects.filter(name__endswith="ThanksGiven").count() == 1


def test_without_a_wish_thanks_are_for_the_two_alone(cast: Cast) -> None:
    """Whatever was chosen: neither team nor lead nor manager, on page, agent's page, CSV and API."""
    services.thank(number=number(cast.colleague), words=WORDS, by=cast.agent.actor, at=NOW)
    assert cast.colleague.agent is not None
    for who in (cast.contractor, cast.supervisor, cast.manager, cast.other_team_agent, cast.stranger):
        assert WORDS not in page(cast, who)
        csv = b"".join(cast.client(who).get("/thanks/thanks.csv").streaming_content)  # type: ignore[attr-defined]
        assert WORDS.encode() not in csv
        assert WORDS not in page(cast, who, "/api/v1/thanks")
    assert WORDS not in page(cast, cast.supervisor, f"/people/agents/{cast.colleague.agent.pk}/")


def test_a_wish_opens_and_closes_thanks_said_before(cast: Cast) -> None:
    """Team, then site, then the two alone again: what others see follows the wish of the moment."""
    browser = cast.client(cast.colleague)
    browser.post("/thanks/wish/", {"widest": "site"})
    services.thank(number=number(cast.colleague), words=WORDS, by=cast.agent.actor, at=NOW)
    for widest, seeing, blind in (
        ("site", (cast.contractor, cast.supervisor, cast.other_team_agent), (cast.stranger,)),
        ("team", (cast.contractor, cast.supervisor), (cast.other_team_agent, cast.stranger)),
        ("private", (cast.agent,), (cast.contractor, cast.supervisor, cast.other_team_agent)),
    ):
        assert browser.post("/thanks/wish/", {"widest": widest}).status_code == 302
        assert all(WORDS in page(cast, who) for who in seeing), widest
        assert not any(WORDS in page(cast, who) for who in blind), widest


def test_whoever_thanks_may_show_less_than_is_wished(cast: Cast) -> None:
    """A private thanks stays private where the site could read it."""
    services.wish(widest="site", by=cast.colleague.actor, at=NOW)
    services.thank(number=number(cast.colleague), words=WORDS, visibility="private", by=cast.agent.actor, at=NOW)
    assert WORDS not in page(cast, cast.contractor)


def test_once_a_day_and_never_oneself(cast: Cast) -> None:
    """A second thanks of the day is refused in a sentence, by page and by the database; the next day it goes."""
    services.thank(number=number(cast.colleague), by=cast.agent.actor, at=NOW)
    with pytest.raises(services.ThankedToday, match="Colleague"):
        services.thank(number=number(cast.colleague), by=cast.agent.actor, at=NOW + timedelta(hours=1))
    first = Thanks.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.create(from_user=first.from_user, agent=first.agent, at=NOW, day=first.day)
    services.thank(number=number(cast.colleague), by=cast.agent.actor, at=NOW + timedelta(days=1))
    with pytest.raises(NotFound):
        services.thank(number=number(cast.agent), by=cast.agent.actor, at=NOW)


def test_another_site_and_who_left_are_not_found(cast: Cast) -> None:
    """Neither by search nor by number; a client finds nobody."""
    for who in (cast.stranger, cast.left):
        answer = cast.client(cast.agent).get(f"/thanks/say/?colleague={number(who)}")
        assert answer.status_code == 404
        assert f"colleague={number(who)}" not in page(cast, cast.agent, f"/thanks/?q={who.user.name}")
    assert cast.client(cast.client_viewer).get("/thanks/").status_code == 404


def test_the_extra_mile_is_told_with_what_happened(cast: Cast) -> None:
    """Without words the form says so beside the field, and so does the API."""
    form = {"colleague": number(cast.colleague), "kind": "extra_mile", "words": " ", "visibility": "team"}
    answer = cast.client(cast.agent).post("/thanks/say/", form)
    assert answer.status_code == 422
    assert "what happened" in answer.content.decode()
    body = {"number": number(cast.colleague), "kind": "extra_mile"}
    refused = cast.client(cast.agent).post("/api/v1/thanks", body, content_type="application/json")
    assert refused.json()["code"] == "recognition_what_happened"


def test_after_a_surge_the_lead_is_told_whom_to_thank_and_why(cast: Cast) -> None:
    """Yesterday brought a third more than forecast; one tap thanks, and the suggestion goes."""
    at = timezone.now()
    day = (at - timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    queue = make_demand.a_queue(cast.world.aurora, cast.world.north, "Refunds", skill=cast.world.service)
    RecordDay.objects.create(
        queue=queue, day=day.date(), lead_days=7, source="planner", expected=300, actual=400, made_at=at
    )
    for who in (cast.agent, cast.other_team_agent):
        Presence.objects.create(agent=who.agent, group=queue.pk, period=(day, day + timedelta(hours=6)))
    shown = page(cast, cast.supervisor)
    assert "400 contacts came to Refunds, 300 were forecast; 6 h" in shown
    assert number(cast.agent) in shown
    assert number(cast.other_team_agent) not in shown
    assert "Thanks are due" in page(cast, cast.supervisor, "/")
    assert "Thanks are due" not in page(cast, cast.agent)
    tap = {"colleague": number(cast.agent), "kind": "thanks", "words": "Thank you.", "visibility": "site"}
    assert cast.client(cast.supervisor).post("/thanks/say/", tap).status_code == 302
    assert "Thanks are due" not in page(cast, cast.supervisor)


def test_who_is_steady_is_suggested_and_a_thanks_ends_it(cast: Cast) -> None:
    """Six colleagues swing, one does not: the lead reads the figures and why, thanks with one tap, and it goes."""
    at, chance = timezone.now(), random.Random(5)
    others = Agent.objects.bulk_create(
        Agent(name=f"Swinging {n}", number=f"S{n:03}", team=cast.world.north_one, started_on=STARTED)
        for n in range(6)
    )
    AgentDay.objects.bulk_create(
        AgentDay(
            agent=agent,
            day=at.date() - timedelta(days=ago),
            measure="first_contact_resolution",
            value=min(0.8 + (0.002 if agent == cast.agent.agent else 0.05) * chance.gauss(0, 1), 1.0),
            weight=30,
            source="x",
            key=f"{ago}",
            told_at=at,
        )
        for agent in (*others, cast.agent.agent)
        for ago in range(1, 21)
    )
    shown = page(cast, cast.supervisor)
    assert "First contact resolution: over 20 days theirs differed by about" in shown
    assert "Swinging" not in shown
    assert "Thanks are due" not in page(cast, cast.manager)  # who sees no figures of people is told of none
    floor = page(cast, cast.supervisor, "/coaching/floor/")
    assert "a thanks is due: First contact resolution" in floor.lower().replace("first contact", "First contact")
    tap = {"colleague": number(cast.agent), "kind": "consistency", "words": "Steady.", "visibility": "site"}
    assert cast.client(cast.supervisor).post("/thanks/say/", tap).status_code == 302
    assert "Thanks are due" not in page(cast, cast.supervisor)


def test_long_without_a_thanks_is_said_after_two_months_of_thanks(cast: Cast, time_machine: Any) -> None:
    """Counted from when thanks began here: nobody is reproached for the years before."""
    time_machine.move_to(NOW)  # at ten in the morning, whatever hour the clocks have been changed by since
    for days in (70, 3):
        at = NOW - timedelta(days=days)
        services.thank(number=number(cast.agent), by=cast.supervisor.actor, at=at)
    shown = page(cast, cast.supervisor)
    assert "You have not thanked them for 70 days." in shown
    link = f"colleague={number(cast.colleague)}&amp;kind=thanks"
    assert link in shown
    assert f"colleague={number(cast.agent)}&amp;" not in shown
