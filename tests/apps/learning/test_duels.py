"""Duels: challenged, played apart or at the same time, and decided once by three scores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Difficulty, Match, Play, Rating
from floorwalker.kernel.errors import Invalid, NotFound
from floorwalker.kernel.models import AnnouncedEvent, Notice
from tests.apps.learning.duelling import HOUR, a_duel, arena, newcomers, play
from tests.people import NOW, Cast

LATER = NOW + 2 * HOUR


def decided() -> list[dict[str, object]]:
    return [each.body for each in AnnouncedEvent.objects.filter(name__endswith="MatchDecided")]


def told(person_user_id: int) -> int:
    return Notice.objects.filter(to_user=person_user_id, kind="learning.match").count()


def test_who_joined_is_challenged_plays_apart_and_the_faster_complete_one_wins(cast: Cast) -> None:
    """Nobody else is in the arena to vote, so that it is decided with the last answer; both are told."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    play(match, cast.agent.actor, seconds=20)
    match.refresh_from_db()
    assert match.state == "playing"
    play(match, cast.stranger.actor, seconds=10, at=NOW + 30 * HOUR)
    match.refresh_from_db()
    assert (match.state, match.fastest, match.most_complete, match.most_creative) == ("decided", 2, 3, 0)
    assert match.winner == 2 and match.rated
    assert (
        told(cast.agent.user.pk) == 2 and told(cast.stranger.user.pk) == 2
    )  # accepted or challenged, and decided


def test_time_counts_only_when_complete(cast: Cast) -> None:
    """A quick way to lose the customer wins nothing."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    play(match, cast.agent.actor, seconds=50)
    play(match, cast.stranger.actor, well=False, seconds=1)
    match.refresh_from_db()
    assert (match.fastest, match.most_complete, match.winner) == (1, 1, 1)


def test_two_who_do_the_same_draw(cast: Cast) -> None:
    """Within a second both were as fast."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    for each in (cast.agent, cast.stranger):
        play(match, each.actor)
    match.refresh_from_db()
    assert (match.state, match.winner) == ("decided", 3)
    ratings = list(Rating.objects.order_by("pk"))
    assert [each.matches for each in ratings] == [1, 1] and ratings[0].mu == pytest.approx(ratings[1].mu)


def test_the_event_tells_whose_each_score_is(cast: Cast, deliver: Callable[[], None]) -> None:
    """Ids only; announced once."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    play(match, cast.agent.actor)
    play(match, cast.stranger.actor, well=False)
    assert cast.agent.agent is not None and cast.stranger.agent is not None
    one, other = cast.agent.agent.pk, cast.stranger.agent.pk
    (said,) = decided()
    assert (
        said["fastest"] == [one]
        and said["most_creative"] == []
        and sorted(said["agent_ids"]) == sorted([one, other])
    )  # type: ignore[call-overload]
    deliver()


def test_at_the_same_time_nobody_sees_the_first_line_before_the_other(cast: Cast) -> None:
    """Ten seconds after both are there."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario, pace="now")
    with pytest.raises(services.NotYet):
        services.begin_in_match(match_id=match.pk, by=cast.agent.actor, at=NOW + timedelta(seconds=9))
    for each in (cast.agent, cast.stranger):
        services.begin_in_match(match_id=match.pk, by=each.actor, at=NOW + timedelta(seconds=10))
    assert Play.objects.filter(purpose="match").count() == 2


