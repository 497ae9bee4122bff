"""One match as its reader sees it, and in the words of a notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.learning import match_words as words
from floorwalker.apps.learning.models import Match, Play, Seat, VoteQuestion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.arena import me_in_the_arena, skills_of, the_match, visible_matches
from floorwalker.apps.learning.queries.vote_questions import visible_questions
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import when_words


@dataclass(frozen=True)
class Player:
    """Somebody in a match, with how far they are; what they made of it is said when both are done."""

    name: str
    me: bool
    state: str
    handled: str = ""
    division: str = ""


@dataclass(frozen=True)
class MatchPage:
    """A match, and what its reader may do now."""

    match: Match
    sides: list[list[Player]]
    waiting: list[Player]  # places of a team match before the teams are made
    scores: list[tuple[str, str]]
    result: str
    next: str  # answer, take, begin, go_on, wait, nothing
    my_play: int | None
    mine: bool
    may_withdraw: bool
    seconds_to_start: int


DONE = (Play.State.FINISHED, Play.State.GIVEN_UP)


def match_page(actor: Actor, match_id: int, at: datetime) -> MatchPage:
    """What a player, somebody invited, or who called it out sees of a match."""
    permission = P.COMPETE if actor.may(P.COMPETE) else P.SET_UP_MATCHES
    match = the_match(actor, match_id, permission)
    seats = list(match.seats.select_related("agent", "play").order_by("side", "pk"))
    me = next((each for each in seats if each.agent.user_id == actor.user_id), None)
    over = match.state in (Match.State.VOTING, Match.State.DECIDED)
    known = skills_of([each.agent_id for each in seats], at)
    in_arena = me_in_the_arena(actor) is not None

    def player(seat: Seat) -> Player:
        found = known[seat.agent_id].standing.division
        play = seat.play
        return Player(
            name=seat.agent.name,
            me=seat is me,
            state=_state_of(seat),
            handled=words.handled_words(rules.Handled(play.seconds, play.completeness, play.complete))
            if over and play and me is not None
            else "",
            division=words.division_words(found) if found and in_arena else "",
        )

    return MatchPage(
        match=match,
        sides=[[player(each) for each in seats if each.side == side] for side in rules.SIDES],
        waiting=[player(each) for each in seats if each.side is None],
        scores=_scores(match, me) if over else [],
        result=words.result_words(match.winner, me.side or 0)
        if me is not None and match.state == Match.State.DECIDED
        else "",
        next=_next(match, me, seats, in_arena, at),
        my_play=me.play_id if me else None,
        mine=me is not None,
        may_withdraw=match.state == Match.State.INVITED and match.made_by_id == actor.user_id,
        seconds_to_start=max(0, round((match.starts_at - at).total_seconds())) if match.starts_at else 0,
    )


def _state_of(seat: Seat) -> str:
    if seat.accepted_at is None:
        return _("asked")
    if seat.play is None:
        return _("has not begun")
    return _("done") if seat.play.state in DONE else _("playing")


def _next(match: Match, me: Seat | None, seats: list[Seat], in_arena: bool, at: datetime) -> str:
    if match.until <= at:
        return "nothing"
    if match.state == Match.State.INVITED and in_arena:
        if me is not None:
            return "wait" if me.accepted_at else "answer"
        return "take" if match.kind == Match.Kind.TEAMS or len(seats) == 1 else "nothing"
    if match.state == Match.State.PLAYING and me is not None and in_arena:
        if me.play is None:
            return "begin"
        return "wait" if me.play.state in DONE else "go_on"
    return "nothing"


def _scores(match: Match, me: Seat | None) -> list[tuple[str, str]]:
    """The three scores, each with whose it is."""

    def whose(score: int) -> str:
        if me is not None and me.side is not None:
            return words.holder_words(score, me.side)
        return str(dict(Match._meta.get_field("fastest").flatchoices)[score])

    creative = whose(match.most_creative)
    if match.state == Match.State.VOTING:
        creative = _("being voted on until %(when)s") % {"when": when_words(match.until)}
    elif match.most_creative == rules.NONE:
        creative = _("not counted: too few colleagues agreed")
    return [
        (_("Fastest"), whose(match.fastest) if match.fastest else _("nobody’s: nobody was complete")),
        (_("Most complete"), whose(match.most_complete)),
        (_("Most creative"), creative),
    ]


def match_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """How a match stands, to who plays in it; whoever may no longer see it is told nothing."""
    match = visible_matches(actor).select_related("version__scenario").filter(pk=ref[1]).first()
    if match is None:
        return None
    seats = list(match.seats.select_related("agent"))
    me = next((each for each in seats if each.agent.user_id == actor.user_id), None)
    others = [each.agent.name for each in seats if each is not me]
    if match.kind == Match.Kind.TEAMS:
        who = _("Team match")
    else:
        who = _("Duel with %(name)s") % {"name": others[0]} if others else _("Your open duel")
    said = {"who": who, "scenario": match.version.scenario.name}
    if match.state == Match.State.DECIDED and me is not None:
        return _("%(who)s – “%(scenario)s”: %(result)s") % {
            **said,
            "result": words.result_words(match.winner, me.side or 0),
        }
    return _("%(who)s – “%(scenario)s”: %(state)s.") % {**said, "state": match.get_state_display()}


def question_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """That there is a question, and about whom; what was seen stands on its page."""
    found = visible_questions(actor).select_related("first", "second").filter(pk=ref[1]).first()
    if found is None:
        return None
    words = (
        _("%(first)s and %(second)s vote for each other more than others do. Have a look, please.")
        if found.about == VoteQuestion.About.VOTES
        else _("%(first)s and %(second)s fall short more in duels with each other than with others. Please look.")
    )
    return words % {"first": found.first.name, "second": found.second.name}
