"""Required staff, time off the phones and promises at the door programs use: reading, verbs, refusals, reach."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from floorwalker.apps.capacity.models import StaffingOrder
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.periods import Period
from tests.factories import capacity as staff
from tests.factories import schedules as make
from tests.people import NOW, Cast, Person

DUE = (NOW + timedelta(days=7)).isoformat()


class Door:
    """The API as one person's program meets it."""

    def __init__(self, cast: Cast, who: Person) -> None:
        self.browser = cast.client(who)

    def get(self, path: str, **query: Any) -> Any:
        return self.browser.get(f"/api/v1{path}", query)

    def send(self, verb: str, path: str, body: Any = None) -> Any:
        text = json.dumps(body or {})
        return getattr(self.browser, verb)(f"/api/v1{path}", text, content_type="application/json")

    def every(self, path: str, **query: Any) -> list[Any]:
        """All pages of a list, two rows at a time."""
        rows, after = [], ""
        while True:
            body = self.get(path, limit=2, after=after, **query).json()
            rows += body["items"]
            after = body["after"]
            if not after:
                return rows


def problem(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal, which comes as problem+json."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def queue(cast: Cast, work: Callable[..., None]) -> Queue:
    """Ordered by a program, computed by the job."""
    found = staff.a_queue(cast.world)
    staff.a_forecast(found)
    order = {"queue_ids": [found.pk], "first_day": staff.MONDAY.isoformat(), "days": 7}
    made = Door(cast, cast.planner).send("post", "/staffing-orders", order)
    assert made.status_code == 201 and made.json()["done_at"] is None
    work(inline=True)
    assert Door(cast, cast.planner).get(f"/staffing-orders/{made.json()['id']}").json()["done_at"]
    return found


def test_required_staff_is_read_opened_and_decided(cast: Cast, queue: Queue) -> None:
    """Days, the reasons of an interval, risks page by page, and a policy that goes stale."""
    planner, path = Door(cast, cast.planner), f"/queues/{queue.pk}"
    days = planner.get(f"{path}/required-staff", first_day=staff.MONDAY.isoformat(), days=7).json()
    assert len(days) == 7 and max(days[0]["scheduled"]) > 0
    why = planner.get(f"{path}/required-staff/{staff.MONDAY}/20").json()
    assert sum(part["amount"] for part in why["parts"]) == pytest.approx(days[0]["scheduled"][20], abs=1e-4)
    assert problem(planner.get(f"{path}/required-staff/{staff.MONDAY}/3")) == (404, "not_found")
    risks = planner.every("/day-risks", queue_id=queue.pk)
    assert [each["day"] for each in risks] == [day["day"] for day in days]
    policy = planner.get(f"{path}/staffing-policy").json()
    wanted = {name: policy[name] for name in policy if name != "queue_id"} | {"shrinkage": 0.25}
    assert planner.send("put", f"{path}/staffing-policy", wanted).json()["shrinkage"] == 0.25
    assert problem(planner.send("put", f"{path}/staffing-policy", wanted)) == (409, "stale")


def test_staff_that_cannot_be_ordered_is_refused_and_beyond_ones_reach_not_found(cast: Cast, queue: Queue) -> None:
    """No forecast is a sentence; a supervisor orders nothing; another site's queue does not exist."""
    bare = staff.a_queue(cast.world, name="Bare")
    far = staff.a_queue(cast.world, cast.world.south, name="Far")
    body = {"queue_ids": [bare.pk], "first_day": staff.MONDAY.isoformat(), "days": 7}
    assert (
        problem(Door(cast, cast.planner).send("post", "/staffing-orders", body))[1] == "capacity_nothing_to_staff"
    )
    assert problem(Door(cast, cast.planner).send("post", "/staffing-orders", body | {"days": 0})) == (
        400,
        "malformed",
    )
    assert problem(Door(cast, cast.supervisor).send("post", "/staffing-orders", body)) == (404, "not_found")
    away = body | {"queue_ids": [queue.pk, far.pk]}
    assert problem(Door(cast, cast.site_planner).send("post", "/staffing-orders", away)) == (404, "not_found")
    order = StaffingOrder.objects.latest("pk")
    for who in (cast.supervisor, cast.agent, cast.client_viewer, cast.hr):
        assert problem(Door(cast, who).get(f"/staffing-orders/{order.pk}")) == (404, "not_found")
    path = f"/queues/{far.pk}/required-staff"
    assert problem(Door(cast, cast.supervisor).get(path, first_day=staff.MONDAY.isoformat())) == (404, "not_found")


def owing(cast: Cast, **more: Any) -> dict[str, Any]:
    assert cast.agent.agent is not None
    said = {"agent_id": cast.agent.agent.pk, "minutes": 30, "kind": "feedback", "reason": "talk", "due": DUE}
    return said | more


def test_time_off_the_phones_goes_its_way_through_the_api(cast: Cast) -> None:
    """Owed once, placed in a slot offered, lost, placed again, delivered; asked, declined; let go by its agent."""
    assert cast.agent.agent is not None
    lead, agent, base = Door(cast, cast.supervisor), Door(cast, cast.agent), "/offphone-sessions"
    shift = Period(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=8))
    window = (cast.agent.agent.pk, 1, shift)
    offphone.tell_presence(agents=[cast.agent.agent.pk], between=shift, windows=[window])
    made = lead.send("post", base, owing(cast, once="a"))
    assert made.status_code == 201 and made.json()["state"] == "owed"
    one = f"{base}/{made.json()['id']}"
    assert lead.send("post", base, owing(cast, once="a")).json()["id"] == made.json()["id"]
    slot = lead.get(f"{one}/slots", first=NOW.isoformat(), days=3).json()[0]
    assert slot["unpriced"] is True
    place = {"start": slot["start"], "version": made.json()["version"]}
    placed = lead.send("post", f"{one}/place", place).json()
    assert placed["state"] == "placed"
    assert problem(lead.send("post", f"{one}/place", place)) == (409, "stale")
    lost = lead.send("post", f"{one}/lose", {"answer": "a surge"}).json()
    assert lost["state"] == "owed"
    night = {"start": (shift.end + timedelta(hours=2)).isoformat(), "version": lost["version"]}
    assert problem(lead.send("post", f"{one}/place", night))[1] == "offphone_not_at_work"
    assert lead.send("post", f"{one}/place", place | {"version": lost["version"]}).json()["state"] == "placed"
    assert lead.send("post", f"{one}/deliver").json()["state"] == "delivered"
    assert problem(lead.send("post", f"{one}/deliver")) == (409, "offphone_move_not_allowed")
    asked = agent.send("post", f"{base}/ask", {"minutes": 30, "kind": "feedback", "reason": "questions"}).json()
    assert (
        lead.send("post", f"{base}/{asked['id']}/decline", {"answer": "next week"}).json()["state"] == "declined"
    )
    wish = agent.send("post", f"{base}/ask", {"minutes": 45, "kind": "review", "reason": "a call"}).json()
    agreed = lead.send("post", f"{base}/{wish['id']}/agree", {"due": DUE})
    assert agreed.json()["state"] == "owed"
    assert problem(lead.send("post", f"{base}/{wish['id']}/let-go"))[0] == 409
    assert agent.send("post", f"{base}/{wish['id']}/let-go", {"answer": "done"}).json()["state"] == "let_go"
    assert len(lead.every(base, state="all")) == 3 == len(agent.every(base, state="all"))
    assert problem(lead.send("post", base, owing(cast, minutes=7))) == (400, "malformed")


