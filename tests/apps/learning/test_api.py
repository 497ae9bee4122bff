"""Learning for programs: a scenario from draft to play, and refusals that name the place."""

from __future__ import annotations

from typing import Any

from floorwalker.apps.learning.models import Play, ScenarioVersion
from tests.factories.learning import a_version, small_flow
from tests.people import Cast, Person

JSON = "application/json"


def post(cast: Cast, person: Person, where: str, body: Any = None, verb: str = "post") -> Any:
    browser = cast.client(person)
    token = {"HTTP_X_CSRFTOKEN": "x"}
    return getattr(browser, verb)(f"/api/v1/arena/{where}", data=body or {}, content_type=JSON, **token)


def test_a_program_drafts_checks_and_publishes_a_scenario(cast: Cast) -> None:
    """The same services as the pages: a flaw is told with its place, a sound draft comes in force."""
    broken = {**small_flow().to_json(), "start": ""}
    made = post(cast, cast.trainer, "scenarios", {"name": "By program", "content": broken})
    assert made.status_code == 201, made.content
    where = f"scenario-versions/{made.json()['id']}"
    checked = cast.client(cast.trainer).get(f"/api/v1/arena/{where}/check").json()
    assert [each["code"] for each in checked["flaws"]] == ["no_start"]
    refused = post(cast, cast.trainer, f"{where}/publish", {"version": 1})
    assert (refused.status_code, refused.json()["code"]) == (422, "learning_scenario_has_flaws")
    changed = post(cast, cast.trainer, where, {"content": small_flow().to_json(), "version": 1}, "put")
    assert changed.json()["version"] == 2
    assert post(cast, cast.trainer, f"{where}/publish", {"version": 2}).json()["state"] == "in_force"
    assert ScenarioVersion.objects.get().flow == small_flow()


def test_what_is_no_scenario_is_named_by_its_place(cast: Cast) -> None:
    """Path, value and what is allowed stand in the problem."""
    wrong = small_flow().to_json()
    wrong["nodes"][0]["options"][0]["to"] = 7
    answer = post(cast, cast.trainer, "scenarios", {"name": "Bad", "content": wrong})
    assert answer.status_code == 400
    assert "options" in answer.content.decode() and "to" in answer.content.decode()


def test_a_program_of_an_agent_plays_to_the_end(cast: Cast) -> None:
    """One line at a time; the steps are told only when it is over, and never the ways not gone."""
    version = a_version(cast.trainer.user)
    begun = post(cast, cast.agent, f"scenarios/{version.scenario_id}/plays").json()
    assert begun["steps"] is None and len(begun["standing"]["options"]) == 3
    assert "to" not in begun["standing"]["options"][0]
    one = f"plays/{begun['id']}/answer"
    assert post(cast, cast.agent, one, {"number": 1, "option": "ask"}).json()["standing"]["own_words"] is True
    over = post(cast, cast.agent, one, {"number": 2, "words": "sorry about the birthday"}).json()
    assert over["complete"] is True and all(each["met"] for each in over["steps"])
    left = cast.client(cast.agent).get(f"/api/v1/arena/scenarios/{version.scenario_id}/never-taken").json()
    assert {"line": "It is 4711.", "answers": ["I look it up."]} in left
    assert post(cast, cast.colleague, one, {"number": 1, "option": "ask"}).status_code == 404
    assert Play.objects.count() == 1


def test_lines_moments_and_handbooks_for_programs(cast: Cast) -> None:
    """The banks, and a scenario begun with a kind of contact."""
    lines = [
        {"text": "Where is it?", "reason": "track order"},
        {"text": "Damn.", "reason": "x", "offensive": True},
    ]
    taken = post(cast, cast.trainer, "customer-lines", {"source": "ours", "lines": lines}).json()
    assert (taken["new"], taken["offensive"]) == (2, 1)
    listed = cast.client(cast.trainer).get("/api/v1/arena/customer-lines").json()
    assert [each["text"] for each in listed["items"]] == ["Where is it?"]
    steps = [{"button": "Look", "text": "Look it up."}]
    book = {"name": "Ours", "handbook": {"Orders": {"subflows": {"Late": {"actions": steps}}}}}
    kept = post(cast, cast.trainer, "handbooks", book).json()
    assert kept["n_kinds"] == 1 and "kinds" not in kept
    begun = post(cast, cast.trainer, f"handbooks/{kept['id']}/begin", {"kind": "Orders: Late"})
    assert begun.status_code == 201 and begun.json()["content"]["steps"][0]["text"] == "Look: Look it up."
    assert post(cast, cast.trainer, f"handbooks/{kept['id']}/begin", {"kind": "Nothing"}).status_code == 404
    agenda = cast.client(cast.trainer).get("/api/v1/arena/agenda?minutes=60").json()
    assert sum(each["minutes"] for each in agenda) == 60


def test_kinds_of_a_handbook_come_in_pages(cast: Cast) -> None:
    """By alphabet, each once; a handbook of two hundred does not come whole with every list of handbooks."""
    steps = [{"button": "Look", "text": "Look it up."}]
    flows = {f"Late {n:03}": {"actions": steps} for n in range(130)}
    book = {"name": "Ours", "handbook": {"Orders": {"subflows": flows}}}
    kept = post(cast, cast.trainer, "handbooks", book).json()
    root, after, kinds = f"/api/v1/arena/handbooks/{kept['id']}/kinds?limit=60", "", []
    for _page in range(3):
        found = cast.client(cast.trainer).get(f"{root}&after={after}").json()
        kinds += [each["kind"] for each in found["items"]]
        after = found["after"]
    assert (after, kinds) == ("", [f"Orders: Late {n:03}" for n in range(130)])
    assert found["items"][0]["steps"] == 1
    listed = cast.client(cast.trainer).get("/api/v1/arena/handbooks").json()["items"]
    assert [(each["n_kinds"], "kinds" in each) for each in listed] == [(130, False)]
    assert cast.client(cast.agent).get(root).status_code in (403, 404)
