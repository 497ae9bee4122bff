"""The pages of duels: what stands on them, for whom, and what happens at a tap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Match, VoteQuestion
from tests.apps.learning.duelling import a_duel, arena, newcomers, play
from tests.factories import learning as make
from tests.people import Cast

HOUR = timedelta(hours=1)


def test_from_the_challenge_to_the_result(cast: Cast) -> None:
    """Joined, challenged, accepted, played on the pages of practice, and back on the page of the match."""
    scenario = arena(cast, cast.stranger)
    one, other = cast.client(cast.agent), cast.client(cast.stranger)
    assert "Join the arena" in one.get("/arena/duels/").content.decode()
    one.post("/arena/duels/join/")
    assert cast.stranger.agent is not None
    answer = one.post("/arena/duels/", {"scenario": scenario, "opponent": cast.stranger.agent.pk, "pace": "apart"})
    match = Match.objects.get()
    assert answer.url == f"/arena/duels/{match.pk}/"  # type: ignore[attr-defined]
    assert "asks you to a duel" in other.get("/arena/duels/").content.decode()
    other.post(f"/arena/duels/{match.pk}/accept/")
    for browser in (one, other):
        at = browser.post(f"/arena/duels/{match.pk}/begin/").url  # type: ignore[attr-defined]
        assert "My parcel is late" in browser.get(at).content.decode()
        browser.post(f"{at}answer/", {"number": 1, "option": "ask"})
        browser.post(f"{at}answer/", {"number": 2, "words": "So sorry! And happy birthday."})
        assert browser.get(at).url == f"/arena/duels/{match.pk}/"  # type: ignore[attr-defined]
    said = one.get(f"/arena/duels/{match.pk}/").content.decode()
    assert "Three scores" in said and "complete in" in said and "not counted: too few colleagues agreed" in said


def test_a_challenge_without_a_scenario_or_to_oneself_says_what_is_wrong(cast: Cast) -> None:
    """422 with the field named."""
    arena(cast)
    assert cast.agent.agent is not None
    answer = cast.client(cast.agent).post("/arena/duels/", {"opponent": cast.agent.agent.pk, "pace": "apart"})
    assert answer.status_code == 422


def test_who_did_not_join_sees_no_challenge_and_no_rating(cast: Cast) -> None:
    """Neither on the page, nor at home, nor through the API; and practises as before."""
    scenario = arena(cast, cast.agent)
    match = services.challenge(scenario_id=scenario, opponent_id=None, by=cast.agent.actor, at=timezone.now())
    browser = cast.client(cast.colleague)
    said = browser.get("/arena/duels/").content.decode().split("<main")[1].split("</main")[0]
    assert "division" not in said and "Open to you" not in said and "Late parcel" not in said
    assert "Duels" not in browser.get("/").content.decode().split("<main")[1]
    for path in ("standing", f"matches/{match.pk}"):
        assert browser.get(f"/api/v1/arena/{path}").status_code == 404
    assert browser.get("/api/v1/arena/open-matches").json()["items"] == []
    assert browser.get(f"/arena/duels/{match.pk}/").status_code == 404
    assert browser.get("/arena/").status_code == 200


def test_a_vote_by_tap_shows_the_next_pair_or_that_there_is_none(cast: Cast) -> None:
    """No names on the page."""
    scenario = arena(cast)
    people = newcomers(cast, 4)
    now = timezone.now()
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario, at=now - HOUR)
    for each, well in ((cast.agent, True), (cast.stranger, False)):
        play(match, each.actor, well=well, at=now - HOUR)
    browser = cast.client(people[1])
    said = browser.get("/arena/votes/").content.decode()
    main = said.split("<main")[1].split("</main")[0]
    assert "happy birthday" in main and cast.agent.user.name not in main and cast.stranger.user.name not in main
    assert browser.post("/arena/votes/", {"match": match.pk, "named": "left"}).status_code == 302
    assert "Nothing to vote on" in browser.get("/arena/votes/").content.decode()
    assert browser.post("/arena/votes/", {"match": "x"}).status_code == 422


def test_two_handlings_are_compared_without_names_by_trainers_and_by_who_finished_it(cast: Cast) -> None:
    """Of those in the arena now; leaving it takes the handling out."""
    scenario = arena(cast)
    now = timezone.now()
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario, at=now - HOUR)
    for each, well in ((cast.agent, True), (cast.stranger, False)):
        play(match, each.actor, well=well, at=now - HOUR)
    for person in (cast.trainer, cast.agent):
        said = cast.client(person).get(f"/arena/compare/{scenario}/").content.decode().split("<main")[1]
        assert "happy birthday" in said and "not complete" in said
        assert "Stranger" not in said
    assert cast.client(cast.colleague).get(f"/arena/compare/{scenario}/").status_code == 404
    services.leave_arena(by=cast.stranger.actor, at=now)
    assert cast.client(cast.trainer).get(f"/arena/compare/{scenario}/").status_code == 404


def test_a_trainer_calls_a_team_match_out_and_makes_its_teams(cast: Cast) -> None:
    """With too few places taken it says so on the page."""
    scenario = arena(cast)
    browser = cast.client(cast.trainer)
    until = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    address = browser.post("/arena/team-matches/", {"scenario": scenario, "until": until}).url  # type: ignore[attr-defined]
    cast.client(cast.agent).post(f"{address}place/")
    assert cast.agent.user.name in browser.get(address).content.decode()
    assert "two teams need four" in browser.post(f"{address}teams/", follow=True).content.decode()
    assert (
        browser.post("/arena/team-matches/", {"scenario": scenario, "until": "2020-01-01T00:00"}).status_code
        == 422
    )


@pytest.mark.usefixtures("asked_once")
def test_who_listens_to_matches_is_asked_about_at_once(cast: Cast) -> None:
    """Of a hundred streams together the same is said as of each alone, in one question."""
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=arena(cast))
    keys = [str(match.pk), str(match.pk + 1), "", "x", "9" * 30]
    people = [cast.agent, cast.stranger, cast.colleague, cast.manager, cast.supervisor]
    asked = [(each.actor, key) for each in people for key in keys]
    alone = [queries.may_watch_match(actor, key) for actor, key in asked]
    with CaptureQueriesContext(connection) as asked_for:
        assert queries.may_watch_matches(asked) == alone
    assert sum(alone) == 2 and len(asked_for) == 1


def test_a_question_about_votes_is_answered_with_one_of_two_words(cast: Cast) -> None:
    """What was seen with its false alarms; a manager's home shows it until then."""
    question = make.make_votequestion(cast.world, _where(cast), "")
    browser = cast.client(cast.manager)
    assert "Questions about play" in browser.get("/").content.decode()
    said = browser.get(f"/arena/vote-questions/{question.pk}/").content.decode()
    assert "8 of 8 votes" in said and "one search in twenty" in said
    browser.post(f"/arena/vote-questions/{question.pk}/answer/", {"answer": "nothing"})
    assert VoteQuestion.objects.get().state == "nothing"
    assert cast.client(cast.agent).get("/arena/vote-questions/").status_code == 404


def _where(cast: Cast) -> make.Where:
    assert cast.agent.agent is not None
    world = cast.world
    return make.Where("agent", cast.agent.user, cast.agent.agent, world.north_one, world.north, world.aurora)


def test_the_same_through_the_api(cast: Cast) -> None:
    """Joining, challenging, one's standing and the next pair."""
    scenario = arena(cast, cast.stranger)
    assert cast.stranger.agent is not None
    browser = cast.client(cast.agent)
    services.join_arena(by=cast.agent.actor, at=timezone.now())
    assert browser.get("/api/v1/arena/standing").json()["division"] is None
    assert [each["name"] for each in browser.get("/api/v1/arena/opponents").json()["items"]] == ["Stranger"]
    assert browser.get("/api/v1/arena/ballot").json() is None
    services.challenge(scenario_id=scenario, opponent_id=None, by=cast.stranger.actor, at=timezone.now())
    (found,) = browser.get("/api/v1/arena/open-matches").json()["items"]
    assert found["scenario_id"] == scenario and found["state"] == "invited"
