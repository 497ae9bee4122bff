"""From the boards: what one takes part in, and questions about the game that wait for an answer."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.recognition import queries as recognition
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words
from floorwalker.project.home.item import Item, Line


def my_season(actor: Actor, at: datetime) -> Item | None:  # noqa: ARG001 - the season that runs
    """Where one stands, for who joined; nobody else hears of it."""
    season = recognition.running()
    member = recognition.visible_members(actor).filter(season=season, left_at=None).first() if season else None
    if season is None or member is None:
        return None
    words = ngettext("You have %(n)d point this season.", "You have %(n)d points this season.", member.points)
    return Item(
        key="my_season",
        title=_("Your season"),
        words=words % {"n": member.points},
        why=_("You joined it; it ends on %(day)s.") % {"day": day_words(season.last_day)},
        action=_("See the board"),
        url=reverse("recognition:boards"),
        tone="info",
    )


def questions(actor: Actor, at: datetime) -> Item | None:
    """Questions about the game asked of this person, the oldest first."""
    found = list(recognition.open_questions(actor)[:5])
    if not found:
        return None
    words = ngettext("%(n)d question about the game waits.", "%(n)d questions about the game wait.", len(found))
    return Item(
        key="game_questions",
        title=_("Questions about the game"),
        words=words % {"n": len(found)},
        why=_("You promised an answer by %(day)s.") % {"day": day_words(found[0].due.date())},
        action=_("Answer"),
        url=reverse("recognition:question", args=[found[0].pk]),
        tone="bad" if found[0].due < at else "attention",
        lines=[Line(each.get_kind_display(), reverse("recognition:question", args=[each.pk])) for each in found],
    )
