"""From the room of coaching: whom a supervisor sees first, and how many of a manager's people heard nothing."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching import queries as coaching
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.project.home.item import Item, Line

NAMED = 3


def see_first(actor: Actor, at: datetime) -> Item | None:
    """The first people of the round of today."""
    if not actor.may(P.WALK):
        return None
    found = coaching.my_floor(actor, at)
    if not found.lines:
        return None
    words = _("See %(name)s first.") % {"name": found.lines[0].agent.name}
    if found.over:
        over = ngettext("%(n)d person heard nothing", "%(n)d people heard nothing", found.over) % {"n": found.over}
        words = _("%(people)s for more than %(days)d days. %(first)s") % {
            "people": over,
            "days": found.limit_days,
            "first": words,
        }
    return Item(
        key="see_first",
        title=_("My floor"),
        words=words,
        why=_("Not hearing anything is worse than any feedback."),
        action=_("Walk the floor"),
        url=reverse("coaching:floor"),
        tone="attention" if found.over else "info",
        lines=[
            Line(line.agent.name, reverse("coaching:agent", args=[line.agent.pk]), capfirst("; ".join(line.why)))
            for line in found.lines[:NAMED]
        ],
    )


def silence(actor: Actor, at: datetime) -> Item | None:
    """By team, how many heard nothing for longer than the limit."""
    if not actor.may(P.KEEP_LIMITS):
        return None
    over = [line for line in coaching.silence_by_team(actor, at) if line.over]
    if not over:
        return None
    number = sum(line.over for line in over)
    words = ngettext(
        "%(n)d person heard nothing from anybody for too long.",
        "%(n)d people heard nothing from anybody for too long.",
        number,
    )
    return Item(
        key="silence",
        title=_("Silence"),
        words=words % {"n": number},
        why=_("Feedback drives results; silence does harm."),
        action=_("See the teams"),
        url=reverse("coaching:attention"),
        tone="attention",
        lines=[
            Line(line.name, "", _("%(n)d of %(people)d") % {"n": line.over, "people": line.people})
            for line in over[:NAMED]
        ],
    )
