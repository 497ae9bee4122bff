"""A file of people at the door programs use: uploaded, seen, its columns set right, applied, forgotten."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.people.models import Agent
from tests.apps.people.test_import import SAMPLE
from tests.apps.test_api_doors import Door, problem
from tests.people import Cast


def upload(door: Door, text: str, **more: Any) -> Any:
    sent = {"file": SimpleUploadedFile("people.csv", text.encode()), **more}
    return door.browser.post("/api/v1/agent-imports", sent)


def test_a_file_of_people_is_seen_and_applied(cast: Cast) -> None:
    """Nothing changes before it is applied as it was shown; applied twice, or changed meanwhile, it is refused."""
    manager = Door(cast, cast.manager)
    made = upload(manager, SAMPLE)
    assert made.status_code == 201, made.content
    path = f"/agent-imports/{made.json()['id']}"
    plan = manager.get(f"{path}/plan", limit=1).json()
    assert plan["counts"]["new"] == 2 and plan["new_teams"] == [["East", "Team 1"]]
    assert [each["number"] for each in plan["rows"]] == ["B001"] and plan["after"] == plan["rows"][0]["line"]
    rest = manager.get(f"{path}/plan", after=plan["after"]).json()
    assert [each["number"] for each in rest["rows"]] == ["B002"] and rest["after"] == 0
    assert not Agent.objects.filter(number="B001").exists()
    stale = manager.send("post", f"{path}/apply", {"fingerprint": "x" * 32})
    assert problem(stale) == (409, "people_import_changed")
    done = manager.send("post", f"{path}/apply", {"fingerprint": plan["fingerprint"], "lines": [plan["after"]]})
    assert done.json()["outcome"]["applied"] == 1, done.content
    assert Agent.objects.filter(number="B001").exists() and not Agent.objects.filter(number="B002").exists()
    again = manager.send("post", f"{path}/apply", {"fingerprint": plan["fingerprint"]})
    assert problem(again) == (409, "people_import_applied")
    assert problem(Door(cast, cast.hr).get(path))[0] == 404  # one's own files alone


def test_columns_are_set_right_and_a_file_is_forgotten(cast: Cast) -> None:
    """A meaning that is none, one said twice and a file without numbers are refused; a bad row says why."""
    manager = Door(cast, cast.manager)
    made = upload(manager, "who,hours\nB009,many\n", default_team_id=cast.world.north_one.pk).json()
    path = f"/agent-imports/{made['id']}"
    for mapping in ({"who": "magic"}, {"who": "number", "hours": "number"}, {"hours": "most_hours"}):
        refused = manager.send("put", f"{path}/columns", {"mapping": mapping})
        assert problem(refused) == (422, "people_import_columns_unclear"), mapping
    mapped = manager.send("put", f"{path}/columns", {"mapping": {"who": "number", "hours": "most_hours"}})
    assert mapped.json()["mapping"] == {"who": "number", "hours": "most_hours"}, mapped.content
    row = manager.get(f"{path}/plan", kind="refused").json()["rows"][0]
    assert row["number"] == "B009" and "many" in row["problem"]
    assert manager.send("delete", path).status_code == 204
    assert manager.every("/agent-imports") == []
    assert upload(manager, "").status_code == 422
    strange = upload(Door(cast, cast.supervisor), SAMPLE)
    assert problem(strange)[0] == 404
