"""What a client does not read of their own queues: who our people are, and figures of a few of them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from floorwalker.apps.demand import services
from floorwalker.apps.demand.rules.client_numbers import from_text, read_numbers
from floorwalker.apps.people.models import Agent, AgentSkill
from tests.apps.demand.conftest import Queues
from tests.factories.demand import a_past, a_version
from tests.people import NOW, STARTED, Cast, Person

MONDAY = date(2026, 3, 9)


def read(cast: Cast, who: Person, address: str) -> str:
    answer = cast.client(who).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def answering(cast: Cast, count: int) -> None:
    """So many agents of North who hold the queue's skill; one who left and one elsewhere hold it too."""
    world = cast.world
    more = [
        Agent(name=f"More {n}", number=f"M{n}", team=world.north_one, started_on=STARTED) for n in range(count - 4)
    ]
    here = [cast.agent.agent, cast.colleague.agent, cast.contractor.agent, cast.other_team_agent.agent]
    everybody = [*here, *Agent.objects.bulk_create(more), cast.left.agent, cast.stranger.agent]
    AgentSkill.objects.bulk_create(AgentSkill(agent=each, skill=world.service) for each in everybody)


def test_a_client_reads_our_planners_as_one_by_page_and_api(cast: Cast, queues: Queues) -> None:
    """Who entered a forecast on their behalf and who issued a statement is for those who work here."""
    numbers = read_numbers(from_text("2026-03-09 400"), grain="day", step_minutes=30, zone="Europe/Lisbon")
    for each in (cast.planner, cast.client_viewer):
        services.submit_client_forecast(queue=queues.aurora, numbers=numbers, by=each.actor, at=NOW)
    a_version(queues.aurora, date(2025, 12, 29), 40, at=datetime(2025, 12, 1, tzinfo=UTC))
    a_past(queues.aurora, date(2026, 1, 1), 31)
    made = services.issue_statement(
        client=cast.world.aurora, month=date(2026, 1, 1), by=cast.manager.actor, at=NOW + timedelta(hours=1)
    )
    submissions, statements = "/api/v1/client-forecasts", "/api/v1/statements"
    pages = [submissions, statements, f"{statements}/{made.pk}", "/demand/client-forecasts/"]
    pages += ["/demand/statements/", f"/demand/statements/{made.pk}/"]
    for address in pages:
        text = read(cast, cast.client_viewer, address)
        assert cast.planner.user.name not in text.replace("Our planners", "").replace("our planners", ""), address
        assert cast.manager.user.name not in text, address
    said = [each["submitted_by"] for each in json.loads(read(cast, cast.client_viewer, submissions))["items"]]
    assert sorted(said) == ["Client Viewer", "Our planners"]
    said = [each["submitted_by"] for each in json.loads(read(cast, cast.planner, submissions))["items"]]
    assert sorted(said) == ["Client Viewer", "Planner"]
    assert json.loads(read(cast, cast.planner, f"{statements}/{made.pk}"))["issued_by"] == "Manager"


@pytest.mark.parametrize(("who", "count", "shown"), [
    ("client_viewer", 4, False), ("client_viewer", 5, True), ("planner", 4, True),
])  # fmt: skip
def test_handling_time_of_fewer_than_five_agents_is_not_for_clients(
    cast: Cast, queues: Queues, who: str, count: int, shown: bool
) -> None:
    """Page, file and API blank it, pages say why, volumes stay; who left or answers elsewhere does not count."""
    answering(cast, count)
    a_past(queues.aurora, date(2026, 3, 2), 7)
    a_version(queues.aurora, MONDAY, 7)
    person, queue = getattr(cast, who), f"queues/{queues.aurora.pk}"
    for address in ("history/?day=2026-03-02", "forecast/", "why/?day=2026-03-09"):
        text = read(cast, person, f"/demand/{queue}/{address}")
        assert ("fewer than five people answer this queue" in text) is not shown, address
    assert ("Mean handling time" in read(cast, person, f"/demand/{queue}/history/?day=2026-03-02")) is shown
    for file in ("history.csv?day=2026-03-02", "forecast.csv"):
        lines = read(cast, person, f"/demand/{queue}/{file}").splitlines()
        assert any("300" in line for line in lines) is shown, file
        assert any("11:00" in line and "20" in line for line in lines)
    stretch = "first=2026-03-02&last=2026-03-15"
    [monday, *_rest] = json.loads(read(cast, person, f"/api/v1/{queue}/history?{stretch}"))
    assert any(monday["handling_seconds"]) is shown and sum(monday["offered"]) > 100
    [monday, *_rest] = json.loads(read(cast, person, f"/api/v1/{queue}/forecast?{stretch}"))["days"]
    assert any(monday["aht"]) is shown and sum(monday["contacts"]) > 100


def test_what_a_difference_means_in_people_stays_inside(cast: Cast, queues: Queues) -> None:
    """The client reads contacts against contacts; the planner reads people too, in the table and the sentence."""
    a_version(queues.aurora, MONDAY, 14)
    numbers = read_numbers(from_text("2026-03-09 900"), grain="day", step_minutes=30, zone="Europe/Lisbon")
    made = services.submit_client_forecast(
        queue=queues.aurora, numbers=numbers, by=cast.client_viewer.actor, at=NOW
    )
    for who, shown in ((cast.client_viewer, False), (cast.planner, True)):
        text = read(cast, who, f"/demand/client-forecasts/{made.pk}/")
        assert "more than we do" in text
        assert ("People on the phones" in text) is shown and ("more on the phones" in text) is shown
