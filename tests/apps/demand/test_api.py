"""Everything of demand at the door programs use: queues, files of history, planning, agreements, new accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.demand.models import HistoryDay, Queue
from tests.apps.demand.conftest import Queues
from tests.apps.demand.test_history import HALF_HOURS
from tests.apps.test_api_doors import Door, problem
from tests.factories.demand import a_past, a_version
from tests.people import Cast

FIRST = date(2026, 3, 2)
WHY = "The mailing goes out."


def test_a_queue_is_set_up_changed_named_and_archived(cast: Cast, queues: Queues) -> None:
    """As on its pages; an old version, hours that are none and a taken name are refused by their code."""
    planner, world = Door(cast, cast.planner), cast.world
    body: dict[str, Any] = {"name": "Claims", "client_id": world.aurora.pk, "site_id": world.north.pk}
    made = planner.send("post", "/queues", body | {"hours": [[[480, 1200]]] * 5 + [[], []]})
    assert made.status_code == 201 and made.json()["zone"] == world.north.zone, made.content
    path = f"/queues/{made.json()['id']}"
    assert problem(planner.send("post", "/queues", body)) == (409, "queue_name_taken")
    wrong = body | {"name": "Other", "hours": [[[1200, 480]]] * 7}
    assert problem(planner.send("post", "/queues", wrong)) == (422, "hours_not_in_order")
    assert problem(planner.send("post", "/queues", body | {"name": "A", "target": "asa"})) == (400, "malformed")
    assert problem(planner.send("post", "/queues", body | {"name": "A", "skill_id": 999_999}))[0] == 404
    changed = planner.send("put", path, body | {"name": "Claims two", "version": 1}).json()
    assert (changed["name"], changed["version"], changed["hours"]) == ("Claims two", 2, None)
    assert problem(planner.send("put", path, body | {"version": 1})) == (409, "stale")
    named = planner.send("post", f"{path}/names", {"system": "switch", "external": "c-1", "first": "2026-01-01"})
    assert named.status_code == 201 and named.json()["until"] is None
    assert (
        planner.send("post", f"/queue-names/{named.json()['id']}/end", {"until": "2026-02-01"}).status_code == 204
    )
    assert [each["until"] for each in planner.get(f"{path}/names").json()] == ["2026-02-01"]
    for verb, archived in (("archive", True), ("restore", False)):
        assert planner.send("post", f"{path}/{verb}").status_code == 204
        assert planner.get(path).json()["archived"] is archived
    assert problem(Door(cast, cast.supervisor).send("post", "/queues", body))[0] == 404
    assert (
        problem(
            Door(cast, cast.site_planner).send(
                "put", path, body | {"version": planner.get(path).json()["version"], "site_id": 999_999}
            )
        )[0]
        == 404
    )


def test_a_file_of_history_comes_in(cast: Cast, queues: Queues, work: Callable[..., None]) -> None:
    """Uploaded, followed by its job, looked at, stored; what was set aside is read; another is dropped."""
    planner = Door(cast, cast.planner)
    browser = planner.browser

    def upload(text: str) -> Any:
        file = SimpleUploadedFile("history.csv", text.encode())
        sent = {"file": file, "system": "switch", "zone": "Europe/Lisbon"}
        return browser.post("/api/v1/history-uploads", sent)

    made = upload(HALF_HOURS + "no time,help,1,1,0,1\n")
    assert made.status_code == 201, made.content
    path = f"/history-uploads/{made.json()['id']}"
    assert problem(planner.get(f"{path}/preview"))[0] == 404  # not read yet
    jobs = planner.get("/jobs", ref_kind="demand.upload", ref_id=made.json()["id"]).json()["items"]
    assert [each["state"] for each in jobs] == ["queued"]
    work()
    assert planner.get(f"/jobs/{jobs[0]['id']}").json()["state"] == "done"
    shown = planner.get(f"{path}/preview").json()
    assert shown["upload"]["state"] == "ready"
    assert [(each["name"], each["queue_ids"], each["rows"]) for each in shown["queues"]] == [("help", [], 140)]
    assert [each["line"] for each in planner.get(f"{path}/rejects").json()] == [142]
    assert problem(planner.send("post", f"{path}/store", {})) == (422, "queue_not_placed")
    both = {"name": "help", "queue_id": queues.aurora.pk, "new": {"name": "x", "client_id": 1, "site_id": 1}}
    assert problem(planner.send("post", f"{path}/store", {"placings": [both]})) == (400, "malformed")
    placed = {"placings": [{"name": "help", "queue_id": queues.aurora.pk}]}
    assert planner.send("post", f"{path}/store", placed).json()["state"] == "storing"
    work()
    assert (
        planner.get(path).json()["stored"]["days"] == HistoryDay.objects.filter(queue=queues.aurora).count() == 7
    )
    again = upload(HALF_HOURS).json()["id"]
    work()
    answer = {"setting": "zone", "value": "Nowhere"}
    refused = planner.send("post", f"/history-uploads/{again}/answer", answer)
    assert problem(refused) == (422, "upload_zone_unknown")
    assert planner.send("delete", f"/history-uploads/{again}").status_code == 204
    states = [each["state"] for each in planner.every("/history-uploads")]
    assert states == ["dropped", "stored"]
    assert planner.send("delete", path).status_code == 409


@pytest.fixture
def forecast(queues: Queues) -> Queue:
    a_past(queues.aurora, FIRST - timedelta(days=70), 70)
    a_version(queues.aurora, FIRST, 28)
    return queues.aurora


def test_a_forecast_is_argued_with(cast: Cast, queues: Queues, forecast: Queue) -> None:
    """Special days of several queues, counts vouched for, another version in use: each with its refusal."""
    planner, path = Door(cast, cast.planner), f"/queues/{forecast.pk}"
    day = {"queue_ids": [forecast.pk, queues.borealis.pk], "day": "2026-03-10", "name": "Fair", "factor": 1.4}
    made = planner.send("post", "/special-days", day)
    assert made.status_code == 201 and len(made.json()) == 2, made.content
    assert problem(planner.send("post", "/special-days", day)) == (409, "special_day_taken")
    assert problem(planner.send("post", "/special-days", day | {"closed": True})) == (400, "malformed")
    assert planner.send("delete", f"/special-days/{made.json()[0]['id']}").status_code == 204
    assert planner.get(f"{path}/special-days").json() == []
    north = Door(cast, cast.site_planner)
    assert problem(north.send("post", "/special-days", day))[0] == 404  # one of the two is not theirs
    span = {"start": "2026-02-02T09:00:00Z", "end": "2026-02-02T12:00:00Z", "reason": WHY}
    vouched = planner.send("post", f"{path}/vouched-counts", span)
    assert vouched.status_code == 201
    backwards = span | {"end": span["start"]}
    assert problem(planner.send("post", f"{path}/vouched-counts", backwards)) == (400, "malformed")
    assert problem(planner.send("post", f"{path}/overrides", backwards | {"kind": "factor", "value": 2}))[0] == 400
    assert planner.send("post", f"/vouched-counts/{vouched.json()['id']}/undo").status_code == 204
    assert planner.get(f"{path}/vouched-counts").json() == []
    older = planner.get(f"{path}/versions").json()[0]["id"]
    a_version(forecast, FIRST, 28, height=30)
    assert problem(planner.send("post", f"/forecast-versions/{older}/use", {"reason": " "})) == (400, "malformed")
    assert planner.send("post", f"/forecast-versions/{older}/use", {"reason": WHY}).status_code == 204
    assert planner.get(f"{path}/forecast", first="2026-03-02", last="2026-03-02").json()["version"] == 1


def test_what_was_expected_is_blended_and_judged(cast: Cast, queues: Queues, forecast: Queue) -> None:
    """Work is answered that can be followed; a client's submission stands beside ours, people only for us."""
    planner, path = Door(cast, cast.planner), f"/queues/{forecast.pk}"
    assert problem(planner.send("post", f"{path}/blend")) == (409, "nothing_to_blend")
    said = {"queue_id": forecast.pk, "numbers": [{"day": "2026-03-03", "contacts": 900, "event": "Fair"}]}
    submitted = Door(cast, cast.client_viewer).send("post", "/client-forecasts", said).json()["id"]
    ours = planner.get(f"/client-forecasts/{submitted}").json()
    assert ours["days"][0]["client"] == 900 and ours["days"][0]["agents"] is not None
    assert [each["name"] for each in ours["events"]] == ["Fair"]
    theirs = Door(cast, cast.client_viewer).get(f"/client-forecasts/{submitted}").json()
    assert theirs["days"][0]["agents"] is None and theirs["days"][0]["ours"] == ours["days"][0]["ours"]
    blending = planner.send("post", f"{path}/blend")
    assert blending.status_code == 201 and blending.json()["kind"] == "demand.blend"
    both = {"queue_ids": [forecast.pk, queues.borealis.pk]}
    judging = planner.send("post", "/forecast-record", both).json()
    assert [each["ref_id"] for each in judging] == both["queue_ids"]
    stopped = planner.send("post", f"/jobs/{judging[0]['id']}/stop")
    assert stopped.json()["state"] == "stopped"
    assert problem(planner.send("post", f"/jobs/{judging[0]['id']}/stop")) == (409, "job_has_ended")
    assert problem(Door(cast, cast.supervisor).get(f"/jobs/{judging[0]['id']}"))[0] == 404
    live = {each["id"] for each in planner.every("/jobs", live=True)}
    assert live == {blending.json()["id"], judging[1]["id"]}


