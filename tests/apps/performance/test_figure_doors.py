"""Figures, sums of teams, team goals and small roles at the door programs use: what it answers and changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from floorwalker.apps.performance import services
from floorwalker.apps.performance.models import AgentDay, Responsibility, TeamGoal
from floorwalker.kernel.models import Notice
from tests.apps.coaching.test_groups import more_people
from tests.apps.performance.test_aims import an_aim
from tests.apps.performance.test_goals import measured, now, today
from tests.apps.test_api_doors import Door, problem
from tests.people import Cast, Person


def pk_of(person: Person) -> int:
    assert person.agent is not None
    return person.agent.pk


def figure(person: Person, value: float, key: str = "a", **more: Any) -> dict[str, Any]:
    day = (today() - timedelta(days=3)).isoformat()
    return {"agent_id": pk_of(person), "day": day, "measure": "quality_score", "value": value, "key": key} | more


def told(*figures: dict[str, Any], source: str = "desk") -> dict[str, Any]:
    return {"source": source, "figures": list(figures)}


def test_a_program_tells_figures_once_and_corrects_them(cast: Cast) -> None:
    """The same again changes nothing; a correction stands beside what it replaced, which its agent reads, too."""
    lead, path = Door(cast, cast.supervisor), "/figures"
    both = told(figure(cast.agent, 82.0), figure(cast.colleague, 70.0, "b"))
    assert lead.send("post", path, both).json() == {"new": 2, "replaced": 0, "same": 0}
    assert lead.send("post", path, both).json() == {"new": 0, "replaced": 0, "same": 2}
    assert lead.send("post", path, told(figure(cast.agent, 74.0))).json()["replaced"] == 1
    mine = Door(cast, cast.agent).every(path, measure="quality_score")
    assert sorted((each["value"], each["replaced"]) for each in mine) == [(74.0, False), (82.0, True)]
    assert {each["agent_id"] for each in mine} == {pk_of(cast.agent)} and mine[0]["source"] == "api:desk"
    assert [each["value"] for each in lead.every(path, agent_id=pk_of(cast.colleague))] == [70.0]
    assert lead.every(path, first=today().isoformat()) == []
    assert Door(cast, cast.other_supervisor).every(path) == []


def test_of_a_batch_with_one_that_cannot_be_nothing_is_told(cast: Cast) -> None:
    """It is named with its place; people one does not lead do not exist, and agents tell nothing."""
    lead, path, good = Door(cast, cast.supervisor), "/figures", figure(cast.agent, 82.0)
    answer = lead.send("post", path, told(good, figure(cast.agent, 182.0, "b")))
    assert problem(answer) == (422, "performance_not_told") and "Figure 2" in answer.json()["detail"]
    assert problem(lead.send("post", path, told(good, figure(cast.stranger, 80.0, "b")))) == (404, "not_found")
    assert lead.send("post", path, told(good | {"measure": "smiles"})).status_code == 400
    assert Door(cast, cast.agent).send("post", path, told(good)).status_code == 404
    assert not AgentDay.objects.exists()


def test_sums_of_teams_say_nothing_of_fewer_than_five(cast: Cast) -> None:
    """Four have figures: no mean; with the fifth there is one. A lead reads their own team, an agent none."""
    five = [cast.agent, cast.colleague, *more_people(cast, 3)]
    for person in five[:4]:
        measured(person, "quality_score", 80, 1, today() - timedelta(days=20), 12)
    path, lead = "/team-figures", Door(cast, cast.supervisor)
    (few,) = lead.get(path).json()
    assert (few["team_id"], few["measure"], few["mean"]) == (cast.world.north_one.pk, "quality_score", None)
    measured(five[4], "quality_score", 80, 1, today() - timedelta(days=20), 12)
    (enough,) = lead.get(path).json()
    assert enough["agents"] == 5 and 78 < enough["mean"] < 82
    (seen,) = Door(cast, cast.manager).get(path).json()
    # The database adds up in the order it likes: the last digit is its own.
    assert seen == {**enough, "mean": pytest.approx(enough["mean"])}
    assert Door(cast, cast.other_supervisor).get(path).json() == []
    assert Door(cast, cast.agent).get(path).status_code == 404


def test_what_a_team_does_for_an_aim_is_said_read_and_ended(cast: Cast) -> None:
    """By who leads the team alone; ended it stays to be read, and ends once."""
    aim, lead = an_aim(cast), Door(cast, cast.supervisor)
    serving = {"team_id": cast.world.north_one.pk, "words": "We ask what is left open"}
    made = lead.send("post", f"/aims/{aim.pk}/teams", serving)
    assert (made.status_code, made.json()["serves_id"], made.json()["state"]) == (201, aim.pk, "open")
    assert problem(lead.send("post", f"/aims/{aim.pk}/teams", serving)) == (409, "performance_said_already")
    path = f"/team-goals/{made.json()['id']}/end"
    for who in (cast.agent, cast.supervisor, cast.manager):
        assert [each["words"] for each in Door(cast, who).every("/team-goals")] == [serving["words"]]
    for who in (cast.other_supervisor, cast.agent):
        assert Door(cast, who).send("post", path).status_code == 404
    assert lead.send("post", path).json()["state"] == "ended"
    assert problem(lead.send("post", path))[0] == 409
    assert TeamGoal.objects.get().state == TeamGoal.State.ENDED


def test_a_small_role_is_given_and_ended_by_either_of_the_two(cast: Cast) -> None:
    """The other is told; twice the same is refused, and no contractor is given one."""
    lead, path = Door(cast, cast.supervisor), "/small-roles"
    role = {"agent_id": pk_of(cast.agent), "title": "Tip keeper", "words": "The trick of the week"}
    made = lead.send("post", path, role)
    assert (made.status_code, made.json()["title"], made.json()["state"]) == (201, "Tip keeper", "held")
    assert problem(lead.send("post", path, role)) == (409, "performance_said_already")
    contractor = role | {"agent_id": pk_of(cast.contractor)}
    assert problem(lead.send("post", path, contractor)) == (422, "performance_role_contractor")
    assert Door(cast, cast.other_supervisor).send("post", path, role).status_code == 404
    assert [each["id"] for each in Door(cast, cast.agent).every(path)] == [made.json()["id"]]
    assert Door(cast, cast.colleague).every(path) == []
    end = f"{path}/{made.json()['id']}/end"
    assert Door(cast, cast.colleague).send("post", end).status_code == 404
    over = Door(cast, cast.agent).send("post", end, {"answer": "Somebody else's turn"}).json()
    assert (over["state"], over["answer"]) == ("ended", "Somebody else's turn")
    assert problem(lead.send("post", end))[0] == 409
    assert Notice.objects.filter(to_user=cast.supervisor.user.pk, kind="performance.role").count() == 1
    again = services.give_role(agent_id=pk_of(cast.agent), title="Greeter", by=cast.supervisor.actor, at=now())
    assert lead.send("post", f"{path}/{again.pk}/end", {"answer": ""}).json()["state"] == "ended"
    assert Responsibility.objects.filter(state="ended").count() == 2
