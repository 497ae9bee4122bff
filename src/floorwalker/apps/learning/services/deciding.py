"""What becomes of a match: from the last answer over the votes to a decision, made once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.events import MatchDecided
from floorwalker.apps.learning.models import Difficulty, Match, Play, Rating, Seat
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit, events, live, notices
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.science.duels import FEWEST_VOTES, MOST_VOTES, Skill, agreed, difficulty_after, rate

MATCH = "learning.match"
State = Match.State


def note(match: Match, verb: str, by: Actor, at: datetime) -> None:
    audit.record(by=by, verb=f"learning.{verb}", about=(MATCH, match.pk), facts={}, at=at)


def tell(match: Match, news: str, agents: Iterable[Agent], at: datetime) -> None:
    """Tell each; the words are made for them when they read it."""
    for each in agents:
        if each.user_id is not None:
            once = f"{MATCH}:{match.pk}:{news}"
            notices.notify(to=each.user_id, kind=MATCH, ref=(MATCH, match.pk), once=once, at=at)


def ask_around(match: Match) -> None:
    """Open pages of this match ask anew."""
    live.tell(f"match:{match.pk}")


def follow_play(play: Play, at: datetime) -> None:
    """A play of a match ended, in the transaction of its answer; the last one ends the playing.

    Each answer before it is nobody else's news: how far somebody is stands on no page.
    """
    seat = Seat.objects.filter(play=play).values_list("match_id", flat=True).first()
    if seat is None:
        return
    match = Match.objects.select_for_update(of=("self",)).select_related("version__scenario").get(pk=seat)
    if match.state == State.PLAYING:
        after_playing(match, at)


def after_playing(match: Match, at: datetime) -> None:
    """Where everybody is done the times are compared, and colleagues vote."""
    seats = list(match.seats.select_related("agent", "play"))
    plays = [each.play for each in seats if each.play is not None]
    if len(plays) < len(seats) or any(each.state == Play.State.PLAYING for each in plays):
        ask_around(match)
        return
    if not any(each.state == Play.State.FINISHED for each in plays):
        end_without_result(match, at)
        return
    scores = rules.compare(*(_handled(seats, side) for side in rules.SIDES))
    match.fastest, match.most_complete = scores.fastest, scores.most_complete
    match.state, match.until = State.VOTING, at + rules.VOTE_FOR
    match.save()
    if queries.voters_left(match) < FEWEST_VOTES:
        decide(match, at)
        return
    ask_around(match)
    tell(match, "played", [each.agent for each in seats], at)


def _handled(seats: list[Seat], side: int) -> list[rules.Handled]:
    plays = [each.play for each in seats if each.side == side and each.play is not None]
    return [rules.Handled(each.seconds, each.completeness, each.complete) for each in plays]


def weigh_votes(match: Match, at: datetime) -> None:
    """After a vote: decide where enough agree, or as many voted as may."""
    counts = queries.votes_on(match)
    if sum(counts) >= MOST_VOTES or agreed(*counts, trusted=queries.voters_trusted(at)) is not None:
        decide(match, at)
    else:
        ask_around(match)


def decide(match: Match, at: datetime) -> None:
    """Decide a locked match that is being voted on; one that is decided stays as it is."""
    if match.state != State.VOTING:
        return
    named = agreed(*queries.votes_on(match), trusted=queries.voters_trusted(at))
    match.most_creative = rules.NONE if named is None else rules.SIDES[named]
    match.winner = rules.Scores(match.fastest, match.most_complete, match.most_creative).winner
    match.state, match.ended_at = State.DECIDED, at
    seats = list(match.seats.select_related("agent", "play").order_by("agent_id"))
    match.rated = queries.counts_for_ratings(match, [each.agent_id for each in seats], at)
    match.save()
    if match.rated:
        _rate(match, seats, at)

    def holders(score: int) -> tuple[int, ...]:
        return tuple(each.agent_id for each in seats if each.side is not None and each.side & score)

    events.announce(
        MatchDecided(
            match_id=match.pk,
            scenario_id=match.version.scenario_id,
            agent_ids=tuple(each.agent_id for each in seats),
            fastest=holders(match.fastest),
            most_complete=holders(match.most_complete),
            most_creative=holders(match.most_creative),
            team_match=match.kind == Match.Kind.TEAMS,
        )
    )
    note(match, "decide", SYSTEM, at)
    ask_around(match)
    tell(match, "decided", [each.agent for each in seats], at)


def _rate(match: Match, seats: list[Seat], at: datetime) -> None:
    """Ratings of this quarter after the match, and what it says about the scenario."""
    first_day = rules.quarter(at.date())
    for agent_id, known in queries.skills_of([each.agent_id for each in seats], at).items():
        Rating.objects.get_or_create(
            agent_id=agent_id,
            first_day=first_day,
            defaults={"mu": known.skill.mu, "sigma": known.skill.sigma},
        )
    ids = [each.agent_id for each in seats]
    rows = Rating.objects.select_for_update().filter(agent_id__in=ids, first_day=first_day).order_by("agent_id")
    ratings = {each.agent_id: each for each in rows}
    sides = [[each.agent_id for each in seats if each.side == side] for side in rules.SIDES]
    before = {agent_id: rating.skill for agent_id, rating in ratings.items()}
    ranks = [1 if match.winner & side else 2 for side in rules.SIDES]
    after = rate([[before[each] for each in side] for side in sides], ranks)
    for side, skills in zip(sides, after, strict=True):
        for agent_id, skill in zip(side, skills, strict=True):
            rating = ratings[agent_id]
            rating.mu, rating.sigma, rating.matches = skill.mu, skill.sigma, rating.matches + 1
            rating.save()
    _learn_difficulty(match, seats, before)


def _learn_difficulty(match: Match, seats: list[Seat], before: dict[int, Skill]) -> None:
    fresh = Skill()
    Difficulty.objects.get_or_create(
        scenario_id=match.version.scenario_id, defaults={"mu": fresh.mu, "sigma": fresh.sigma}
    )
    known = Difficulty.objects.select_for_update().get(scenario_id=match.version.scenario_id)
    for each in seats:
        if each.play is not None:
            found = difficulty_after(known.skill, before[each.agent_id], mastered=each.play.complete)
            known.mu, known.sigma, known.matches = found.mu, found.sigma, known.matches + 1
    known.save()


def end_match(match: Match, state: str, at: datetime) -> None:
    """End a match that was never played."""
    match.state, match.ended_at = state, at
    match.save()
    ask_around(match)


def end_without_result(match: Match, at: datetime) -> None:
    """Nobody answered, nobody played, or one of them never began: nothing counts, and those in it are told."""
    match.state, match.ended_at, match.fastest, match.most_complete = State.NO_RESULT, at, 0, 0
    match.save()
    note(match, "end_without_result", SYSTEM, at)
    ask_around(match)
    seats = match.seats.select_related("agent").filter(accepted_at__isnull=False)
    tell(match, "no_result", [each.agent for each in seats], at)