def test_a_play_is_begun_once_however_often_it_is_opened(cast: Cast) -> None:
    """The one under way comes back, also when it is over."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    begun = {
        services.begin_in_match(match_id=match.pk, by=cast.agent.actor, at=NOW + n * HOUR).pk for n in range(3)
    }
    assert len(begun) == 1


def test_declined_without_a_reason_and_withdrawn_without_one(cast: Cast) -> None:
    """Whoever asked is told; what was never answered is taken back."""
    scenario = arena(cast)
    assert cast.stranger.agent is not None
    ask = {"scenario_id": scenario, "opponent_id": cast.stranger.agent.pk, "by": cast.agent.actor, "at": NOW}
    first, second = services.challenge(**ask), services.challenge(**ask)  # type: ignore[arg-type]
    assert services.decline(match_id=first.pk, by=cast.stranger.actor, at=NOW).state == "declined"
    assert told(cast.agent.user.pk) == 1
    assert services.withdraw(match_id=second.pk, by=cast.agent.actor, at=NOW).state == "withdrawn"
    with pytest.raises(services.NotThatWay):
        services.accept(match_id=second.pk, by=cast.stranger.actor, at=NOW)


def test_anybody_of_ones_level_takes_an_open_challenge_once(cast: Cast) -> None:
    """The second hears that somebody was quicker, as if it had never been."""
    scenario = arena(cast, cast.agent, cast.stranger, cast.colleague)
    match = services.challenge(scenario_id=scenario, opponent_id=None, by=cast.agent.actor, at=NOW)
    assert [each.pk for each in queries.open_to_me(cast.stranger.actor, NOW)] == [match.pk]
    services.accept(match_id=match.pk, by=cast.stranger.actor, at=NOW)
    assert not queries.open_to_me(cast.colleague.actor, NOW).exists()
    with pytest.raises(NotFound):
        services.accept(match_id=match.pk, by=cast.colleague.actor, at=NOW)


def test_who_is_far_above_is_not_of_ones_level(cast: Cast) -> None:
    """As far as both are known."""
    scenario = arena(cast, cast.agent, cast.stranger)
    for person, mu in ((cast.agent, 40.0), (cast.stranger, 12.0)):
        Rating.objects.create(agent=person.agent, first_day="2026-01-01", mu=mu, sigma=2, matches=30)
    services.challenge(scenario_id=scenario, opponent_id=None, by=cast.agent.actor, at=NOW)
    assert not queries.open_to_me(cast.stranger.actor, NOW).exists()


def test_who_has_not_joined_sees_and_does_nothing_of_it(cast: Cast) -> None:
    """No challenge list, no rating, nobody to challenge; practice is as it was."""
    scenario = arena(cast, cast.agent)
    assert cast.agent.agent is not None
    services.challenge(scenario_id=scenario, opponent_id=None, by=cast.agent.actor, at=NOW)
    actor = cast.colleague.actor
    assert queries.my_standing(actor, NOW) is None and not queries.opponents(actor).exists()
    assert not queries.open_to_me(actor, NOW).exists() and queries.next_ballot(actor, NOW) is None
    with pytest.raises(services.NotInTheArena):
        services.challenge(scenario_id=scenario, opponent_id=cast.agent.agent.pk, by=actor, at=NOW)


def test_nobody_is_challenged_who_has_not_joined(cast: Cast) -> None:
    """To the arena they do not exist."""
    scenario = arena(cast, cast.agent)
    assert cast.colleague.agent is not None
    with pytest.raises(NotFound):
        services.challenge(scenario_id=scenario, opponent_id=cast.colleague.agent.pk, by=cast.agent.actor, at=NOW)
    with pytest.raises(Invalid):
        services.challenge(scenario_id=scenario, opponent_id=None, pace="soon", by=cast.agent.actor, at=NOW)


def test_five_at_a_time_and_no_more(cast: Cast) -> None:
    """Told whose are too many."""
    scenario = arena(cast)
    ask = {"scenario_id": scenario, "opponent_id": None, "by": cast.agent.actor, "at": NOW}
    for _ in range(5):
        services.challenge(**ask)  # type: ignore[arg-type]
    with pytest.raises(services.EnoughOpen, match="5 open"):
        services.challenge(**ask)  # type: ignore[arg-type]


def test_leaving_waits_for_what_is_being_played_and_loses_nothing(cast: Cast) -> None:
    """The rating is there again on coming back."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    with pytest.raises(services.DuelsOpen):
        services.leave_arena(by=cast.agent.actor, at=NOW)
    for each in (cast.agent, cast.stranger):
        play(match, each.actor)
    services.leave_arena(by=cast.agent.actor, at=LATER)
    assert queries.my_standing(cast.agent.actor, LATER) is None
    services.join_arena(by=cast.agent.actor, at=LATER)
    found = queries.my_standing(cast.agent.actor, LATER)
    assert found is not None and found.matches == 1


def test_an_invitation_nobody_answers_ends_with_its_maker_told(cast: Cast) -> None:
    """After two days; nothing counts."""
    scenario = arena(cast)
    services.challenge(scenario_id=scenario, opponent_id=None, by=cast.agent.actor, at=NOW)
    assert services.end_overdue(NOW + timedelta(days=1)) == 0
    assert services.end_overdue(NOW + timedelta(days=2)) == 1
    assert Match.objects.get().state == "no_result" and told(cast.agent.user.pk) == 1


def test_one_who_never_began_ends_the_match_without_a_result_and_both_are_told(cast: Cast) -> None:
    """The other's play is theirs; no rating moves."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    play(match, cast.agent.actor)
    services.end_overdue(NOW + timedelta(days=4))
    match.refresh_from_db()
    assert match.state == "no_result" and not Rating.objects.exists() and decided() == []
    assert told(cast.stranger.user.pk) == 2


def test_half_played_counts_as_far_as_it_came(cast: Cast) -> None:
    """Put away in the middle until the time is over."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    play(match, cast.agent.actor)
    begun = services.begin_in_match(match_id=match.pk, by=cast.stranger.actor, at=NOW + HOUR)
    services.answer(play_id=begun.pk, number=1, option="ask", by=cast.stranger.actor, at=NOW + HOUR)
    services.end_overdue(NOW + timedelta(days=4))
    match.refresh_from_db()
    begun.refresh_from_db()
    assert (match.state, match.winner, begun.state) == ("decided", 1, "given_up")


