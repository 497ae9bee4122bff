"""Plays: one's own, and nobody else's."""

from __future__ import annotations

from django.db.models import QuerySet

from floorwalker.apps.learning.models import Play, Turn
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules.flow import Answer, Walk, walk
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import pick, scoped, within


def visible_plays(actor: Actor, permission: Permission = P.PLAY) -> QuerySet[Play]:
    """How somebody practised is theirs alone."""
    return Play.objects.filter(within(actor.sight(permission), own="agent__user"))


def the_play(actor: Actor, play_id: int, permission: Permission = P.PLAY) -> Play:
    rows = visible_plays(actor, permission).select_related("version__scenario", "agent__user")
    return pick(rows, play_id)


def visible_turns(actor: Actor, permission: Permission = P.PLAY) -> QuerySet[Turn]:
    return Turn.objects.filter(within(actor.sight(permission), own="play__agent__user"))


def turns_of(play: Play) -> list[Turn]:
    """The turns of a play that is in sight; the last one waits for an answer while it is played."""
    return list(Turn.objects.filter(play=play).order_by("number"))


def answers_of(turns: list[Turn]) -> list[Answer]:
    return [Answer(each.option or "", each.words) for each in turns if each.at is not None]


def walk_of(play: Play, turns: list[Turn] | None = None) -> Walk:
    """How far a play has come and what it is worth, from its answers."""
    return walk(play.version.flow, answers_of(turns_of(play) if turns is None else turns))


scoped(Play, visible_plays, P.PLAY, relations=("own",), fixed=("outcome",))
scoped(Turn, visible_turns, P.PLAY, canary="words", relations=("own",), fixed=("node", "option"))