def test_sessions_of_others_do_not_exist_for_programs_either(cast: Cast) -> None:
    """Another team's supervisor, a colleague and a client find nothing, whatever the verb."""
    made = Door(cast, cast.supervisor).send("post", "/offphone-sessions", owing(cast)).json()
    one = f"/offphone-sessions/{made['id']}"
    for who in (cast.other_supervisor, cast.colleague, cast.client_viewer, cast.auditor):
        door = Door(cast, who)
        assert problem(door.get(one)) == (404, "not_found")
        assert problem(door.send("post", f"{one}/deliver")) == (404, "not_found")
        place = {"start": DUE, "version": 1}
        assert problem(door.send("post", f"{one}/place", place)) == (404, "not_found")
    assert problem(Door(cast, cast.other_supervisor).send("post", "/offphone-sessions", owing(cast))) == (
        404,
        "not_found",
    )
    assert Session.objects.get().state == "owed"


def test_promises_are_listed_by_their_day_and_broken_only_by_their_owner(cast: Cast) -> None:
    """Page by page for who is owed; whoever it was promised to cannot break it, and others do not find it."""
    lead, agent = Door(cast, cast.supervisor), Door(cast, cast.agent)
    for days in (9, 3, 6):
        lead.send("post", "/offphone-sessions", owing(cast, due=(NOW + timedelta(days=days)).isoformat()))
    rows = agent.every("/promises")
    assert [each["due"] for each in rows] == sorted(each["due"] for each in rows) and len(rows) == 3
    assert len(lead.every("/promises", side="owed_by_me")) == 3
    assert lead.every("/promises") == []
    one = f"/promises/{rows[0]['id']}"
    assert agent.get(one).json()["state"] == "open"
    assert problem(agent.send("post", f"{one}/break", {"why": "x"})) == (404, "not_found")
    assert problem(lead.send("post", f"{one}/break", {"why": ""})) == (400, "malformed")
    broken = lead.send("post", f"{one}/break", {"why": "no room this month"}).json()
    assert (broken["state"], broken["why"]) == ("broken", "no room this month")
    assert problem(lead.send("post", f"{one}/break", {"why": "again"})) == (409, "promise_already_ended")
    for who in (cast.other_supervisor, cast.colleague, cast.client_viewer):
        assert problem(Door(cast, who).get(one)) == (404, "not_found")
        assert Door(cast, who).every("/promises", side="all", state="all") == []
    assert Promise.objects.filter(state="broken").count() == 1


