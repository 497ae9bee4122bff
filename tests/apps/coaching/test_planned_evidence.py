"""A state as evidence lies beside what was planned: picked from the published day, opened by both (S72, S79)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people.models import AgentDayOff
from tests.apps.test_api_doors import Door
from tests.factories import schedules as make
from tests.people import Cast, Person

DAY = "2026-03-17"
AT = datetime(2026, 3, 20, 18, tzinfo=UTC)


def noon(minutes: int = 0) -> datetime:
    """Minutes after ten on that Tuesday in Lisbon, where the meal of nine to half past five is at one."""
    return datetime(2026, 3, 17, 10, tzinfo=UTC) + timedelta(minutes=minutes)


@pytest.fixture
def planned(cast: Cast) -> Cast:
    """The week of the agent is published: nine to half past five, a training at ten on Tuesday, Thursday away."""
    assert cast.agent.agent is not None
    agent, week = cast.agent.agent, make.a_week(cast.world.north)
    make.published(week, make.working_days(week, [agent], range(3)), make.BEFORE)
    Session.objects.create(
        agent=agent, kind="training", minutes=30, reason="Refunds", state="placed",
        due=AT, owner=cast.supervisor.user, period=(noon(), noon(30)), made_at=make.BEFORE, once="t",
    )  # fmt: skip
    AgentDayOff.objects.create(agent=agent, day=datetime(2026, 3, 19, tzinfo=UTC).date())
    return cast


def kinds(cast: Cast, who: Person, day: str = DAY) -> list[str]:
    assert cast.agent.agent is not None
    found = Door(cast, who).get(f"/agents/{cast.agent.agent.pk}/planned?day={day}")
    assert found.status_code == 200, found.content
    return [each["kind"] for each in found.json()]


def given(cast: Cast, state: str, when: datetime, **more: Any) -> Feedback:
    assert cast.agent.agent is not None
    said = {"kind": "corrective", "words": "You were not there.", "expectation": "Be there.", **more}
    evidence = {"evidence_kind": "state", "evidence_ref": state, "evidence_at": when}
    return services.give(agent_id=cast.agent.agent.pk, **evidence, by=cast.supervisor.actor, at=AT, **said)


def test_the_pieces_of_a_published_day_are_offered(planned: Cast) -> None:
    """Shift, training and break, a day away; nothing of another team, and nothing to who sees no roster."""
    assert kinds(planned, planned.supervisor) == ["work", "training", "work", "break", "work"]
    assert kinds(planned, planned.supervisor, "2026-03-19") == ["away"]
    assert kinds(planned, planned.supervisor, "2026-04-19") == []
    assert planned.agent.agent is not None and planned.contractor.agent is not None
    pk = planned.agent.agent.pk
    assert Door(planned, planned.other_supervisor).get(f"/agents/{pk}/planned").status_code == 404
    contractor = Door(planned, planned.supervisor).get(f"/agents/{planned.contractor.agent.pk}/planned?day={DAY}")
    assert contractor.json() == []


def test_a_piece_is_picked_on_the_form_and_opened_by_both(planned: Cast) -> None:
    """The giver comes to the board of the week, the agent to their own week."""
    assert planned.agent.agent is not None
    address = f"/coaching/agents/{planned.agent.agent.pk}/give/?day={DAY}"
    browser = planned.client(planned.supervisor)
    page = unescape(browser.get(address).content.decode())
    assert "Planned: a training, Tue 17 Mar, 10:00–10:30" in page
    start = noon(30).isoformat()
    typed = {
        "kind": "corrective",
        "words": "You came back at 10:45.",
        "expectation": "Back in time.",
        "evidence_kind": f"state:planned@{start}",
        "evidence_at": "2026-03-17T09:40",
    }
    assert browser.post(address, typed).status_code == 422  # not in what was picked
    assert browser.post(address, typed | {"evidence_at": "", "state": "not_ready"}).status_code == 302
    found = Feedback.objects.get()
    assert (found.evidence_ref, found.evidence_at) == ("not_ready", noon(30))
    board = f"/schedules/{planned.world.north.pk}/2026-03-16/"
    for who, link in ((planned.supervisor, board), (planned.agent, f"/schedules/mine/day/{DAY}/")):
        page = planned.client(who).get(f"/coaching/{found.pk}/").content.decode()
        assert f'href="{link}"' in page and "Work on the phones, Tue 17 Mar, 10:30–" in page, who.key
        assert "The state is something else than was planned." in page
        assert planned.client(who).get(link).status_code == 200
    assert browser.post(address, typed | {"evidence_at": ""}).status_code == 302
    assert Feedback.objects.order_by("pk").last().evidence_ref == "planned"  # type: ignore[union-attr]


@pytest.mark.parametrize(("state", "minute"), [("break", 200), ("not_ready", 10), ("signed_out", 10)])
def test_nobody_is_corrected_unasked_for_what_was_planned(planned: Cast, state: str, minute: int) -> None:
    """A break in the break, not ready in a training: asked about once, then kept and said to both."""
    with pytest.raises(services.AsPlanned, match="would be unfair"):
        given(planned, state, noon(minute))
    given(planned, state, noon(minute), kind="positive")
    found = given(planned, state, noon(minute), despite_plan=True)
    for who in (planned.supervisor, planned.agent):
        answer = Door(planned, who).get(f"/feedback/{found.pk}/evidence").json()
        assert answer["as_planned"] is True and answer["planned"]["kind"] in ("break", "training")


def test_the_form_asks_in_place(planned: Cast) -> None:
    """The words stay, and a box says that it is about something else."""
    assert planned.agent.agent is not None
    address = f"/coaching/agents/{planned.agent.agent.pk}/give/?day={DAY}"
    browser = planned.client(planned.supervisor)
    typed = {
        "kind": "corrective",
        "words": "You left the kitchen open.",
        "expectation": "Close it.",
        "evidence_kind": "state",
        "state": "break",
        "evidence_at": "2026-03-17T13:20",
    }
    page = browser.post(address, typed)
    assert page.status_code == 422 and 'name="despite_plan"' in page.content.decode()
    assert "You left the kitchen open." in page.content.decode()
    assert browser.post(address, typed | {"despite_plan": "on"}).status_code == 302


def test_a_state_against_the_plan_is_not_asked_about(planned: Cast) -> None:
    """Signed out while planned at work; and where nothing is published nothing is said."""
    found = given(planned, "signed_out", noon(60))
    answer = Door(planned, planned.agent).get(f"/feedback/{found.pk}/evidence").json()
    assert (answer["planned"]["kind"], answer["as_planned"]) == ("work", False)
    with pytest.raises(services.EvidenceNotFound):
        given(planned, "planned", noon(30 * 24 * 60 * -1))
