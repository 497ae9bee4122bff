"""What planners, leads and agents do about schedules, at the door programs use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from floorwalker.apps.schedules.models import Shift
from floorwalker.apps.schedules.queries.shifts import live_stints
from tests.apps.test_api_doors import Door, problem
from tests.factories import schedules as make
from tests.people import NOW, Cast

PATTERN = {"name": "Early", "starts_from": "07:00", "starts_until": "09:00", "weekdays": [0, 1, 2, 3, 4]}

AHEAD = make.MONDAY + timedelta(weeks=520)  # the door tells the time by the clock on the wall


def test_a_site_offers_shifts(cast: Cast) -> None:
    """Added, changed, archived and offered again; a taken name and a meal too long are refused."""
    planner, site = Door(cast, cast.site_planner), cast.world.north.pk
    made = planner.send("post", "/shift-patterns", PATTERN | {"site_id": site})
    assert made.status_code == 201 and made.json()["length_minutes"] == 510, made.content
    path = f"/shift-patterns/{made.json()['id']}"
    assert planner.send("post", "/shift-patterns", PATTERN | {"site_id": site}).status_code == 422
    wrong = PATTERN | {"length_minutes": 60, "meal_minutes": 60}
    assert planner.send("put", path, wrong).status_code == 422
    assert problem(planner.send("put", path, PATTERN | {"weekdays": [9]})) == (400, "malformed")
    assert planner.send("put", path, PATTERN | {"name": "Earlier"}).json()["name"] == "Earlier"
    assert planner.send("post", f"{path}/archive").json()["archived"]
    assert not planner.send("post", f"{path}/restore").json()["archived"]
    elsewhere = PATTERN | {"site_id": cast.world.south.pk}
    assert problem(planner.send("post", "/shift-patterns", elsewhere))[0] == 404
    assert [each["name"] for each in planner.every("/shift-patterns")] == ["Earlier"]


def test_an_agent_keeps_calendar_addresses(cast: Cast) -> None:
    """The key is told once and opens the calendar; renewed, the old opens nothing; switched off, none does."""
    agent = Door(cast, cast.agent)
    opened = agent.send("post", "/calendar-feeds", {"device": "Phone"})
    assert opened.status_code == 201, opened.content
    address = opened.json()["address"]
    assert agent.browser.get(address).status_code == 200
    path = f"/calendar-feeds/{opened.json()['feed']['id']}"
    renewed = agent.send("post", f"{path}/renew").json()["address"]
    assert agent.browser.get(address).status_code == 404 and agent.browser.get(renewed).status_code == 200
    assert [set(each) & {"key", "address", "key_hash"} for each in agent.get("/calendar-feeds").json()] == [set()]
    assert problem(Door(cast, cast.colleague).send("delete", path))[0] == 404
    assert agent.send("delete", path).status_code == 204
    assert agent.browser.get(renewed).status_code == 404 and agent.get("/calendar-feeds").json() == []


def test_a_draft_is_read_taken_in_put_away_and_taken_up(cast: Cast) -> None:
    """Its shifts page by page; what both sides changed is answered; a draft put away is not taken in."""
    planner, week = Door(cast, cast.planner), make.a_week(cast.world.north, AHEAD)
    make.published(week, make.working_days(week, [cast.agent.agent], range(3)), NOW)
    week.refresh_from_db()
    path = f"/drafts/{make.a_draft(week, live_stints(week), NOW, cast.planner.actor).pk}"
    shifts = planner.every(f"{path}/shifts")
    assert [each["agent_id"] for each in shifts] == [cast.agent.agent.pk] * 3
    step = {"verb": "delete", "identity": shifts[0]["identity"], "version": shifts[0]["version"], "why": "x"}
    assert planner.send("post", f"{path}/steps", step).status_code == 201
    live = make.live(cast.agent.agent)[0]
    open_up = {"verb": "open", "identity": str(live.identity), "version": live.version, "why": "Ill."}
    changed = planner.send("post", f"/weeks/{week.pk}/steps", open_up)
    assert changed.status_code == 201, changed.content
    clashes = planner.send("post", f"{path}/take-in").json()
    assert [each["identity"] for each in clashes] == [str(live.identity)]
    assert planner.send("post", f"{path}/discard").json()["state"] == "discarded"
    assert planner.send("post", f"{path}/take-in").status_code == 409
    assert planner.send("post", f"{path}/reopen").json()["state"] == "open"
    assert planner.get(path).json()["state"] == "open"
    assert problem(Door(cast, cast.supervisor).get(f"{path}/shifts"))[0] == 404


def test_a_lead_proposes_and_both_sides_talk(cast: Cast) -> None:
    """Proposed by who leads the agent, answered with other hours, talked about; a stranger sees nothing of it."""
    week = make.a_week(cast.world.north, AHEAD)
    make.published(week, make.working_days(week, [cast.agent.agent], range(2)), NOW)
    shift: Shift = make.live(cast.agent.agent)[0]
    later = {"start": (shift.period.lower + timedelta(hours=1)).isoformat()}
    later["end"] = (shift.period.upper + timedelta(hours=1)).isoformat()
    wish: dict[str, Any] = {"shift_id": shift.pk, "kind": "hours", "text": "Could you?"} | later
    lead, agent = Door(cast, cast.supervisor), Door(cast, cast.agent)
    assert problem(Door(cast, cast.other_supervisor).send("post", "/shift-changes/propose", wish))[0] == 404
    assert problem(lead.send("post", "/shift-changes/propose", wish | {"end": later["start"]})) == (
        400,
        "malformed",
    )
    made = lead.send("post", "/shift-changes/propose", wish)
    assert made.status_code == 201 and made.json()["turn"] == "agent", made.content
    path = f"/shift-changes/{made.json()['id']}"
    assert lead.send("post", f"{path}/counter", later | {"version": made.json()["version"]}).status_code in (
        409,
        422,
    )
    later["start"] = (shift.period.lower + timedelta(minutes=30)).isoformat()
    countered = agent.send("post", f"{path}/counter", later | {"version": made.json()["version"]})
    assert countered.status_code == 200 and countered.json()["turn"] == "lead", countered.content
    assert lead.send("post", f"{path}/say", {"text": "Let me see."}).status_code == 200
    words = [each["text"] for each in agent.every(f"{path}/talk")]
    assert "Could you?" in words and "Let me see." in words
    for side in (lead, agent):
        assert side.get(path).json()["state"] == "open"
    for path_ in (path, f"{path}/talk"):
        assert problem(Door(cast, cast.stranger).get(path_))[0] == 404
