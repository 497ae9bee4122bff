"""The arena by its doors: joining, leaving, who plays, what is compared, what is given or taken back."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from floorwalker.apps.learning import services
from floorwalker.apps.learning.models import ArenaMember, Difficulty, Match, Scenario
from floorwalker.kernel.models import Entry
from tests.apps.learning.duelling import HOUR, a_duel, arena, newcomers, play
from tests.apps.test_api_doors import Door, problem
from tests.factories.learning import a_version
from tests.people import Cast, Person


def pk_of(person: Person) -> int:
    assert person.agent is not None
    return person.agent.pk


def decided(cast: Cast) -> Match:
    """The agent's handling is complete, the stranger's is not."""
    at = timezone.now() - HOUR
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=arena(cast), at=at)
    for each, well in ((cast.agent, True), (cast.stranger, False)):
        play(match, each.actor, well=well, at=at)
    match.refresh_from_db()
    assert match.state == "decided"
    return match


def asked(cast: Cast) -> Match:
    """The agent has asked the stranger to a duel."""
    return services.challenge(
        scenario_id=arena(cast), opponent_id=pk_of(cast.stranger), by=cast.agent.actor, at=timezone.now()
    )


def test_a_program_joins_and_leaves_for_its_agent(cast: Cast) -> None:
    """Twice changes nothing; invitations fall away; what was known is found again; a lead joins not."""
    agent, path = Door(cast, cast.agent), "/arena/membership"
    for _twice in range(2):
        assert agent.send("post", path).json()["left_at"] is None
    assert ArenaMember.objects.count() == 1 and agent.get("/arena/standing").json()["matches"] == 0
    match = asked(cast)
    for _twice in range(2):
        assert agent.send("delete", path).status_code == 204
    assert agent.get("/arena/standing").status_code == 404
    match.refresh_from_db()
    assert match.state == "withdrawn"
    assert agent.send("post", path).json()["left_at"] is None
    assert Door(cast, cast.supervisor).send("post", path).status_code == 404
    assert ArenaMember.objects.filter(agent=cast.agent.agent).count() == 1


def test_who_is_in_a_match_that_is_played_does_not_leave(cast: Cast) -> None:
    """Said by the API, and on the page one stays on; without a match the press leaves."""
    a_duel(cast, cast.agent, cast.stranger, scenario_id=arena(cast, cast.agent, cast.stranger, cast.colleague))
    answer = Door(cast, cast.agent).send("delete", "/arena/membership")
    assert problem(answer) == (409, "learning_duels_open")
    said = cast.client(cast.agent).post("/arena/duels/leave/", follow=True)
    assert said.status_code == 200 and "Matches of yours that are being played: 1." in said.content.decode()
    said = cast.client(cast.colleague).post("/arena/duels/leave/", follow=True)
    assert "You have left the arena." in said.content.decode()
    left = ArenaMember.objects.exclude(left_at=None)
    assert [each.agent_id for each in left] == [pk_of(cast.colleague)]


def test_a_program_reads_who_plays_and_its_own_play_alone(cast: Cast) -> None:
    """Both sides; nobody else finds the match."""
    match = decided(cast)
    path = f"/arena/matches/{match.pk}/seats"
    for person, other in ((cast.agent, cast.stranger), (cast.stranger, cast.agent)):
        seats = {each["agent_id"]: each for each in Door(cast, person).get(path).json()}
        assert set(seats) == {pk_of(cast.agent), pk_of(cast.stranger)}
        assert seats[pk_of(person)]["play_id"] is not None and seats[pk_of(other)]["play_id"] is None
        assert {each["side"] for each in seats.values()} == {1, 2}
    assert Door(cast, cast.colleague).get(path).status_code == 404


def test_a_program_compares_two_handlings_without_names(cast: Cast) -> None:
    """By trainers and by who finished the scenario; the pairs go round, and leaving takes a handling out."""
    match = decided(cast)
    scenario = match.version.scenario_id
    path = f"/arena/comparisons/{scenario}"
    for person in (cast.agent, cast.trainer):
        door = Door(cast, person)
        assert [each["id"] for each in door.every("/arena/comparisons")] == [scenario]
        pair = door.get(path).json()
        assert sorted(pair[side]["complete"] for side in ("left", "right")) == [False, True]
        assert (pair["number"], pair["pairs"]) == (1, 1) and door.get(path, pair=2).json() == pair
        for name in (cast.agent.user.name, cast.stranger.user.name):
            assert f'"{name}"' not in door.get(path).content.decode()
    assert Door(cast, cast.colleague).every("/arena/comparisons") == []
    assert Door(cast, cast.colleague).get(path).status_code == 404
    services.leave_arena(by=cast.stranger.actor, at=timezone.now())
    assert Door(cast, cast.trainer).get(path).status_code == 404


def test_how_hard_scenarios_are_is_read_by_who_reads_scenarios(cast: Cast) -> None:
    """One line a scenario that was played; agents read none."""
    row = Difficulty.objects.create(scenario_id=arena(cast), mu=27.5, sigma=2.0, matches=9)
    (line,) = Door(cast, cast.trainer).every("/arena/difficulties")
    assert line == {"scenario_id": row.scenario_id, "mu": 27.5, "sigma": 2.0, "matches": 9}
    assert Door(cast, cast.agent).get("/arena/difficulties").status_code == 404


def test_a_program_reads_what_is_there_to_play(cast: Cast) -> None:
    """What is in force; neither a draft nor what was retired."""
    shown = a_version(cast.trainer.user).scenario
    a_version(cast.trainer.user, "A draft", state="draft")
    agent, path = Door(cast, cast.agent), "/arena/scenarios/to-play"
    assert [each["name"] for each in agent.every(path)] == ["Late parcel"]
    assert Door(cast, cast.trainer).send("post", f"/arena/scenarios/{shown.pk}/retire", {"retired": True})
    assert Scenario.objects.get(pk=shown.pk).retired_at is not None
    assert agent.every(path) == []


def test_a_place_in_a_team_match_is_given_back_until_the_teams_are_made(cast: Cast) -> None:
    """Without a place nothing is noted; afterwards the page of the match says that it has moved on."""
    people = [cast.agent, *newcomers(cast, 4)]
    scenario, now = arena(cast, cast.agent), timezone.now()
    match = services.call_team_match(
        scenario_id=scenario, until=now + timedelta(days=2), by=cast.trainer.actor, at=now
    )
    browser, path = cast.client(cast.agent), f"/arena/duels/{match.pk}/"
    browser.post(f"{path}place/")
    assert match.seats.count() == 1
    for _twice in range(2):
        assert browser.post(f"{path}place/back/").headers["Location"] == path
    assert match.seats.count() == 0
    assert Entry.objects.filter(verb="learning.give_place_back").count() == 1
    assert browser.get(path).status_code == 200
    for person in people[:4]:
        services.take_place(match_id=match.pk, by=person.actor, at=now)
    services.make_teams(match_id=match.pk, by=cast.trainer.actor, at=now)
    late = browser.post(f"{path}place/back/", follow=True)
    assert late.status_code == 200 and match.seats.count() == 4
    assert str(services.NotThatWay()) in late.content.decode()


def test_a_challenge_is_taken_back_by_who_made_it(cast: Cast) -> None:
    """Not by who was asked, who reads why on the page; and once it is accepted by nobody."""
    match = asked(cast)
    path = f"/arena/duels/{match.pk}/"
    refused = cast.client(cast.stranger).post(f"{path}withdraw/", follow=True).content.decode()
    assert str(services.NotThatWay()) in refused
    match.refresh_from_db()
    assert match.state == "invited"
    assert cast.client(cast.agent).post(f"{path}withdraw/").headers["Location"] == path
    match.refresh_from_db()
    assert match.state == "withdrawn"
    played = a_duel(cast, cast.agent, cast.stranger, scenario_id=match.version.scenario_id, at=timezone.now())
    cast.client(cast.agent).post(f"/arena/duels/{played.pk}/withdraw/")
    played.refresh_from_db()
    assert played.state == "playing"
    assert cast.client(cast.colleague).post(f"/arena/duels/{played.pk}/withdraw/").status_code == 404
