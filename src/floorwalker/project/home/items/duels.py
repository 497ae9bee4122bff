"""From the arena: duels that wait for somebody who joined, and questions about votes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.learning import queries as learning
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import when_words
from floorwalker.project.home.item import Item, Line

NAMED = 3
SOON = timedelta(hours=1)  # an invitation to play at the same time lasts a quarter of it


def my_duels(actor: Actor, at: datetime) -> Item | None:
    """Challenges to answer, plays to make, pairs to vote on; nothing for who has not joined."""
    if not actor.may(P.COMPETE) or learning.me_in_the_arena(actor) is None:
        return None
    waiting, ballots = learning.waiting_for_me(actor, at), learning.ballots_waiting(actor, at)
    if not waiting and not ballots:
        return None
    if waiting:
        words = ngettext("%(n)d duel waits for you.", "%(n)d duels wait for you.", len(waiting)) % {
            "n": len(waiting)
        }
    else:
        words = ngettext("%(n)d pair waits for your vote.", "%(n)d pairs wait for your vote.", ballots) % {
            "n": ballots
        }
    return Item(
        key="duels",
        title=_("Duels"),
        words=words,
        why=_("You joined the arena; leave it whenever you like."),
        action=_("Open the duels") if waiting else _("Vote"),
        url=reverse("learning:duels") if waiting else reverse("learning:vote"),
        tone="attention" if waiting else "info",
        soon=any(each.until - at < SOON for each in waiting),
        lines=[
            Line(
                each.version.scenario.name,
                reverse("learning:match", args=[each.pk]),
                _("until %(when)s") % {"when": when_words(each.until)},
            )
            for each in waiting[:NAMED]
        ],
    )


def vote_questions(actor: Actor, at: datetime) -> Item | None:
    """Pairs that vote for each other, or let each other win, more than others do, to be looked at."""
    if not actor.may(P.ANSWER_QUESTIONS):
        return None
    found = learning.open_questions(actor)
    if not found:
        return None
    return Item(
        key="vote_questions",
        title=_("Questions about play"),
        words=ngettext("%(n)d question waits for you.", "%(n)d questions wait for you.", len(found))
        % {"n": len(found)},
        why=_("There may be a good reason; only a person can ask for it."),
        action=_("Have a look"),
        url=reverse("learning:vote_questions"),
        tone="attention" if any(each.due <= at for each in found) else "info",
        lines=[
            Line(
                f"{each.first.name}, {each.second.name}",
                reverse("learning:vote_question", args=[each.pk]),
                _("by %(when)s") % {"when": when_words(each.due)},
            )
            for each in found[:NAMED]
        ],
    )
