"""Votes on creativity: blind, of peers, and only where they agree by more than chance."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.models import Match, Play, ScenarioVersion, Vote, VoteQuestion
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.kernel.errors import Invalid, NotFound
from floorwalker.kernel.models import AnnouncedEvent, Notice
from tests.apps.learning.duelling import HOUR, a_duel, arena, newcomers, play
from tests.people import NOW, Cast, Person, make_cast
from tests.racing import at_once, clean

AT = NOW + 2 * HOUR


def voted_on(cast: Cast, voters: int) -> tuple[Match, list[Person]]:
    """A duel both have played – the agent completely, the stranger not – and colleagues who may vote."""
    scenario = arena(cast)
    people = newcomers(cast, voters)
    match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
    play(match, cast.agent.actor)
    play(match, cast.stranger.actor, well=False)
    match.refresh_from_db()
    assert match.state == "voting"
    return match, people


def names(match: Match, who: Person, side: int) -> str:
    """What this voter says to name a side, as the pair stands before them."""
    ballot = queries.next_ballot(who.actor, AT)
    assert ballot is not None and ballot.match_id == match.pk
    return "left" if ballot.left_side == side else "right"


def vote(match: Match, who: Person, side: int) -> Vote:
    return services.vote(match_id=match.pk, named=names(match, who, side), by=who.actor, at=AT)


def test_three_who_agree_decide_it(cast: Cast) -> None:
    """For the second against the first two scores: the first wins all the same, two to one."""
    match, people = voted_on(cast, 6)
    for each in people[1::2][:2]:
        vote(match, each, rules.SECOND)
    match.refresh_from_db()
    assert match.state == "voting"
    vote(match, people[5], rules.SECOND)
    match.refresh_from_db()
    assert (match.state, match.most_creative, match.winner) == ("decided", 2, 1)
    assert AnnouncedEvent.objects.filter(name__endswith="VoteCast").count() == 3
    assert AnnouncedEvent.objects.filter(name__endswith="MatchDecided").count() == 1


def test_votes_that_do_not_agree_do_not_count(cast: Cast) -> None:
    """Two against one; at the end of the time the match is decided by the other scores."""
    match, people = voted_on(cast, 6)
    for each, side in zip(people[1::2], (1, 1, 2), strict=True):
        vote(match, each, side)
    services.end_overdue(AT + timedelta(days=3))
    match.refresh_from_db()
    assert (match.state, match.most_creative, match.winner) == ("decided", 0, 1)


def test_no_difference_is_a_vote(cast: Cast) -> None:
    """And counts against both."""
    match, people = voted_on(cast, 6)
    for each in people[1::2]:
        services.vote(match_id=match.pk, named="neither", by=each.actor, at=AT)
    match.refresh_from_db()
    assert match.state == "voting" and set(Vote.objects.values_list("named", flat=True)) == {0}


def test_players_vote_on_others_only_and_everybody_once(cast: Cast) -> None:
    """To a player their own match is none to vote on; nor is there anything for who has not joined."""
    match, people = voted_on(cast, 4)
    for each in (cast.agent, cast.stranger, cast.colleague):
        assert queries.next_ballot(each.actor, AT) is None
        with pytest.raises(NotFound):
            services.vote(match_id=match.pk, named="left", by=each.actor, at=AT)
    vote(match, people[1], rules.FIRST)
    assert queries.next_ballot(people[1].actor, AT) is None
    with pytest.raises(services.VoteNotOpen):
        services.vote(match_id=match.pk, named="left", by=people[1].actor, at=AT)
    with pytest.raises(Invalid):
        services.vote(match_id=match.pk, named="first", by=people[3].actor, at=AT)


def test_team_mates_of_one_side_are_never_ahead_by_more_than_one_vote(cast: Cast) -> None:
    """The second mate of the stranger waits until a mate of the agent has voted."""
    match, people = voted_on(cast, 4)
    mates = people[0::2]  # of South One, as the stranger is
    vote(match, mates[0], rules.SECOND)
    assert queries.next_ballot(mates[1].actor, AT) is None
    services.join_arena(by=cast.colleague.actor, at=AT)  # North One, as the agent is
    services.vote(match_id=match.pk, named="neither", by=cast.colleague.actor, at=AT)
    assert queries.next_ballot(mates[1].actor, AT) is not None


def test_a_ballot_names_nobody_and_stands_in_an_order_of_its_own(cast: Cast) -> None:
    """The same each time one looks; another with another voter."""
    _match, people = voted_on(cast, 12)
    ballots = [queries.next_ballot(each.actor, AT) for each in people[1::2]]
    assert {each.left_side for each in ballots if each} == {1, 2}
    first = queries.next_ballot(people[1].actor, AT)
    assert first == queries.next_ballot(people[1].actor, AT) and first is not None
    said = " ".join(each.line + each.answer for each in (*first.left, *first.right))
    assert "happy birthday" in said and cast.agent.user.name not in said


def test_votes_that_look_traded_are_asked_about_and_answered_by_a_person(
    cast: Cast, work: Callable[..., None]
) -> None:
    """Two who always name each other, beside others who do not; nothing follows of itself."""
    scenario = arena(cast)
    people = newcomers(cast, 6)
    version = ScenarioVersion.objects.get(scenario=scenario)
    for n in range(16):
        player, other = (people[0], people[1]) if n % 2 else (people[1], people[0])
        rival, *rest = people[2:][n % 4 :] + people[2:][: n % 4]
        match = Match.objects.create(
            version=version, state="decided", winner=1, made_by=cast.agent.user, made_at=NOW, until=NOW,
            ended_at=NOW,
        )  # fmt: skip
        for side, seated in ((1, player), (2, rival)):
            match.seats.create(agent=seated.agent, side=side, accepted_at=NOW)
        match.votes.create(voter=other.agent, named=1, at=NOW)
        for voter in rest:
            match.votes.create(voter=voter.agent, named=2, at=NOW)
    services.begin_search(NOW)
    services.begin_search(NOW)
    work(inline=True)
    question = VoteQuestion.objects.get()
    assert (question.given_first, question.cast_first, question.given_second) == (8, 8, 8)
    assert question.expected_first == pytest.approx(2.0)
    assert set(Notice.objects.filter(kind=services.QUESTION).values_list("to_user", flat=True)) >= {
        cast.manager.user.pk
    }
    assert services.remind_of_questions(question.due) == 1
    answer = {"question_id": question.pk, "answer": "talked", "by": cast.manager.actor, "at": NOW}
    assert services.answer_question(**answer).state == "talked"  # type: ignore[arg-type]
    with pytest.raises(services.Answered):
        services.answer_question(**answer)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        services.answer_question(**{**answer, "by": cast.trainer.actor, "question_id": 0})  # type: ignore[arg-type]


def test_duels_that_are_let_won_are_asked_about(cast: Cast, work: Callable[..., None]) -> None:
    """Two who both leave what they play with each other incomplete, and hardly anything else."""
    version = ScenarioVersion.objects.get(scenario=arena(cast))
    people = newcomers(cast, 4)
    for n in range(24):
        one, other = (0, 1) if n < 8 else (n % 2, 2 + n // 2 % 2)
        match = Match.objects.create(
            version=version, state="decided", winner=1, made_by=cast.agent.user, made_at=NOW, until=NOW,
            ended_at=NOW,
        )  # fmt: skip
        for side, seated in ((1, people[one].agent), (2, people[other].agent)):
            handled = Play.objects.create(
                version=version, agent=seated, purpose="match", state="finished", began_at=NOW, finished_at=NOW,
                complete=n >= 8,
            )  # fmt: skip
            match.seats.create(agent=seated, side=side, accepted_at=NOW, play=handled)
    services.begin_search(NOW)
    work(inline=True)
    question = VoteQuestion.objects.get()
    assert (question.about, question.given_first, question.cast_second) == ("duels", 8, 8)
    assert question.expected_first == pytest.approx(4.0)
    page = cast.client(cast.manager).get(f"/arena/vote-questions/{question.pk}/").content.decode()
    assert "left 8 of 8 duels with" in page and "about 4.0 would be expected" in page


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Everything at the same moment."""

    @pytest.fixture
    def cast(self, transactional_db: None) -> Cast:
        return make_cast()

    def test_a_match_is_decided_once_however_many_votes_come_at_a_time(self, cast: Cast) -> None:
        """Five vote the same at once: three decide, one event, the others hear that no vote is needed."""
        match, people = voted_on(cast, 10)
        said = [(each, names(match, each, rules.FIRST)) for each in people[1::2]]
        does = [
            lambda who=who, word=word: services.vote(match_id=match.pk, named=word, by=who.actor, at=AT)
            for who, word in said
        ]
        done, refused = clean(at_once(*does))
        assert (len(done), len(refused)) == (3, 2)
        assert AnnouncedEvent.objects.filter(name__endswith="MatchDecided").count() == 1
        match.refresh_from_db()
        assert match.rated and set(match.seats.values_list("agent__ratings__matches", flat=True)) == {1}

    def test_the_naive_way_decides_it_more_than_once(self, cast: Cast) -> None:
        """As without the lock: everybody looks, sees it undecided, and decides."""
        match, people = voted_on(cast, 4)
        decided: list[int] = []

        def naive(who: Person) -> None:
            with transaction.atomic():
                found = Match.objects.get(pk=match.pk)
                if found.state == "voting":
                    time.sleep(0.2)
                    decided.append(who.user.pk)
                    Match.objects.filter(pk=match.pk).update(state="decided", winner=1, ended_at=AT)

        at_once(*(lambda who=who: naive(who) for who in people[:3]))
        assert len(decided) > 1

    def test_both_last_answers_at_once_end_the_playing_once(self, cast: Cast) -> None:
        """Each sees the other's play or ends the match; never neither, never both."""
        scenario = arena(cast)
        match = a_duel(cast, cast.agent, cast.stranger, scenario_id=scenario)
        begun = [
            services.begin_in_match(match_id=match.pk, by=each.actor, at=NOW)
            for each in (cast.agent, cast.stranger)
        ]
        does: list[Callable[[], Any]] = [
            lambda p=p, w=w: services.answer(play_id=p.pk, number=1, option="wait", by=w.actor, at=AT)
            for p, w in zip(begun, (cast.agent, cast.stranger), strict=True)
        ]
        clean(at_once(*does))
        match.refresh_from_db()
        assert match.state == "decided"
        assert AnnouncedEvent.objects.filter(name__endswith="MatchDecided").count() == 1

    def test_an_open_challenge_is_taken_by_one(self, cast: Cast) -> None:
        """Of four who tap at once; the match has two seats."""
        scenario = arena(cast)
        people = newcomers(cast, 4)
        match = services.challenge(scenario_id=scenario, opponent_id=None, by=cast.agent.actor, at=NOW)
        done, refused = clean(
            at_once(*(lambda w=w: services.accept(match_id=match.pk, by=w.actor, at=NOW) for w in people))
        )
        assert (len(done), len(refused)) == (1, 3) and match.seats.count() == 2