def test_an_earlier_version_of_a_week_is_published_again_by_programs(cast: Cast) -> None:
    """Who publishes goes back to version 1 as version 3; a supervisor may not, another site finds nothing."""
    week = make.a_week(cast.world.north)
    first = make.published(week, make.working_days(week, [cast.agent.agent]), make.BEFORE)  # type: ignore[list-item]
    make.published(week, make.working_days(week, [cast.agent.agent], days=[0]), make.BEFORE)  # type: ignore[list-item]
    path = f"/publications/{first.pk}/again"
    assert problem(Door(cast, cast.supervisor).send("post", path)) == (404, "not_found")
    again = Door(cast, cast.planner).send("post", path, {"note": "the first was right"})
    assert (
        again.status_code == 201 and again.json()["number"] == 3 and again.json()["note"] == "the first was right"
    )
    assert len(make.live(cast.agent.agent)) == 5  # type: ignore[arg-type]
    numbers = [each["number"] for each in Door(cast, cast.planner).every("/publications")]
    assert numbers == [3, 2, 1]


def test_sums_of_time_and_of_promises_are_read(cast: Cast) -> None:
    """Minutes by kind without names; kept rates for who sees promises of others, none for an agent."""
    due = NOW + timedelta(days=3)
    owed = {"agent_id": cast.agent.agent.pk, "minutes": 30, "kind": "training", "reason": "Talk", "due": due}
    offphone.owe(**owed, by=cast.supervisor.actor, at=NOW)
    lead, agent = Door(cast, cast.supervisor), Door(cast, cast.agent)
    assert [each["open"] for each in lead.get("/offphone-minutes").json()] == [30]
    fields = {"kind", "delivered", "open", "late", "late_since", "times_lost"}
    assert all(set(each) == fields for each in lead.get("/offphone-minutes").json())
    rates = {each["owner_id"]: each for each in lead.get("/kept-rates").json()}
    assert rates[cast.supervisor.user.pk]["open"] == 1 and rates[cast.supervisor.user.pk]["share"] is None
    assert agent.get("/kept-rates").json() == []