def test_agreements_are_written_stated_and_corrected(cast: Cast, queues: Queues) -> None:
    """Expectations with their levers; a month's statement, once, to the byte; its correction names it."""
    manager, client = Door(cast, cast.manager), cast.world.aurora.pk
    agreed = {"client_id": client, "starts": "2026-01-01", "service_share": 0.85, "service_seconds": 20}
    written = manager.send("post", "/expectations", agreed | {"levers": ["overtime"]})
    assert written.status_code == 201 and written.json()["levers"] == ["overtime"], written.content
    assert problem(manager.send("post", "/expectations", agreed | {"levers": ["magic"]})) == (422, "unknown_lever")
    a_past(queues.aurora, date(2026, 1, 1), 31)
    a_version(queues.aurora, date(2026, 1, 1), 31)
    month = {"client_id": client, "month": "2026-01-15"}
    issued = manager.send("post", "/statements", month)
    assert issued.status_code == 201 and issued.json()["month"] == "2026-01-01", issued.content
    assert problem(manager.send("post", "/statements", month)) == (409, "statement_exists")
    assert problem(manager.send("post", "/statements", month | {"month": "2099-03-01"})) == (409, "month_not_over")
    path = f"/statements/{issued.json()['id']}"
    content = manager.get(f"{path}/content").json()
    assert content["same"] and content["body"].startswith("{")
    corrected = manager.send("post", f"{path}/correct", {"reason": "A day was missing."}).json()
    assert (corrected["corrects_id"], corrected["number"]) == (issued.json()["id"], 2)
    assert problem(Door(cast, cast.client_viewer).send("post", f"{path}/correct", {"reason": "x"}))[0] == 404


