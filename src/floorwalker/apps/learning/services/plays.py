"""Playing a scenario, turn by turn, on the server's clock.

None of it is written into the audit: how somebody practises is theirs alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.events import ScenarioCompleted
from floorwalker.apps.learning.models import Play, ScenarioVersion, Turn
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules.flow import MOST_TURNS, Answer, NoSuchAnswer, Walk, begin, take, walk
from floorwalker.apps.learning.services.deciding import follow_play
from floorwalker.apps.people import queries as people
from floorwalker.kernel import events
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.scoping import pick

# A phone says when a line stands on its screen: the way there and back is the line's time, not the player's.
# Nobody gains more than this by saying so late.
MOST_ON_THE_WAY = timedelta(seconds=5)
IDLE_AFTER = timedelta(days=1)
LONGEST_TURN = timedelta(minutes=10)  # a phone put away in the middle of a line is not thinking


class PlayOver(Refused):
    code = "learning_play_over"
    status = 409
    text = _("This play is over. Begin the scenario again to practise once more.")


class NotYourTurn(Refused):
    code = "learning_not_this_line"
    status = 409
    text = _("This line was answered already; the next one stands on the page.")


class AnswersOneLine(Refused):
    code = "learning_no_such_answer"
    text = _("Choose one of the answers of this line, or write your own words where it asks for them.")


@transaction.atomic
def begin_play(
    *, version_id: int, agent_id: int, purpose: str = Play.Purpose.PRACTICE, by: Actor, at: datetime
) -> Play:
    """Begin a scenario as one plays it; a practice of this version that is under way goes on instead."""
    require(by, P.PLAY)
    agent = pick(people.visible_agents(by, P.PLAY), agent_id)
    version = pick(ScenarioVersion.objects.select_related("scenario"), version_id)
    if version.state == ScenarioVersion.State.DRAFT or version.scenario.retired_at is not None:
        raise NotFound
    if purpose == Play.Purpose.PRACTICE:
        if version.state != ScenarioVersion.State.IN_FORCE:
            raise NotFound
        play, new = Play.objects.get_or_create(
            agent=agent, version=version, purpose=purpose, state=Play.State.PLAYING, defaults={"began_at": at}
        )
    else:
        play, new = Play.objects.create(agent=agent, version=version, purpose=purpose, began_at=at), True
    if new:
        _serve(play, 1, begin(version.flow).node, at)
    return play


@transaction.atomic
def shown(*, play_id: int, number: int, by: Actor, at: datetime) -> None:
    """The line stands on the player's screen now; told once, and no later than a slow line explains."""
    require(by, P.PLAY)
    mine = queries.visible_turns(by).select_for_update(of=("self",))
    turn = mine.filter(play=play_id, number=number).first()
    if turn is None:
        raise NotFound
    if turn.at is None and turn.shown_at == turn.served_at:
        turn.shown_at = min(at, turn.served_at + MOST_ON_THE_WAY)
        turn.save(update_fields=["shown_at"])


@transaction.atomic
def answer(*, play_id: int, number: int, option: str = "", words: str = "", by: Actor, at: datetime) -> Play:
    """Answer the line that stands; the next one is shown, or the play is finished. Twice the same is once."""
    play = _locked(play_id, by)
    turns = queries.turns_of(play)
    given = Answer(option, "" if option else " ".join(words.split())[:1000])
    asked = next((each for each in turns if each.number == number), None)
    if asked is None:
        raise NotYourTurn
    if asked.at is not None:
        if Answer(asked.option or "", asked.words) == given:
            return play
        raise NotYourTurn
    if play.state != Play.State.PLAYING:
        raise PlayOver
    if not given.option and not given.words:
        raise AnswersOneLine
    flow = play.version.flow
    try:
        after = take(flow, walk(flow, queries.answers_of(turns)), given)
    except NoSuchAnswer as error:
        raise AnswersOneLine from error
    asked.option, asked.words, asked.at = given.option or None, given.words, at
    asked.save(update_fields=["option", "words", "at"])
    play.seconds += min(at - asked.shown_at, LONGEST_TURN) / timedelta(seconds=1) if at > asked.shown_at else 0.0
    play.completeness = after.completeness
    if after.ended:
        _finish(play, after, at)
    elif number >= MOST_TURNS:
        _end(play, Play.State.GIVEN_UP, at)
    else:
        _serve(play, number + 1, after.node, at)
        play.save(update_fields=["seconds", "completeness"])
    return play


@transaction.atomic
def give_up(*, play_id: int, by: Actor, at: datetime) -> Play:
    """Stop in the middle; nothing is counted against anybody."""
    play = _locked(play_id, by)
    if play.state == Play.State.PLAYING:
        _end(play, Play.State.GIVEN_UP, at)
    return play


@transaction.atomic
def give_up_idle(at: datetime) -> int:
    """Practice nobody has gone on with for a day is given up, so that it can be begun anew."""
    idle = Play.objects.select_for_update(skip_locked=True).filter(
        state=Play.State.PLAYING, purpose=Play.Purpose.PRACTICE, began_at__lt=at - IDLE_AFTER
    )
    busy = Turn.objects.filter(play__in=idle, served_at__gte=at - IDLE_AFTER).values("play")
    ended = list(idle.exclude(pk__in=busy))
    for play in ended:
        _end(play, Play.State.GIVEN_UP, at)
    return len(ended)


def _finish(play: Play, walked: Walk, at: datetime) -> None:
    play.complete, play.outcome = walked.complete, walked.outcome
    _end(play, Play.State.FINISHED, at)
    if not play.complete or play.purpose != Play.Purpose.PRACTICE:
        return
    scenario_id = play.version.scenario_id
    before = Play.objects.filter(
        agent=play.agent_id, version__scenario=scenario_id, purpose=Play.Purpose.PRACTICE, complete=True
    ).exclude(pk=play.pk)
    events.announce(ScenarioCompleted(play.pk, scenario_id, play.agent_id, first_time=not before.exists()))


def _end(play: Play, state: str, at: datetime) -> None:
    play.state, play.finished_at = state, at
    play.save()
    if play.purpose == Play.Purpose.MATCH:
        follow_play(play, at)


def _serve(play: Play, number: int, node: str, at: datetime) -> None:
    Turn.objects.create(play=play, number=number, node=node, served_at=at, shown_at=at)


def _locked(play_id: int, by: Actor) -> Play:
    require(by, P.PLAY)
    rows = queries.visible_plays(by).select_for_update(of=("self",))
    return pick(rows.select_related("version__scenario", "agent__user"), play_id)