def test_two_who_give_up_have_no_result(cast: Cast) -> None:
    """Nothing to compare."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    for each in (cast.agent, cast.stranger):
        begun = services.begin_in_match(match_id=match.pk, by=each.actor, at=NOW + HOUR)
        services.give_up(play_id=begun.pk, by=each.actor, at=NOW + HOUR)
    match.refresh_from_db()
    assert match.state == "no_result"


def test_a_scenario_is_harder_after_two_who_did_not_master_it(cast: Cast) -> None:
    """Learnt as an opponent of whoever plays it."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    for each in (cast.agent, cast.stranger):
        play(match, each.actor, well=False)
    found = Difficulty.objects.get(scenario=scenario)
    assert found.mu > 25 and found.matches == 2


def test_a_sixth_duel_of_the_same_two_is_played_for_fun(cast: Cast) -> None:
    """It would rate a friendship."""
    scenario = arena(cast)
    for n in range(6):
        at = NOW + n * timedelta(days=1)
        match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario, at=at)
        for each in (cast.agent, cast.stranger):
            play(match, each.actor, at=at)
    match.refresh_from_db()
    assert match.state == "decided" and not match.rated
    assert set(Rating.objects.values_list("matches", flat=True)) == {5}


def test_a_team_match_is_made_even_and_the_last_odd_one_waits(cast: Cast) -> None:
    """Four of five play; the best is not with the second best."""
    scenario = arena(cast, cast.agent)
    people = [cast.agent, *newcomers(cast, 4)]
    for person, mu in zip(people, (40, 34, 16, 10, 25), strict=True):
        Rating.objects.create(agent=person.agent, first_day="2026-01-01", mu=mu, sigma=2, matches=9)
    match = services.call_team_match(
        scenario_id=scenario, until=NOW + timedelta(days=2), by=cast.trainer.actor, at=NOW
    )
    for n, person in enumerate(people):
        services.take_place(match_id=match.pk, by=person.actor, at=NOW + n * timedelta(minutes=1))
    services.end_overdue(NOW + timedelta(days=2))
    match.refresh_from_db()
    sides = {each.agent_id: each.side for each in match.seats.all()}
    ids = [each.agent.pk for each in people if each.agent is not None]
    assert match.state == "playing" and len(sides) == 4 and ids[4] not in sides
    assert sides[ids[0]] == sides[ids[3]] != sides[ids[1]] == sides[ids[2]]
    for n, person in enumerate(people[:4]):
        play(match, person.actor, seconds=10 + n, well=n != 1, at=NOW + timedelta(days=2))
    match.refresh_from_db()
    assert (match.state, match.winner) == ("decided", sides[ids[0]])


def test_two_places_are_no_team_match(cast: Cast) -> None:
    """Said at once to who would begin it; at its end whoever took a place is told."""
    scenario = arena(cast)
    match = services.call_team_match(
        scenario_id=scenario, until=NOW + timedelta(days=2), by=cast.trainer.actor, at=NOW
    )
    services.take_place(match_id=match.pk, by=cast.agent.actor, at=NOW)
    services.take_place(match_id=match.pk, by=cast.agent.actor, at=NOW)
    with pytest.raises(services.TooFew, match="1 have"):
        services.make_teams(match_id=match.pk, by=cast.trainer.actor, at=NOW)
    services.end_overdue(NOW + timedelta(days=2))
    match.refresh_from_db()
    assert match.state == "no_result" and told(cast.agent.user.pk) == 1


def test_leaving_takes_back_what_nobody_has_begun(cast: Cast) -> None:
    """One's own challenge is withdrawn, another's declined, and its maker told."""
    scenario = arena(cast)
    assert cast.stranger.agent is not None and cast.agent.agent is not None
    mine = services.challenge(scenario_id=scenario, opponent_id=None, by=cast.agent.actor, at=NOW)
    theirs = services.challenge(
        scenario_id=scenario, opponent_id=cast.agent.agent.pk, by=cast.stranger.actor, at=NOW
    )
    services.leave_arena(by=cast.agent.actor, at=NOW)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state, told(cast.stranger.user.pk)) == ("withdrawn", "declined", 1)


def test_who_leaves_the_company_leaves_no_duel_open(cast: Cast) -> None:
    """The other is told that it ended without a result."""
    scenario = arena(cast)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    assert cast.agent.agent is not None
    for _ in range(2):
        services.end_of_leaver(agent_id=cast.agent.agent.pk, at=NOW)
    match.refresh_from_db()
    assert match.state == "no_result" and told(cast.stranger.user.pk) == 2