def test_a_new_account_is_brought_to_go_live(cast: Cast, queues: Queues) -> None:
    """Begun, an item given, the first forecast ordered; what is missing is said; called off."""
    planner, world = Door(cast, cast.planner), cast.world
    begun = {
        "client_id": world.aurora.pk,
        "name": "Night line",
        "signed_on": "2026-03-01",
        "go_live": "2026-05-01",
    }
    made = planner.send("post", "/new-accounts", begun | {"owner_id": cast.planner.user.pk})
    assert made.status_code == 201 and len(made.json()["items"]) == 8, made.content
    path = f"/new-accounts/{made.json()['launch']['id']}"
    outsider = begun | {"owner_id": cast.agent.user.pk}
    assert problem(planner.send("post", "/new-accounts", outsider))[0] == 404
    early = begun | {"owner_id": cast.planner.user.pk, "go_live": "2026-02-01"}
    assert problem(planner.send("post", "/new-accounts", early)) == (422, "go_live_before_signature")
    form = next(each["id"] for each in made.json()["items"] if each["kind"] == "quality_form")
    item = f"/new-account-items/{form}"
    given = planner.send("post", f"{item}/give", {"owner_id": cast.manager.user.pk, "due": "2026-04-20"}).json()
    assert next(each for each in given["items"] if each["id"] == form)["owner_id"] == cast.manager.user.pk
    assert problem(planner.send("post", f"{item}/take-form", {"form_id": 1})) == (409, "launch_form_not_for_all")
    training = next(each["id"] for each in made.json()["items"] if each["kind"] == "training")
    learnt = {"material": "Their handbook, chapters 1 to 3"}
    told = planner.send("post", f"/new-account-items/{training}/training", learnt).json()["items"]
    assert [(each["chosen"], each["done"]) for each in told if each["id"] == training] == [
        ("Their handbook, chapters 1 to 3", True)
    ]
    assert problem(planner.send("post", f"{path}/go-live")) == (409, "launch_not_ready")
    first = {"starts": "2026-05-01", "contacts_per_week": 700}
    asked = planner.send("post", f"/queues/{queues.aurora.pk}/first-forecast", first)
    assert problem(asked) == (409, "first_forecast_without_hours")
    Queue.objects.filter(pk=queues.aurora.pk).update(hours=[[[480, 1200]]] * 7)
    asked = planner.send("post", f"/queues/{queues.aurora.pk}/first-forecast", first)
    assert asked.status_code == 201 and asked.json()["kind"] == "demand.first_forecast"
    strange = planner.send(
        "post", f"/queues/{queues.aurora.pk}/first-forecast", first | {"like_queue_id": 999_999}
    )
    assert problem(strange)[0] == 404
    over = planner.send("post", f"{path}/call-off", {"why": "They stay with the other."}).json()
    assert over["launch"]["called_off_at"]
    assert [each["name"] for each in planner.every("/new-accounts")] == ["Night line"]
